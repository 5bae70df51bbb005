// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Schedules in words, for people.

#ifndef EINC_TOOLS_EINC_SCHEDULEWORDS_H
#define EINC_TOOLS_EINC_SCHEDULEWORDS_H

#include "compiler/Schedule/Schedule.h"

#include <string>
#include <utility>
#include <vector>

namespace einc {

/// A heading of one word and what there is to say under it: {"tile", "6 rows x
/// 64 columns in 6x4 registers"}, {"A", "read in place"}, ...; first the
/// family.
using ScheduleWords = std::vector<std::pair<std::string, std::string>>;
ScheduleWords describeSchedule(const Schedule &schedule, const Target &target);

} // namespace einc

#endif // EINC_TOOLS_EINC_SCHEDULEWORDS_H
