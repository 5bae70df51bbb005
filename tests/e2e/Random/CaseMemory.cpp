// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Random/CaseMemory.h"
#include "tests/e2e/Random/OperandValues.h"

#include <algorithm>

using namespace einc;
using namespace einc::tests;

namespace {

/// Bytes of memory that holds no element: a quiet NaN in every floating type.
constexpr char Gap = char(0xFF);
/// Bytes of the output's gaps.
constexpr char Canary = char(0xC5);

size_t bytesOf(const CaseTensor &tensor) { return elementBytes(tensor.type); }

GuardedBuffer allocate(const CaseTensor &tensor) {
  using Place = GuardedBuffer::Place;
  return GuardedBuffer(size_t(tensor.count) * bytesOf(tensor),
                       tensor.atEnd ? Place::AtEnd : Place::AtStart,
                       tensor.lead * bytesOf(tensor));
}

} // namespace

CaseMemory::CaseMemory(const Case &test)
    : test(test),
      places(elementPlaces(test.output.shape, test.output.strides)) {
  auto add = [&](const CaseTensor &tensor) {
    buffers.push_back(allocate(tensor));
    firstElements.push_back(static_cast<char *>(buffers.back().data()) +
                            tensor.offset * int64_t(bytesOf(tensor)));
  };
  for (size_t i = 0; i < test.operands.size(); ++i) {
    const CaseTensor &operand = test.operands[i];
    add(operand);
    std::fill_n(static_cast<char *>(buffers[i].data()),
                size_t(operand.count) * bytesOf(operand), Gap);
    OperandValues values(test, i);
    for (int64_t place : elementPlaces(operand.shape, operand.strides))
      storeElement(operand.type, firstElements[i], place,
                   values.at(operand.offset + place));
    allDistinct &= values.distinct(operand.count);
    buffers[i].makeReadOnly();
  }
  add(test.output);
}

void CaseMemory::resetOutput() {
  std::fill_n(static_cast<char *>(buffers.back().data()),
              size_t(test.output.count) * bytesOf(test.output), Canary);
  size_t bytes = bytesOf(test.output);
  for (size_t i = 0; i < places.size(); ++i)
    if (test.readsOutput())
      storeElement(test.type(), output(), places[i],
                   previousElement(test.type(), i));
    else
      std::fill_n(static_cast<char *>(output()) + places[i] * int64_t(bytes),
                  bytes, Gap);
}

std::vector<char> CaseMemory::previous() const {
  std::vector<char> elements(places.size() * bytesOf(test.output));
  for (size_t i = 0; i < places.size(); ++i)
    storeElement(test.type(), elements.data(), int64_t(i),
                 previousElement(test.type(), i));
  return elements;
}

std::string CaseMemory::checkGaps() const {
  std::vector<bool> isElement(size_t(test.output.count), false);
  for (int64_t place : places)
    isElement[size_t(test.output.offset + place)] = true;
  const char *data = static_cast<const char *>(buffers.back().data());
  size_t bytes = bytesOf(test.output);
  for (size_t i = 0; i < isElement.size(); ++i) {
    const char *element = data + i * bytes;
    if (!isElement[i] && std::any_of(element, element + bytes,
                                     [](char byte) { return byte != Canary; }))
      return "element " + std::to_string(i) +
             " of the output's buffer is no element of the output but was "
             "written";
  }
  return "";
}

std::vector<char> CaseMemory::outputBytes() const {
  const char *data = static_cast<const char *>(buffers.back().data());
  return {data, data + size_t(test.output.count) * bytesOf(test.output)};
}
