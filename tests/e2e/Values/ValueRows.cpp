// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Values/ValueRows.h"

#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace einc;
using namespace einc::tests;
using nlohmann::json;

namespace {

ValueOperand readOperand(const json &object) {
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

double readNumber(const json &value) {
  if (value == "inf")
    return std::numeric_limits<double>::infinity();
  if (value == "-inf")
    return -std::numeric_limits<double>::infinity();
  return value.get<double>();
}

ValueRow readRow(const std::string &line) {
  json object = json::parse(line);
  ValueRow row;
  object.at("id").get_to(row.id);
  object.at("equation").get_to(row.equation);
  object.at("dtype").get_to(row.dtype);
  object.at("shape").get_to(row.shape);
  for (const json &operand : object.at("operands"))
    row.operands.push_back(readOperand(operand));
  if (!row.elementType())
    return row;
  if (object.contains("checksum"))
    row.checksum = std::stoll(object["checksum"].at(0).get<std::string>());
  else
    for (const json &value : object.at("expected"))
      row.expected.push_back(readNumber(value));
  return row;
}

template <typename Element>
std::vector<Element> makeBuffer(const ValueOperand &operand) {
  std::vector<Element> buffer;
  auto [mul, add, mod, sub] = operand.fill;
  for (int64_t j = 0; j < operand.base; ++j)
    buffer.push_back(Element((j * mul + add) % mod - sub));
  return buffer;
}

} // namespace

std::optional<ElementType> ValueRow::elementType() const {
  if (dtype == "f32")
    return ElementType::F32;
  if (dtype == "f64")
    return ElementType::F64;
  return std::nullopt;
}

std::string ValueRow::mismatch(const std::vector<double> &values) const {
  std::ostringstream message;
  if (checksum) {
    uint64_t sum = 0;
    for (size_t i = 0; i < values.size(); ++i) {
      if (values[i] != std::nearbyint(values[i]) ||
          std::fabs(values[i]) >= 0x1p62) {
        message << "element " << i << " is " << values[i]
                << ", which no sum of products of whole numbers is";
        return message.str();
      }
      sum += (i % 97 + 1) * uint64_t(int64_t(values[i]));
    }
    if (int64_t(sum) != *checksum)
      message << "the checksum is " << int64_t(sum) << " instead of "
              << *checksum;
    return message.str();
  }
  if (values.size() != expected.size()) {
    message << values.size() << " elements instead of " << expected.size();
    return message.str();
  }
  for (size_t i = 0; i < values.size(); ++i) {
    if (values[i] == expected[i])
      continue;
    message << "element " << i << " is " << values[i] << " instead of "
            << expected[i];
    return message.str();
  }
  return "";
}

std::vector<ValueRow> einc::tests::readValueRows(const std::string &path) {
  std::vector<ValueRow> rows;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);)
    rows.push_back(readRow(line));
  return rows;
}

ValueBuffers::ValueBuffers(const ValueRow &row, ElementType type) {
  for (const ValueOperand &operand : row.operands) {
    const void *data;
    if (type == ElementType::F32) {
      floats.push_back(makeBuffer<float>(operand));
      data = floats.back().data() + operand.offset;
    } else {
      doubles.push_back(makeBuffer<double>(operand));
      data = doubles.back().data() + operand.offset;
    }
    operandViews.emplace_back(data,
                              TensorType(type, operand.shape, operand.strides));
  }
}
