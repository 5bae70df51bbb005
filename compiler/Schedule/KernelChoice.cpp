// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The order in which families are asked.

#include "compiler/Schedule/ChooseSchedule.h"

namespace einc {

void addRecords(KernelChoice &choice, const Loops &loops) {
  for (const Loop &loop : loops)
    choice.params.insert(choice.params.end(),
                         {loop.extent, loop.strides[RoleC], loop.strides[RoleA],
                          loop.strides[RoleB]});
  choice.records.insert(choice.records.end(), loops.begin(), loops.end());
}

KernelChoice chooseKernel(const StepProblem &problem) {
  // Families without sums first; among sums, the more special ones.
  constexpr std::optional<KernelChoice> (*families[])(const StepProblem &) = {
      choosePermuteKernel, chooseOuterKernel, chooseReduceKernel,
      chooseDotKernel,     chooseGemvKernel,  chooseSmallKernel,
      chooseGemmKernel};
  unsigned rank = 0;
  if (problem.numOperands > 0)
    for (auto *family : families) {
      if (auto choice = family(problem)) {
        choice->rank = rank;
        return std::move(*choice);
      }
      ++rank;
    }
  KernelChoice choice = chooseGeneralKernel(problem);
  choice.rank = rank;
  return choice;
}

} // namespace einc
