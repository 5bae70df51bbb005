// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The permute family: its schedules as text, and which steps it takes.

#include "compiler/Schedule/ChooseSchedule.h"
#include "compiler/Schedule/ScheduleReader.h"

namespace einc {

namespace {
constexpr Spelling<bool> lines[] = {{false, "copied"}, {true, "transposed"}};
constexpr Spelling<bool> stores[] = {{false, "cached"}, {true, "streamed"}};
} // namespace

void PermuteSchedule::write(std::string &out) const {
  writeWord(out, "lines=", spell(lines, transposes));
  writeWord(out, "store=", spell(stores, stream));
}

void PermuteSchedule::read(ScheduleReader &reader) {
  reader.choice("lines=", lines, transposes);
  reader.choice("store=", stores, stream);
}

std::optional<KernelChoice> choosePermuteKernel(const StepProblem &) {
  return std::nullopt;
}

} // namespace einc
