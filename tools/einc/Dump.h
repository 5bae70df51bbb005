// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What `einc dump` prints.

#ifndef EINC_TOOLS_EINC_DUMP_H
#define EINC_TOOLS_EINC_DUMP_H

#include "tools/einc/ProgramLabels.h"

namespace einc {

std::string dumpText(const ProgramLabels &labels);
/// The object described in tools/einc/README.md, on one line.
std::string dumpJSON(const ProgramLabels &labels);

/// The SHA-256 of a kernel's image as 64 digits.
std::string kernelHash(const EincKernel &kernel);
/// "x86-64-v4".
std::string variantTarget(const EincVariant &variant);

} // namespace einc

#endif // EINC_TOOLS_EINC_DUMP_H
