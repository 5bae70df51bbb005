// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The gemv family: its schedules as text, and which steps it takes.

#include "compiler/Schedule/ChooseSchedule.h"
#include "compiler/Schedule/ScheduleReader.h"

namespace einc {

namespace {
constexpr Spelling<bool> forms[] = {{false, "rows"}, {true, "columns"}};
} // namespace

void GemvSchedule::write(std::string &out) const {
  writeWord(out, "form=", spell(forms, columns));
}

void GemvSchedule::read(ScheduleReader &reader) {
  reader.choice("form=", forms, columns);
}

std::optional<KernelChoice> chooseGemvKernel(const StepProblem &) {
  return std::nullopt;
}

} // namespace einc
