// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/bench/Measure.h"
#include "tools/bench/Peak.h"

#include <algorithm>

namespace einc::bench {

Work workOf(const PlannedExpression &planned) {
  Work work;
  bool isComplexResult = isComplex(planned.output.type);
  work.flops =
      treeCost(planned.network, planned.tree).flops * (isComplexResult ? 4 : 1);
  auto add = [&](const TensorLayout &layout) {
    double bytes = double(elementBytes(layout.type));
    for (int64_t extent : layout.extents)
      bytes *= double(extent);
    work.bytes += bytes;
  };
  for (const TensorLayout &operand : planned.operands)
    add(operand);
  add(planned.output);
  return work;
}

double Measurement::boundSeconds() const {
  return std::max(work.flops / (peak * threads), work.bytes / copy);
}

/// Calls that fill about 5 ms.
static unsigned repeatsOf(double seconds) {
  return unsigned(std::clamp(5e-3 / std::max(seconds, 1e-9), 1.0, 1e5));
}

Result<Measurement> measure(const CompiledExpression &compiled,
                            void *const *arguments, unsigned threads,
                            unsigned turns,
                            const std::function<void()> &opponent) {
  Measurement result;
  const PlannedExpression &planned = compiled.planned;
  result.work = workOf(planned);
  result.threads = threads;
  for (const Schedule &schedule : planned.steps.schedules) {
    std::string name = familyName(schedule.family);
    if (std::find(result.families.begin(), result.families.end(), name) ==
        result.families.end())
      result.families.push_back(name);
  }
  // Sums of bytes in i32 are what dot products of bytes give.
  ElementType type = planned.output.type;
  bool dot = false;
  if (type == ElementType::I32 && !planned.operands.empty() &&
      elementBytes(planned.operands[0].type) == 1) {
    type = planned.operands[0].type;
    dot = true;
  }

  const runtime::RunOptions options{.threads = threads};
  auto once = [&] { return compiled.run(arguments, options); };
  double start = now();
  if (Result<Success> called = once(); !called)
    return std::move(called).error();
  unsigned repeats = repeatsOf(now() - start), theirRepeats = 1;
  if (opponent) {
    opponent();
    start = now();
    opponent();
    theirRepeats = repeatsOf(now() - start);
  }
  for (unsigned turn = 0; turn < turns; ++turn) {
    start = now();
    for (unsigned i = 0; i < repeats; ++i)
      if (Result<Success> called = once(); !called)
        return std::move(called).error();
    result.warm.values.push_back((now() - start) / repeats);
    if (opponent) {
      start = now();
      for (unsigned i = 0; i < theirRepeats; ++i)
        opponent();
      result.opponent.values.push_back((now() - start) / theirRepeats);
    }
    result.peak = std::max(result.peak, measurePeak(type, dot));
    result.copy = std::max(result.copy, measureCopy());
  }
  return result;
}

} // namespace einc::bench
