// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What the fuzz targets share: inputs as lines, and what must hold for every
/// diagnostic.

#ifndef EINC_TESTS_FUZZ_FUZZ_H
#define EINC_TESTS_FUZZ_FUZZ_H

#include "compiler/Support/Diagnostic.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

/// Every target defines it; libFuzzer calls it.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

namespace einc::fuzz {

/// Ends the process with `what` unless `holds`: a finding.
void require(bool holds, const char *what);

inline std::string_view textOf(const uint8_t *data, size_t size) {
  return {reinterpret_cast<const char *>(data), size};
}

/// Takes the last line off `text`, with the line end before it. A text of one
/// line has none to give. From the end, so that only the first part can hold
/// line ends.
std::string_view takeLastLine(std::string_view &text);

/// Places within `text` in ascending order, an excerpt wherever there is a
/// place, one line of message, and a rendering.
void checkDiagnostic(const Diagnostic &error, std::string_view text);

} // namespace einc::fuzz

#endif // EINC_TESTS_FUZZ_FUZZ_H
