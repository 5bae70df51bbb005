// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Random numbers that are the same on every system.

#ifndef EINC_TESTS_E2E_RANDOM_DICE_H
#define EINC_TESTS_E2E_RANDOM_DICE_H

#include <cstdint>
#include <initializer_list>
#include <random>
#include <utility>
#include <vector>

namespace einc::tests {

class Dice {
public:
  explicit Dice(uint64_t seed) : engine(seed) {}

  /// low, low + 1, ... or high.
  int64_t between(int64_t low, int64_t high) {
    return low + int64_t(engine() % uint64_t(high - low + 1));
  }
  size_t below(size_t count) { return size_t(engine() % count); }
  bool percent(unsigned chance) { return engine() % 100 < chance; }
  template <typename T> T oneOf(std::initializer_list<T> values) {
    return values.begin()[below(values.size())];
  }
  /// 0, 1, ... with these weights.
  unsigned weighted(std::initializer_list<unsigned> weights) {
    unsigned total = 0;
    for (unsigned weight : weights)
      total += weight;
    unsigned place = unsigned(below(total));
    unsigned choice = 0;
    for (unsigned weight : weights) {
      if (place < weight)
        return choice;
      place -= weight;
      ++choice;
    }
    return choice;
  }
  template <typename T> void shuffle(std::vector<T> &values) {
    for (size_t i = values.size(); i > 1; --i)
      std::swap(values[i - 1], values[below(i)]);
  }

private:
  std::mt19937_64 engine;
};

} // namespace einc::tests

#endif // EINC_TESTS_E2E_RANDOM_DICE_H
