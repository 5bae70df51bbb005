// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/einc/Units.h"

#include <fmt/format.h>

namespace einc {

std::string timeText(double seconds) {
  if (seconds < 1e-6)
    return fmt::format("{:.3g} ns", seconds * 1e9);
  if (seconds < 1e-3)
    return fmt::format("{:.3g} us", seconds * 1e6);
  if (seconds < 1)
    return fmt::format("{:.3g} ms", seconds * 1e3);
  return fmt::format("{:.3g} s", seconds);
}

} // namespace einc
