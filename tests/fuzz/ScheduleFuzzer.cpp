// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Input: a schedule's text, as cache entries and artifacts hold it. What is
/// read is canonical, and its scratch can be computed for every target.

#include "tests/fuzz/Fuzz.h"

#include "compiler/Schedule/KernelLayout.h"

using namespace einc;
using namespace einc::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string_view text = textOf(data, size);
  Result<Schedule> schedule = Schedule::parse(text);
  if (!schedule) {
    checkDiagnostic(schedule.error(), "");
    return 0;
  }
  require(schedule->text() == text, "one spelling for each schedule");
  Result<Schedule> again = Schedule::parse(schedule->text());
  require(bool(again) && *again == *schedule, "the text is the schedule");
  require(schedule->numPointers() >= 2 && schedule->numPointers() <= 4,
          "output, operands and scalars");
  for (auto isa :
       {Target::ISA::X86_64, Target::ISA::X86_64_V3, Target::ISA::X86_64_V4}) {
    Target target{isa};
    if (checkSchedule(*schedule, target))
      require(scratchBytes(*schedule, target) <= uint64_t{1} << 40,
              "scratch is what the runtime allows");
  }
  return 0;
}
