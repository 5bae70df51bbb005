// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Random/CaseMemory.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

using namespace einc;
using namespace einc::tests;

namespace {

/// What the gaps of an output hold: a number that no case computes.
constexpr double Canary = -123456789;

GuardedBuffer allocate(const CaseTensor &tensor, ElementType type) {
  using Place = GuardedBuffer::Place;
  return GuardedBuffer(size_t(tensor.count) * elementBytes(type),
                       tensor.atEnd ? Place::AtEnd : Place::AtStart,
                       tensor.lead * elementBytes(type));
}

/// Places of a tensor's elements in its buffer, in row-major order.
std::vector<int64_t> placesOf(const CaseTensor &tensor) {
  std::vector<int64_t> places = {tensor.offset};
  for (size_t axis = 0; axis < tensor.shape.size(); ++axis) {
    std::vector<int64_t> longer;
    for (int64_t place : places)
      for (int64_t i = 0; i < tensor.shape[axis]; ++i)
        longer.push_back(place + i * tensor.strides[axis]);
    places = std::move(longer);
  }
  return places;
}

bool isPrime(int64_t number) {
  for (int64_t d = 2; d * d <= number; ++d)
    if (number % d == 0)
      return false;
  return number > 1;
}

/// Values of one operand by their place in its buffer.
class Values {
public:
  Values(const Case &test, size_t operand) : test(test) {
    Dice dice(test.seed * 31 + operand);
    // Sums of products stay below 2^22 or 2^51, times alpha, plus beta times
    // the output: all exact.
    double limit = test.element == ElementType::F32 ? 0x1p22 : 0x1p51;
    double terms = std::max(test.equation.summed, 1.0);
    double largest =
        2 * std::pow(limit / terms, 1.0 / double(test.operands.size()));
    int64_t count = test.operands[operand].count;
    prime = std::max<int64_t>(3, int64_t(std::min(largest, 2e9)));
    prime = std::min(prime, 2 * count + 101);
    while (prime > 3 && !isPrime(prime))
      --prime;
    factor = dice.between(1, prime - 1);
    start = dice.between(0, prime - 1);
    scale = std::ldexp(1.0, int(dice.between(-2, 2)));
  }

  double at(int64_t place) const {
    if (test.exact)
      return double((place * factor + start) % prime - prime / 2);
    // Multiples of the golden ratio never come close to each other.
    double fraction =
        std::fmod(double(place + start + 1) * 0.6180339887498949, 1);
    if (test.special && (place + start) % 97 == 0)
      return specialValue(place);
    return scale * (2 * fraction - 1);
  }
  bool distinct(int64_t count) const { return !test.exact || prime >= count; }

private:
  double specialValue(int64_t place) const {
    using Limits = std::numeric_limits<double>;
    switch (place % 4) {
    case 0:
      return Limits::infinity();
    case 1:
      return -Limits::infinity();
    case 2:
      return Limits::quiet_NaN();
    default: // subnormal in either type
      return test.element == ElementType::F32 ? 0x1.8p-140 : 0x1.8p-1060;
    }
  }

  const Case &test;
  int64_t prime;
  int64_t factor;
  int64_t start;
  double scale;
};

double previousValue(size_t index) {
  return double(int64_t(index * 37 % 1999) - 999);
}

MutableTensorView viewOf(const CaseTensor &tensor, ElementType type,
                         const GuardedBuffer &buffer) {
  char *first = static_cast<char *>(buffer.data()) +
                tensor.offset * int64_t(elementBytes(type));
  return {first, TensorType(type, tensor.shape, tensor.strides)};
}

} // namespace

CaseMemory::CaseMemory(const Case &test)
    : test(test), buffers(), outputView(static_cast<float *>(nullptr), {0}) {
  for (const CaseTensor &operand : test.operands)
    buffers.push_back(allocate(operand, test.element));
  buffers.push_back(allocate(test.output, test.element));
  if (test.element == ElementType::F32)
    fillOperands<float>();
  else
    fillOperands<double>();
  outputView = viewOf(test.output, test.element, buffers.back());
  outputPlaces = placesOf(test.output);
}

template <typename T> void CaseMemory::fillOperands() {
  for (size_t i = 0; i < test.operands.size(); ++i) {
    const CaseTensor &operand = test.operands[i];
    T *data = static_cast<T *>(buffers[i].data());
    std::fill_n(data, operand.count, std::numeric_limits<T>::quiet_NaN());
    Values values(test, i);
    for (int64_t place : placesOf(operand))
      data[place] = T(values.at(place));
    allDistinct &= values.distinct(operand.count);
    buffers[i].makeReadOnly();
    operandViews.push_back(viewOf(operand, test.element, buffers[i]));
  }
}

template <typename T> void CaseMemory::fillOutput() {
  T *data = static_cast<T *>(buffers.back().data());
  std::fill_n(data, test.output.count, T(Canary));
  for (size_t i = 0; i < outputPlaces.size(); ++i)
    data[outputPlaces[i]] = test.beta == 0 ? std::numeric_limits<T>::quiet_NaN()
                                           : T(previousValue(i));
}

void CaseMemory::resetOutput() {
  if (test.element == ElementType::F32)
    fillOutput<float>();
  else
    fillOutput<double>();
}

std::vector<double> CaseMemory::previous() const {
  std::vector<double> values;
  for (size_t i = 0; i < outputPlaces.size(); ++i)
    values.push_back(previousValue(i));
  return values;
}

std::string CaseMemory::checkGaps() const {
  std::vector<bool> isElement(size_t(test.output.count), false);
  for (int64_t place : outputPlaces)
    isElement[size_t(place)] = true;
  const void *data = buffers.back().data();
  for (size_t i = 0; i < isElement.size(); ++i) {
    double value = test.element == ElementType::F32
                       ? double(static_cast<const float *>(data)[i])
                       : static_cast<const double *>(data)[i];
    double canary = test.element == ElementType::F32 ? float(Canary) : Canary;
    if (!isElement[i] && value != canary)
      return "element " + std::to_string(i) +
             " of the output's buffer is no element of the output but was "
             "written";
  }
  return "";
}

std::vector<char> CaseMemory::outputBytes() const {
  const char *data = static_cast<const char *>(buffers.back().data());
  return {data, data + size_t(test.output.count) * elementBytes(test.element)};
}
