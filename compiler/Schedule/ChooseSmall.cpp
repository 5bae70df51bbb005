// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The small family: its schedules as text, and which steps it takes.

#include "compiler/Schedule/ChooseSchedule.h"
#include "compiler/Schedule/ScheduleReader.h"

namespace einc {

void SmallSchedule::write(std::string &out) const {
  writeNumber(out, "m=", m);
  writeNumber(out, "n=", n);
  writeNumber(out, "k=", k);
}

void SmallSchedule::read(ScheduleReader &reader) {
  reader.number("m=", 1, maxExtent, m);
  reader.number("n=", 1, maxExtent, n);
  reader.number("k=", 1, maxExtent, k);
}

std::optional<KernelChoice> chooseSmallKernel(const StepProblem &) {
  return std::nullopt;
}

} // namespace einc
