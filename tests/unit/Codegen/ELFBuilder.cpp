// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/Codegen/ELFBuilder.h"

#include <cstring>

namespace einc::test {

uint32_t ELFBuilder::addName(const std::string &name) {
  uint32_t offset = uint32_t(names.size());
  names += name;
  names += '\0';
  return offset;
}

uint16_t ELFBuilder::addSection(const std::string &name,
                                std::vector<uint8_t> bytes, uint64_t flags,
                                uint64_t alignment, uint32_t type) {
  Elf64_Shdr header = {};
  header.sh_name = addName(name);
  header.sh_type = type;
  header.sh_flags = flags;
  header.sh_size = bytes.size();
  header.sh_addralign = alignment;
  headers.push_back(header);
  contents.push_back(std::move(bytes));
  return uint16_t(headers.size() - 1);
}

uint32_t ELFBuilder::addSymbol(const std::string &name, uint16_t section,
                               uint64_t value, unsigned char type,
                               unsigned char binding) {
  Elf64_Sym symbol = {};
  symbol.st_name = name.empty() ? 0 : addName(name);
  symbol.st_info = ELF64_ST_INFO(binding, type);
  symbol.st_shndx = section;
  symbol.st_value = value;
  symbols.push_back(symbol);
  return uint32_t(symbols.size() - 1);
}

void ELFBuilder::addRelocation(uint16_t section, uint64_t offset, uint32_t type,
                               uint32_t symbol, int64_t addend) {
  relocations.push_back(
      {section,
       {offset, ELF64_R_INFO(uint64_t(symbol), uint64_t(type)), addend}});
}

std::vector<uint8_t> ELFBuilder::build() const {
  std::vector<Elf64_Shdr> all = headers;
  std::vector<uint8_t> bytes(sizeof(Elf64_Ehdr));
  auto append = [&](const void *data, size_t size) {
    const auto *first = static_cast<const uint8_t *>(data);
    bytes.insert(bytes.end(), first, first + size);
  };
  for (size_t i = 1; i < all.size(); ++i) {
    all[i].sh_offset = bytes.size();
    if (all[i].sh_type != SHT_NOBITS)
      append(contents[i].data(), contents[i].size());
  }
  uint32_t symbolTable = uint32_t(headers.size() + relocations.size());
  for (const Relocation &relocation : relocations) {
    Elf64_Shdr header = {};
    header.sh_type = SHT_RELA;
    header.sh_offset = bytes.size();
    header.sh_size = sizeof(Elf64_Rela);
    header.sh_entsize = sizeof(Elf64_Rela);
    header.sh_link = symbolTable;
    header.sh_info = relocation.section;
    all.push_back(header);
    append(&relocation.entry, sizeof(Elf64_Rela));
  }
  Elf64_Shdr table = {};
  table.sh_type = SHT_SYMTAB;
  table.sh_offset = bytes.size();
  table.sh_size = symbols.size() * sizeof(Elf64_Sym);
  table.sh_entsize = sizeof(Elf64_Sym);
  table.sh_link = symbolTable + 1;
  all.push_back(table);
  append(symbols.data(), table.sh_size);
  Elf64_Shdr strings = {};
  strings.sh_type = SHT_STRTAB;
  strings.sh_offset = bytes.size();
  strings.sh_size = names.size();
  all.push_back(strings);
  append(names.data(), names.size());

  Elf64_Ehdr header = {};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_ident[EI_VERSION] = EV_CURRENT;
  header.e_type = ET_REL;
  header.e_machine = EM_X86_64;
  header.e_version = EV_CURRENT;
  header.e_ehsize = sizeof(Elf64_Ehdr);
  header.e_shentsize = sizeof(Elf64_Shdr);
  header.e_shoff = bytes.size();
  header.e_shnum = uint16_t(all.size());
  header.e_shstrndx = uint16_t(all.size() - 1);
  std::memcpy(bytes.data(), &header, sizeof header);
  append(all.data(), all.size() * sizeof(Elf64_Shdr));
  return bytes;
}

} // namespace einc::test
