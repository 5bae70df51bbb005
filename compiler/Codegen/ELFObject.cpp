// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Reads ELF64 headers, symbols and relocations. Structures are copied out,
/// never pointed at, because nothing says that the bytes are aligned.

#include "compiler/Codegen/ELFObject.h"

#include <cstring>
#include <elf.h>
#include <string>

namespace einc {
namespace {

Diagnostic damaged(const std::string &what) {
  Diagnostic diagnostic;
  diagnostic.kind = ErrorKind::Internal;
  diagnostic.message = "damaged object: " + what;
  return diagnostic;
}

class Reader {
public:
  explicit Reader(std::span<const uint8_t> bytes) : bytes(bytes) {}
  Result<ELFObject> read();

private:
  using Step = Result<Success>;
  Step readHeader();
  Step readSections();
  Step readSymbols();
  Step readRelocations();
  Step readRelocationsOf(const Elf64_Shdr &header, size_t number);

  template <typename T> T at(uint64_t offset) const {
    T value;
    std::memcpy(&value, bytes.data() + offset, sizeof(T));
    return value;
  }
  bool contains(uint64_t offset, uint64_t size) const {
    return offset <= bytes.size() && size <= bytes.size() - offset;
  }
  /// The string at `offset` of a string table, or nothing if it has no end.
  static bool readName(std::span<const uint8_t> table, uint64_t offset,
                       std::string_view &name);

  std::span<const uint8_t> bytes;
  Elf64_Ehdr header = {};
  std::vector<Elf64_Shdr> headers;
  size_t symbolTable = 0; ///< 0: none
  ELFObject object;
};

bool Reader::readName(std::span<const uint8_t> table, uint64_t offset,
                      std::string_view &name) {
  if (offset >= table.size())
    return false;
  const uint8_t *first = table.data() + offset;
  const void *end = std::memchr(first, 0, table.size() - offset);
  if (!end)
    return false;
  name = {reinterpret_cast<const char *>(first),
          size_t(static_cast<const uint8_t *>(end) - first)};
  return true;
}

Reader::Step Reader::readHeader() {
  if (bytes.size() < sizeof(Elf64_Ehdr))
    return damaged("shorter than an ELF header");
  header = at<Elf64_Ehdr>(0);
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
    return damaged("no ELF magic number");
  if (header.e_ident[EI_CLASS] != ELFCLASS64 ||
      header.e_ident[EI_DATA] != ELFDATA2LSB ||
      (header.e_machine != EM_X86_64 && header.e_machine != EM_AARCH64) ||
      header.e_type != ET_REL)
    return damaged("not a relocatable object of x86-64 or AArch64");
  object.machine = header.e_machine;
  if (header.e_shentsize != sizeof(Elf64_Shdr))
    return damaged("section headers of " + std::to_string(header.e_shentsize) +
                   " bytes");
  if (!contains(header.e_shoff, uint64_t(header.e_shnum) * sizeof(Elf64_Shdr)))
    return damaged("section headers past the end");
  if (header.e_shstrndx >= header.e_shnum)
    return damaged("no section names");
  return Success{};
}

Reader::Step Reader::readSections() {
  for (size_t i = 0; i < header.e_shnum; ++i)
    headers.push_back(at<Elf64_Shdr>(header.e_shoff + i * sizeof(Elf64_Shdr)));
  object.sections.resize(headers.size());
  object.relocations.resize(headers.size());
  for (size_t i = 0; i < headers.size(); ++i) {
    const Elf64_Shdr &from = headers[i];
    ELFSection &to = object.sections[i];
    to.type = from.sh_type;
    to.flags = from.sh_flags;
    to.size = from.sh_size;
    to.alignment = from.sh_addralign ? from.sh_addralign : 1;
    if (to.alignment & (to.alignment - 1))
      return damaged("section " + std::to_string(i) +
                     " has an alignment that is no power of two");
    if (from.sh_type == SHT_NULL || from.sh_type == SHT_NOBITS)
      continue;
    if (!contains(from.sh_offset, from.sh_size))
      return damaged("section " + std::to_string(i) + " lies past the end");
    to.bytes = bytes.subspan(from.sh_offset, from.sh_size);
  }
  std::span<const uint8_t> names = object.sections[header.e_shstrndx].bytes;
  for (size_t i = 1; i < headers.size(); ++i)
    if (!readName(names, headers[i].sh_name, object.sections[i].name))
      return damaged("section " + std::to_string(i) + " has no name");
  return Success{};
}

Reader::Step Reader::readSymbols() {
  for (size_t i = 0; i < headers.size(); ++i) {
    if (headers[i].sh_type != SHT_SYMTAB)
      continue;
    if (symbolTable)
      return damaged("two symbol tables");
    symbolTable = i;
  }
  if (!symbolTable)
    return Success{};
  const Elf64_Shdr &table = headers[symbolTable];
  if (table.sh_entsize != sizeof(Elf64_Sym) ||
      table.sh_size % sizeof(Elf64_Sym) || table.sh_link >= headers.size())
    return damaged("the symbol table is malformed");
  std::span<const uint8_t> names = object.sections[table.sh_link].bytes;
  for (uint64_t i = 0; i < table.sh_size / sizeof(Elf64_Sym); ++i) {
    auto from = at<Elf64_Sym>(table.sh_offset + i * sizeof(Elf64_Sym));
    ELFSymbol to;
    to.type = ELF64_ST_TYPE(from.st_info);
    to.isLocal = ELF64_ST_BIND(from.st_info) == STB_LOCAL;
    to.section = from.st_shndx;
    to.value = from.st_value;
    std::string where = "symbol " + std::to_string(i);
    if (from.st_name && !readName(names, from.st_name, to.name))
      return damaged(where + " has no name");
    if (from.st_shndx == SHN_XINDEX ||
        (from.st_shndx < SHN_LORESERVE && from.st_shndx >= headers.size()))
      return damaged(where + " is in no section");
    if (object.isDefined(to.section)) {
      const ELFSection &section = object.sections[to.section];
      if (to.value > section.size)
        return damaged(where + " lies outside of its section");
      if (to.type == STT_SECTION)
        to.name = section.name;
    }
    object.symbols.push_back(to);
  }
  return Success{};
}

Reader::Step Reader::readRelocationsOf(const Elf64_Shdr &table, size_t number) {
  std::string where = "relocation section " + std::to_string(number);
  if (table.sh_entsize != sizeof(Elf64_Rela) ||
      table.sh_size % sizeof(Elf64_Rela) || table.sh_info >= headers.size() ||
      table.sh_info == 0 || !symbolTable || table.sh_link != symbolTable)
    return damaged(where + " is malformed");
  const ELFSection &section = object.sections[table.sh_info];
  for (uint64_t i = 0; i < table.sh_size / sizeof(Elf64_Rela); ++i) {
    auto from = at<Elf64_Rela>(table.sh_offset + i * sizeof(Elf64_Rela));
    ELFRelocation to;
    to.offset = from.r_offset;
    to.type = ELF64_R_TYPE(from.r_info);
    to.symbol = ELF64_R_SYM(from.r_info);
    to.addend = from.r_addend;
    if (to.offset >= section.size || to.symbol >= object.symbols.size())
      return damaged(where + " has an entry out of range");
    object.relocations[table.sh_info].push_back(to);
  }
  return Success{};
}

Reader::Step Reader::readRelocations() {
  for (size_t i = 0; i < headers.size(); ++i) {
    if (headers[i].sh_type == SHT_REL)
      return damaged("relocations without addends");
    if (headers[i].sh_type != SHT_RELA)
      continue;
    if (Step step = readRelocationsOf(headers[i], i); !step)
      return step;
  }
  return Success{};
}

Result<ELFObject> Reader::read() {
  for (auto step : {&Reader::readHeader, &Reader::readSections,
                    &Reader::readSymbols, &Reader::readRelocations})
    if (Step result = (this->*step)(); !result)
      return std::move(result).error();
  return std::move(object);
}

} // namespace

Result<ELFObject> ELFObject::read(std::span<const uint8_t> bytes) {
  return Reader(bytes).read();
}

} // namespace einc
