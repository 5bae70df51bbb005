// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/Kernels/LoopProblem.h"

#include <algorithm>
#include <numeric>

namespace einc::test {

template <typename T>
std::vector<size_t> LoopProblem<T>::loopsOf(unsigned tensor) const {
  std::vector<size_t> order;
  for (size_t i = 0; i < loops.size(); ++i)
    if (loops[i].of & (1u << tensor))
      order.push_back(i);
  return order;
}

template <typename T>
void LoopProblem<T>::fill(unsigned tensor, int64_t size,
                          std::mt19937_64 &random) {
  buffers[tensor].resize(size + 1);
  int64_t multiplier = 2 * (random() % 40) + 7, offset = random() % 50;
  for (size_t i = 0; i < buffers[tensor].size(); ++i)
    buffers[tensor][i] = T((i * multiplier + offset) % 31) - 15;
}

template <typename T>
LoopProblem<T>::LoopProblem(std::vector<Loop> given, std::mt19937_64 &random)
    : loops(std::move(given)) {
  for (unsigned tensor = 0; tensor < 3; ++tensor) {
    strides[tensor].assign(loops.size(), 0);
    std::vector<size_t> order = loopsOf(tensor);
    // Often in order, so that contiguous runs occur, else any permutation.
    if (random() % 3 == 0)
      std::shuffle(order.begin(), order.end(), random);
    int64_t size = random() % 4 == 0 ? 2 : 1;
    for (size_t i : order) {
      strides[tensor][i] = size;
      size *= std::max<int64_t>(loops[i].extent, 1);
      if (random() % 4 == 0)
        size += 3;
    }
    for (size_t i : order)
      if (random() % 8 == 0) {
        origins[tensor] +=
            strides[tensor][i] * std::max<int64_t>(loops[i].extent - 1, 0);
        strides[tensor][i] = -strides[tensor][i];
      }
    fill(tensor, size, random);
  }
}

template <typename T>
LoopProblem<T>::LoopProblem(std::vector<Loop> given, unsigned special,
                            size_t innermost, std::mt19937_64 &random)
    : loops(std::move(given)) {
  for (unsigned tensor = 0; tensor < 3; ++tensor) {
    strides[tensor].assign(loops.size(), 0);
    std::vector<size_t> order = loopsOf(tensor);
    if (tensor == special) {
      auto found = std::find(order.begin(), order.end(), innermost);
      std::rotate(order.begin(), found, found + 1);
    }
    int64_t size = 1;
    for (size_t i : order) {
      strides[tensor][i] = size;
      size *= std::max<int64_t>(loops[i].extent, 1);
    }
    fill(tensor, size, random);
  }
}

template <typename T> LoopRecord LoopProblem<T>::record(size_t i) const {
  int64_t bytes = sizeof(T);
  return {
      loops[i].extent,
      {strides[0][i] * bytes, strides[1][i] * bytes, strides[2][i] * bytes}};
}

template <typename T>
std::vector<T> LoopProblem<T>::expected(T alpha, T beta) const {
  // Sums by output element, then one update of each element touched.
  std::vector<double> sums(buffers[0].size(), 0);
  std::vector<bool> touched(buffers[0].size(), false);
  std::vector<int64_t> index(loops.size(), 0);
  auto at = [&](unsigned tensor) {
    int64_t place = origins[tensor];
    for (size_t i = 0; i < loops.size(); ++i)
      place += index[i] * strides[tensor][i];
    return place;
  };
  // Output loops may be empty; reduction loops of extent 0 still touch.
  bool emptyOutput = false, emptySum = false;
  for (const Loop &loop : loops)
    if (loop.extent == 0)
      (loop.of & Out ? emptyOutput : emptySum) = true;
  while (!emptyOutput) {
    touched[at(0)] = true;
    if (!emptySum)
      sums[at(0)] += double(buffers[1][at(1)]) * double(buffers[2][at(2)]);
    size_t i = 0;
    for (; i < loops.size(); ++i) {
      if (++index[i] < loops[i].extent)
        break;
      index[i] = 0;
    }
    if (i == loops.size())
      break;
  }
  std::vector<T> result = buffers[0];
  for (size_t i = 0; i < result.size(); ++i)
    if (touched[i])
      result[i] = T(alpha * T(sums[i]) + (beta == 0 ? T(0) : beta * result[i]));
  return result;
}

template class LoopProblem<float>;
template class LoopProblem<double>;

} // namespace einc::test
