// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/Kernels/TypedProblem.h"

#include "einc/Half.h"

#include <cmath>
#include <cstring>
#include <limits>

namespace einc::test {

namespace {

template <typename T> T read(const unsigned char *at) {
  T value;
  std::memcpy(&value, at, sizeof(T));
  return value;
}
template <typename T> void write(T value, unsigned char *at) {
  std::memcpy(at, &value, sizeof(T));
}

} // namespace

Number64 readElement(ElementType type, const unsigned char *at) {
  switch (type) {
  case ElementType::F32:
    return double(read<float>(at));
  case ElementType::F64:
    return read<double>(at);
  case ElementType::C64:
    return Number64(read<std::complex<float>>(at));
  case ElementType::C128:
    return read<std::complex<double>>(at);
  case ElementType::I8:
    return double(read<int8_t>(at));
  case ElementType::I16:
    return double(read<int16_t>(at));
  case ElementType::I32:
    return double(read<int32_t>(at));
  case ElementType::I64:
    return double(read<int64_t>(at));
  case ElementType::U8:
  case ElementType::Bool:
    return double(*at);
  case ElementType::F16:
    return double(float(read<Half>(at)));
  case ElementType::BF16:
    return double(float(read<BFloat16>(at)));
  }
  return 0;
}

void writeElement(ElementType type, Number64 value, unsigned char *at) {
  auto whole = [&] { return int64_t(value.real()); };
  switch (type) {
  case ElementType::F32:
    return write(float(value.real()), at);
  case ElementType::F64:
    return write(value.real(), at);
  case ElementType::C64:
    return write(std::complex<float>(value), at);
  case ElementType::C128:
    return write(value, at);
  case ElementType::I8:
  case ElementType::U8:
    return write(uint8_t(whole()), at);
  case ElementType::I16:
    return write(uint16_t(whole()), at);
  case ElementType::I32:
    return write(uint32_t(whole()), at);
  case ElementType::I64:
    return write(whole(), at);
  case ElementType::Bool:
    *at = value != 0.0;
    return;
  case ElementType::F16:
    return write(Half(float(value.real())), at);
  case ElementType::BF16:
    return write(BFloat16(float(value.real())), at);
  }
}

TypedProblem::TypedProblem(const LoopProblem<double> &layout,
                           const StepTypes &types)
    : types(types), loops(layout.loops) {
  LoopProblem<double> copy = layout;
  for (unsigned t = 0; t < 3; ++t) {
    ElementType type = types.of(t);
    int64_t unit = types.unit(t);
    const std::vector<double> &values = layout.buffer(t);
    bytes[t].resize(values.size() * size_t(unit));
    for (size_t i = 0; i < values.size(); ++i) {
      double re =
          type == ElementType::Bool ? int64_t(values[i]) % 3 == 0 : values[i];
      writeElement(type, {re, double(i * 5 % 13) - 6},
                   bytes[t].data() + i * size_t(unit));
    }
    origins[t] = (copy.origin(t) - copy.buffer(t).data()) * unit;
    for (int64_t stride : layout.strides[t])
      strides[t].push_back(stride * unit);
  }
}

LoopRecord TypedProblem::record(size_t i) const {
  return {loops[i].extent, {strides[0][i], strides[1][i], strides[2][i]}};
}

void TypedProblem::poison() {
  if (!isFloating(types.output))
    return;
  double nan = std::numeric_limits<double>::quiet_NaN();
  for (size_t at = 0; at < bytes[0].size(); at += size_t(types.unit(RoleC)))
    writeElement(types.output, {nan, nan}, bytes[0].data() + at);
}

void TypedProblem::fillFractions(std::mt19937_64 &random) {
  std::uniform_real_distribution<double> fraction(-1, 1);
  for (unsigned t : {1, 2})
    for (size_t at = 0; at < bytes[t].size(); at += size_t(types.unit(t)))
      writeElement(types.of(t), {fraction(random), fraction(random)},
                   bytes[t].data() + at);
}

std::vector<unsigned char> TypedProblem::expected(Number64 alpha,
                                                  Number64 beta) const {
  const bool isBool = types.output == ElementType::Bool;
  size_t elements = bytes[0].size() / size_t(types.unit(RoleC));
  std::vector<Number64> sums(elements);
  std::vector<bool> touched(elements);
  bool emptyOutput = false, emptySum = false;
  for (const Loop &loop : loops)
    if (loop.extent == 0)
      (loop.of & Out ? emptyOutput : emptySum) = true;
  std::vector<int64_t> index(loops.size(), 0);
  while (!emptyOutput) {
    int64_t at[3] = {origins[0], origins[1], origins[2]};
    for (unsigned t = 0; t < 3; ++t)
      for (size_t i = 0; i < loops.size(); ++i)
        at[t] += index[i] * strides[t][i];
    size_t place = size_t(at[0] / types.unit(RoleC));
    touched[place] = true;
    if (!emptySum) {
      Number64 a = readElement(types.operands[0], bytes[1].data() + at[1]);
      Number64 b = readElement(types.operands[1], bytes[2].data() + at[2]);
      a = types.conjugate[0] ? std::conj(a) : a;
      b = types.conjugate[1] ? std::conj(b) : b;
      sums[place] += a * b;
    }
    size_t i = 0;
    for (; i < loops.size(); ++i) {
      if (++index[i] < loops[i].extent)
        break;
      index[i] = 0;
    }
    if (i == loops.size())
      break;
  }
  std::vector<unsigned char> result = bytes[0];
  for (size_t i = 0; i < elements; ++i)
    if (touched[i]) {
      unsigned char *place = result.data() + i * size_t(types.unit(RoleC));
      Number64 value = alpha * sums[i];
      if (beta != 0.0)
        value += beta * readElement(types.output, place);
      writeElement(types.output, isBool ? double(value != 0.0) : value, place);
    }
  return result;
}

} // namespace einc::test
