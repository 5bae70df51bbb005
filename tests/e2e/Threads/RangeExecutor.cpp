// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Threads/RangeExecutor.h"

#include "tests/e2e/Threads/Problem.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <thread>

using namespace einc;
using namespace einc::tests;

const char *tests::orderName(RangeOrder order) {
  constexpr const char *names[] = {"forward", "reversed", "shuffled",
                                   "delayed"};
  return names[size_t(order)];
}

RangeExecutor::RangeExecutor(const Problem &problem, RangeOrder order,
                             uint64_t seed)
    : problem(problem), order(order), random(seed) {
  interface.context = this;
  interface.parallelRanges = [](void *context, uint32_t count, int64_t grains,
                                runtime::RangeFunction range, void *argument) {
    static_cast<RangeExecutor *>(context)->run(count, grains, range, argument);
  };
}

/// In order: single grains, or ranges of about a 256th of many. Else anything
/// from one grain to a third of all.
std::vector<RangeExecutor::Range> RangeExecutor::cut(int64_t grains) {
  bool isOrdered =
      order == RangeOrder::Forward || order == RangeOrder::Reversed;
  const int64_t longest =
      std::max<int64_t>(1, isOrdered ? grains / 256 : grains / 3);
  std::vector<Range> ranges;
  for (int64_t begin = 0; begin < grains;) {
    int64_t length = longest;
    if (!isOrdered && random() % 4 != 0)
      length =
          1 + int64_t(random() % uint64_t(std::max<int64_t>(1, longest / 16)));
    const int64_t end = std::min(begin + length, grains);
    ranges.emplace_back(begin, end);
    begin = end;
  }
  if (order == RangeOrder::Reversed)
    std::reverse(ranges.begin(), ranges.end());
  if (!isOrdered)
    std::shuffle(ranges.begin(), ranges.end(), random);
  return ranges;
}

/// A kernel that relies on what an earlier range left there computes NaN, or
/// an offset that is none.
void RangeExecutor::poisonScratch(uint32_t task) const {
  const uint64_t bytes = problem.scratchBytes();
  if (bytes > 0)
    std::memset(problem.workspace() + problem.sharedBytes() + task * bytes,
                0xff, bytes);
}

void RangeExecutor::run(uint32_t count, int64_t grains,
                        runtime::RangeFunction range, void *argument) {
  longest = std::max(longest, grains);
  const std::vector<Range> ranges = cut(grains);
  if (order != RangeOrder::Delayed) {
    for (auto [begin, end] : ranges) {
      uint32_t task = uint32_t(random() % count);
      poisonScratch(task);
      range(argument, task, begin, end);
    }
    return;
  }
  std::atomic<size_t> next{0};
  std::vector<std::thread> threads;
  for (uint32_t task = 0; task < count; ++task)
    threads.emplace_back([&, task, seed = random()] {
      std::mt19937 waits(static_cast<unsigned>(seed));
      for (size_t i; (i = next++) < ranges.size();) {
        if (waits() % 8 == 0)
          std::this_thread::sleep_for(std::chrono::microseconds(waits() % 100));
        poisonScratch(task);
        range(argument, task, ranges[i].first, ranges[i].second);
      }
    });
  for (std::thread &thread : threads)
    thread.join();
}
