// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Writes small relocatable objects, right and wrong ones.

#ifndef EINC_TESTS_UNIT_CODEGEN_ELFBUILDER_H
#define EINC_TESTS_UNIT_CODEGEN_ELFBUILDER_H

#include <cstdint>
#include <elf.h>
#include <string>
#include <vector>

namespace einc::test {

/// Sections are numbered from 1 in the order of addSection, symbols from 1 in
/// the order of addSymbol.
class ELFBuilder {
public:
  uint16_t addSection(const std::string &name, std::vector<uint8_t> bytes,
                      uint64_t flags = SHF_ALLOC | SHF_EXECINSTR,
                      uint64_t alignment = 16, uint32_t type = SHT_PROGBITS);
  uint32_t addSymbol(const std::string &name, uint16_t section,
                     uint64_t value = 0, unsigned char type = STT_FUNC,
                     unsigned char binding = STB_GLOBAL);
  void addRelocation(uint16_t section, uint64_t offset, uint32_t type,
                     uint32_t symbol, int64_t addend);

  /// The object. Section headers come last; behind the added sections stand
  /// the relocations, the symbol table, and one string table for everything.
  std::vector<uint8_t> build() const;

private:
  struct Relocation {
    uint16_t section;
    Elf64_Rela entry;
  };
  uint32_t addName(const std::string &name);

  std::vector<Elf64_Shdr> headers = {Elf64_Shdr{}};
  std::vector<std::vector<uint8_t>> contents = {{}};
  std::vector<Elf64_Sym> symbols = {Elf64_Sym{}};
  std::vector<Relocation> relocations;
  std::string names = std::string(1, '\0');
};

} // namespace einc::test

#endif // EINC_TESTS_UNIT_CODEGEN_ELFBUILDER_H
