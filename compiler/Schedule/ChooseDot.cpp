// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The dot family: its schedules as text, and which steps it takes.

#include "compiler/Schedule/ChooseSchedule.h"
#include "compiler/Schedule/ScheduleReader.h"

namespace einc {

namespace {
constexpr Spelling<bool> contiguities[] = {{false, "constant"},
                                           {true, "contiguous"}};
} // namespace

void DotSchedule::write(std::string &out) const {
  writeWord(out, "a=", spell(contiguities, contiguous[0]));
  writeWord(out, "b=", spell(contiguities, contiguous[1]));
}

void DotSchedule::read(ScheduleReader &reader) {
  reader.choice("a=", contiguities, contiguous[0]);
  reader.choice("b=", contiguities, contiguous[1]);
}

std::optional<KernelChoice> chooseDotKernel(const StepProblem &) {
  return std::nullopt;
}

} // namespace einc
