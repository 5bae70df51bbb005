// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The relocations that an image can express: distances within it.

#ifndef EINC_COMPILER_CODEGEN_RELOCATION_H
#define EINC_COMPILER_CODEGEN_RELOCATION_H

#include <cstdint>
#include <string>

namespace einc {

/// Whether a relocation of this type is PC-relative, in four bytes that hold
/// the distance or an instruction with it.
bool isPCRelative(uint16_t machine, uint32_t type);

/// What is wrong with one that is not, as the end of a sentence that starts
/// with "kernel 'k' needs": "an absolute address (R_X86_64_64)".
std::string describeRelocation(uint16_t machine, uint32_t type);

/// Puts `distance` into the four bytes at `field`. False if it does not fit.
bool applyRelocation(uint16_t machine, uint32_t type, int64_t distance,
                     uint8_t *field);

} // namespace einc

#endif // EINC_COMPILER_CODEGEN_RELOCATION_H
