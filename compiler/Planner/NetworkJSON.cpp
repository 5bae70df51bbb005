// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Reads a network file. Events of the JSON reader go straight into flat
/// arrays: no document is built, and nothing nests deeper than the format does
/// without being refused or skipped.

#include "compiler/Planner/Network.h"

#include <nlohmann/json.hpp>

using namespace einc;

constexpr size_t MaxBytes = size_t{64} << 20;
constexpr size_t MaxLabels = size_t{4} << 20;
constexpr size_t MaxOperands = size_t{4} << 20;

static Diagnostic networkError(ErrorKind kind, std::string what) {
  Diagnostic error;
  error.kind = kind;
  error.message = "network file: " + std::move(what);
  return error;
}

static std::string item(const char *list, size_t index) {
  return std::string(list) + '[' + std::to_string(index) + ']';
}

namespace {
/// Handler of the JSON reader's events. Each returns false to stop.
class NetworkReader : public nlohmann::json_sax<nlohmann::json> {
public:
  NetworkReader() { network.operandStart = {0}; }
  Result<ShapedEquation> finish(bool complete);

  bool null() override { return value("null"); }
  bool boolean(bool) override { return value("a boolean"); }
  bool number_float(double, const std::string &) override {
    return value("a number that is no 64-bit integer");
  }
  bool string(std::string &) override { return value("a string"); }
  bool binary(nlohmann::json::binary_t &) override { return value("binary"); }
  bool number_integer(int64_t number) override {
    return value(std::to_string(number).c_str());
  }
  bool number_unsigned(uint64_t number) override;
  bool start_object(size_t) override;
  bool end_object() override;
  bool start_array(size_t) override;
  bool end_array() override;
  bool key(std::string &name) override;
  bool parse_error(size_t position, const std::string &,
                   const nlohmann::json::exception &) override {
    return fail("no valid JSON: mistake at byte " + std::to_string(position));
  }

private:
  /// Where the reader stands: before the file's object, between its keys,
  /// before or in the value of a key, in one operand of "inputs", or in the
  /// value of a key of no interest.
  enum class State { Begin, Keys, Value, List, Operand, Skip };
  enum Key { Inputs, Output, Extents, Other };
  static constexpr const char *KeyNames[] = {"inputs", "output", "extents"};

  bool fail(std::string what, ErrorKind kind = ErrorKind::InvalidArgument);
  bool value(const char *found);
  std::string place() const;
  const char *expected() const;
  Result<Success> checkLabels();
  void nameLabels();

  ShapedEquation network;
  Diagnostic error;
  bool failed = false;
  State state = State::Begin;
  Key current = Other;
  bool seen[3] = {false, false, false};
  /// How deep the reader is in a value that is skipped.
  size_t skipDepth = 0;
};
} // namespace

bool NetworkReader::fail(std::string what, ErrorKind kind) {
  if (!failed)
    error = networkError(kind, std::move(what));
  failed = true;
  return false;
}

/// The JSON path of what is read next.
std::string NetworkReader::place() const {
  switch (state) {
  case State::List:
    if (current == Inputs)
      return item("inputs", network.numOperands());
    return current == Output ? item("output", network.outputLabels.size())
                             : item("extents", network.extents.size());
  case State::Operand:
    return item(item("inputs", network.numOperands()).c_str(),
                network.operandLabels.size() - network.operandStart.back());
  case State::Value:
    return KeyNames[current];
  default:
    return "the file";
  }
}

const char *NetworkReader::expected() const {
  if (state == State::Value && current == Inputs)
    return "a list of lists of labels";
  if (state == State::Value)
    return current == Output ? "a list of labels" : "a list of extents";
  if (state == State::List && current == Inputs)
    return "a list of labels";
  if (state == State::List && current == Extents)
    return "an extent, an integer from 0 to 2^63-1";
  if (state == State::List || state == State::Operand)
    return "a label, an integer from 0 on";
  return "an object";
}

/// A scalar: right nowhere but where number_unsigned takes it.
bool NetworkReader::value(const char *found) {
  if (state == State::Skip) {
    if (skipDepth == 0)
      state = State::Keys;
    return true;
  }
  return fail(place() + ": expected " + expected() + ", found " + found);
}

bool NetworkReader::number_unsigned(uint64_t number) {
  bool isExtent = state == State::List && current == Extents;
  bool isLabel =
      state == State::Operand || (state == State::List && current == Output);
  if (isExtent && number <= INT64_MAX) {
    if (network.extents.size() == MaxLabels)
      return fail("more than " + std::to_string(MaxLabels) + " labels",
                  ErrorKind::Limit);
    network.extents.push_back(static_cast<int64_t>(number));
    return true;
  }
  if (isLabel && number >= MaxLabels)
    return fail(place() + ": label " + std::to_string(number) +
                " is too large; labels end at " +
                std::to_string(MaxLabels - 1));
  if (isLabel) {
    (state == State::Operand ? network.operandLabels : network.outputLabels)
        .push_back(static_cast<LabelId>(number));
    return true;
  }
  return value(std::to_string(number).c_str());
}

bool NetworkReader::start_object(size_t) {
  if (state == State::Begin)
    state = State::Keys;
  else if (state == State::Skip)
    ++skipDepth;
  else
    return value("an object");
  return true;
}

bool NetworkReader::end_object() {
  if (state == State::Skip && --skipDepth == 0)
    state = State::Keys;
  return true;
}

bool NetworkReader::start_array(size_t) {
  if (state == State::Skip)
    ++skipDepth;
  else if (state == State::Value)
    state = State::List;
  else if (state == State::List && current == Inputs)
    state = State::Operand;
  else
    return value("a list");
  return true;
}

bool NetworkReader::end_array() {
  if (state == State::Skip) {
    if (--skipDepth == 0)
      state = State::Keys;
  } else if (state == State::Operand) {
    if (network.numOperands() == MaxOperands)
      return fail("more than " + std::to_string(MaxOperands) + " operands",
                  ErrorKind::Limit);
    network.operandStart.push_back(
        static_cast<uint32_t>(network.operandLabels.size()));
    state = State::List;
  } else {
    state = State::Keys;
  }
  return true;
}

bool NetworkReader::key(std::string &name) {
  if (state == State::Skip)
    return true;
  state = State::Skip;
  for (Key known : {Inputs, Output, Extents}) {
    if (name != KeyNames[known])
      continue;
    if (seen[known])
      return fail(name + ": given twice");
    seen[known] = true;
    current = known;
    state = State::Value;
  }
  return true;
}

/// Every label has an extent, every output label is in an operand, and the
/// output has fewer than 2^63 elements.
Result<Success> NetworkReader::checkLabels() {
  size_t numLabels = network.extents.size();
  auto noExtent = [&](const std::string &place, LabelId label) {
    return networkError(ErrorKind::InvalidArgument,
                        place + ": label " + std::to_string(label) +
                            " has no extent; there are " +
                            std::to_string(numLabels));
  };
  std::vector<bool> used(numLabels, false);
  for (size_t i = 0; i < network.numOperands(); ++i) {
    std::span<const LabelId> labels = network.operand(i);
    for (size_t axis = 0; axis < labels.size(); ++axis) {
      if (labels[axis] >= numLabels)
        return noExtent(item(item("inputs", i).c_str(), axis), labels[axis]);
      used[labels[axis]] = true;
    }
  }
  int64_t elements = 1;
  bool overflow = false, empty = false;
  for (size_t axis = 0; axis < network.outputLabels.size(); ++axis) {
    LabelId label = network.outputLabels[axis];
    if (label >= numLabels)
      return noExtent(item("output", axis), label);
    if (!used[label])
      return networkError(ErrorKind::InvalidArgument,
                          item("output", axis) + ": label " +
                              std::to_string(label) + " is in no operand");
    int64_t extent = network.extents[label];
    network.outputShape.push_back(extent);
    empty = empty || extent == 0;
    overflow = overflow || __builtin_mul_overflow(elements, extent, &elements);
  }
  if (overflow && !empty)
    return networkError(ErrorKind::SizeOverflow,
                        "the output would have 2^63 elements or more");
  return Success{};
}

/// The letters as long as there are letters, then words. Both are labels of
/// the equation grammar.
void NetworkReader::nameLabels() {
  for (size_t i = 0; i < network.extents.size(); ++i) {
    if (i < 52)
      network.labels.emplace_back(
          1, static_cast<char>(i < 26 ? 'a' + i : 'A' + i - 26));
    else
      network.labels.push_back(std::string(1, 'l') + std::to_string(i));
  }
}

Result<ShapedEquation> NetworkReader::finish(bool complete) {
  if (failed || !complete)
    return std::move(error);
  for (Key known : {Inputs, Output, Extents})
    if (!seen[known])
      return networkError(ErrorKind::InvalidArgument,
                          std::string(KeyNames[known]) + ": missing");
  if (network.numOperands() == 0)
    return networkError(ErrorKind::InvalidArgument, "inputs: no operands");
  if (Result<Success> checked = checkLabels(); !checked)
    return std::move(checked).error();
  nameLabels();
  return std::move(network);
}

Result<ShapedEquation> einc::parseNetworkJSON(std::string_view json) {
  if (json.size() > MaxBytes)
    return networkError(ErrorKind::Limit,
                        std::to_string(json.size()) + " bytes, but at most " +
                            std::to_string(MaxBytes) + " are read");
  NetworkReader reader;
  bool complete = nlohmann::json::sax_parse(json.begin(), json.end(), &reader);
  return reader.finish(complete);
}
