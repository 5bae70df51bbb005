// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Numbers with units, for people.

#ifndef EINC_TOOLS_EINC_UNITS_H
#define EINC_TOOLS_EINC_UNITS_H

#include <string>

namespace einc {

/// Three significant digits with the unit that fits: `timeText(0.0042)` returns
/// "4.2 ms".
std::string timeText(double seconds);

} // namespace einc

#endif // EINC_TOOLS_EINC_UNITS_H
