// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The reduce family: its schedules as text, and which steps it takes.

#include "compiler/Schedule/ChooseSchedule.h"
#include "compiler/Schedule/ScheduleReader.h"

namespace einc {

namespace {
constexpr Spelling<bool> forms[] = {{false, "rows"}, {true, "columns"}};
} // namespace

void ReduceSchedule::write(std::string &out) const {
  writeWord(out, "form=", spell(forms, columns));
}

void ReduceSchedule::read(ScheduleReader &reader) {
  reader.choice("form=", forms, columns);
}

std::optional<KernelChoice> chooseReduceKernel(const StepProblem &) {
  return std::nullopt;
}

} // namespace einc
