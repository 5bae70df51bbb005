// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The outer family: its schedules as text, and which steps it takes.

#include "compiler/Schedule/ChooseSchedule.h"
#include "compiler/Schedule/ScheduleReader.h"

namespace einc {

namespace {
constexpr Spelling<bool> contiguities[] = {{false, "constant"},
                                           {true, "contiguous"}};
constexpr Spelling<bool> stores[] = {{false, "cached"}, {true, "streamed"}};
} // namespace

void OuterSchedule::write(std::string &out) const {
  writeNumber(out, "operands=", numOperands);
  writeWord(out, "a=", spell(contiguities, contiguous[0]));
  writeWord(out, "b=", spell(contiguities, contiguous[1]));
  writeWord(out, "store=", spell(stores, stream));
}

void OuterSchedule::read(ScheduleReader &reader) {
  reader.number("operands=", 1, 2, numOperands);
  reader.choice("a=", contiguities, contiguous[0]);
  reader.choice("b=", contiguities, contiguous[1]);
  reader.choice("store=", stores, stream);
  reader.require(numOperands == 2 || !contiguous[1], "there is no operand b");
}

std::optional<KernelChoice> chooseOuterKernel(const StepProblem &) {
  return std::nullopt;
}

} // namespace einc
