// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// ELFObject: an ELF64 relocatable object of x86-64 or AArch64, read with every
/// offset, size and index checked. It borrows the bytes it was read from.

#ifndef EINC_COMPILER_CODEGEN_ELFOBJECT_H
#define EINC_COMPILER_CODEGEN_ELFOBJECT_H

#include "compiler/Support/Result.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace einc {

struct ELFSection {
  std::string_view name;
  uint32_t type = 0;      ///< SHT_*
  uint64_t flags = 0;     ///< SHF_*
  uint64_t alignment = 1; ///< a power of two
  uint64_t size = 0;
  std::span<const uint8_t> bytes; ///< empty for SHT_NOBITS, else `size` long
};

struct ELFSymbol {
  std::string_view name;
  uint8_t type = 0;     ///< STT_*
  bool isLocal = false; ///< unknown to other objects
  uint16_t section =
      0;              ///< an index into sections, SHN_UNDEF, or a reserved one
  uint64_t value = 0; ///< at most the section's size
};

struct ELFRelocation {
  uint64_t offset = 0; ///< into its section, less than the section's size
  uint32_t type = 0;   ///< R_X86_64_* or R_AARCH64_*
  uint32_t symbol = 0; ///< an index into symbols
  int64_t addend = 0;
};

struct ELFObject {
  uint16_t machine = 0; ///< EM_X86_64 or EM_AARCH64
  std::vector<ELFSection> sections;
  std::vector<ELFSymbol> symbols;
  std::vector<std::vector<ELFRelocation>> relocations; ///< by section

  /// Whether `section` numbers one of `sections` (and is not SHN_UNDEF).
  bool isDefined(uint16_t section) const {
    return section != 0 && section < sections.size();
  }

  /// Errors: Internal, saying which field is wrong.
  static Result<ELFObject> read(std::span<const uint8_t> bytes);
};

} // namespace einc

#endif // EINC_COMPILER_CODEGEN_ELFOBJECT_H
