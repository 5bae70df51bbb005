// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Values/ValueRows.h"
#include "tests/conformance/Table.h"

#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

using namespace einc;
using namespace einc::tests;
using nlohmann::json;

static ValueOperand readOperand(const json &object) {
  ValueOperand operand;
  object.at("shape").get_to(operand.shape);
  object.at("fill").get_to(operand.fill);
  if (object.contains("strides")) {
    object.at("strides").get_to(operand.strides);
    object.at("offset").get_to(operand.offset);
    object.at("base").get_to(operand.base);
    return operand;
  }
  operand.strides.assign(operand.shape.size(), 1);
  operand.base = 1;
  for (size_t axis = operand.shape.size(); axis-- > 0;) {
    operand.strides[axis] = operand.base;
    operand.base *= operand.shape[axis];
  }
  return operand;
}

static Number readNumber(const json &value) {
  if (value == "inf")
    return std::numeric_limits<double>::infinity();
  if (value == "-inf")
    return -std::numeric_limits<double>::infinity();
  if (value.is_array())
    return Number::complex(value.at(0).get<int64_t>(),
                           value.at(1).get<int64_t>());
  return value.get<int64_t>();
}

static ElementType readType(const json &name) {
  std::optional<ElementType> type = elementTypeNamed(name.get<std::string>());
  if (!type)
    throw std::runtime_error("unknown type " + name.dump());
  return *type;
}

static ValueRow readRow(const std::string &line) {
  json object = json::parse(line);
  ValueRow row;
  object.at("id").get_to(row.id);
  object.at("equation").get_to(row.equation);
  row.type = readType(object.at("dtype"));
  if (object.contains("accumulate"))
    row.accumulate = readType(object["accumulate"]);
  object.at("shape").get_to(row.shape);
  for (const json &operand : object.at("operands"))
    row.operands.push_back(readOperand(operand));
  if (!object.contains("checksum")) {
    for (const json &value : object.at("expected"))
      row.expected.push_back(readNumber(value));
    return row;
  }
  row.checksums.emplace();
  size_t part = 0;
  for (const json &sum : object["checksum"])
    row.checksums->at(part++) = std::stoll(sum.get<std::string>());
  return row;
}

/// Adds `weight * value` to a sum modulo 2^64; false if the value is no whole
/// number that a checksum can hold.
static bool addToChecksum(uint64_t &sum, uint64_t weight, double value) {
  if (value != std::nearbyint(value) || !(std::fabs(value) < 0x1p62))
    return false;
  sum += weight * uint64_t(int64_t(value));
  return true;
}

Number ValueOperand::element(ElementType type, int64_t j) const {
  auto [mul, add, mod, sub] = fill;
  auto number = [&, m = mul, a = add, d = mod, s = sub](int64_t i) {
    return (i * m + a) % d - s;
  };
  if (isComplex(type))
    return Number::complex(number(2 * j), number(2 * j + 1));
  if (type == ElementType::Bool)
    return int64_t(number(j) < 0);
  return number(j);
}

std::string ValueRow::mismatch(const std::vector<Number> &values) const {
  ElementType type = resultType();
  if (checksums) {
    uint64_t sums[2] = {};
    for (size_t i = 0; i < values.size(); ++i) {
      uint64_t weight = i % 97 + 1;
      bool whole = true;
      if (!isFloating(type))
        sums[0] += weight * uint64_t(values[i].whole);
      else
        whole = addToChecksum(sums[0], weight, values[i].re) &&
                addToChecksum(sums[1], weight, values[i].im);
      if (!whole)
        return "element " + std::to_string(i) + " is " +
               toText(type, values[i]) +
               ", which no sum of products of whole numbers is";
    }
    for (size_t part : {0, 1})
      if (int64_t(sums[part]) != (*checksums)[part])
        return "the checksum is " + std::to_string(int64_t(sums[part])) +
               " instead of " + std::to_string((*checksums)[part]);
    return "";
  }
  if (values.size() != expected.size())
    return std::to_string(values.size()) + " elements instead of " +
           std::to_string(expected.size());
  for (size_t i = 0; i < values.size(); ++i)
    if (!equalElements(type, values[i], expected[i]))
      return "element " + std::to_string(i) + " is " + toText(type, values[i]) +
             " instead of " + toText(type, expected[i]);
  return "";
}

std::string ValueRow::describe() const {
  return id + ": \"" + equation + "\" " + elementName(type);
}

ValueRowList einc::tests::readValueRows(const std::string &path) {
  ValueRowList rows;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);)
    rows.push_back(readRow(line));
  return rows;
}

const ValueRowList &einc::tests::ownRows() {
  static const ValueRowList rows =
      readValueRows(EINC_SOURCE_DIR "/tests/e2e/Values/values.jsonl");
  return rows;
}

const ValueRowList &einc::tests::sharedRows() {
  static const ValueRowList rows =
      readValueRows(conformance::sharedFile("values.jsonl"));
  return rows;
}

ValueBuffers::ValueBuffers(const ValueRow &row) {
  size_t bytes = elementBytes(row.type);
  for (const ValueOperand &operand : row.operands) {
    buffers.emplace_back(size_t(operand.base) * bytes,
                         GuardedBuffer::Place::AtEnd);
    void *data = buffers.back().data();
    for (int64_t j = 0; j < operand.base; ++j)
      storeElement(row.type, data, j, operand.element(row.type, j));
    buffers.back().makeReadOnly();
    firstElements.push_back(static_cast<char *>(data) +
                            operand.offset * int64_t(bytes));
  }
}
