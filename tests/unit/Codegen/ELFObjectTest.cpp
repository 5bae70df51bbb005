// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The reader on damaged objects: exact messages, then random damage.

#include "compiler/Codegen/ImagePacker.h"
#include "tests/unit/Codegen/ELFBuilder.h"

#include <cstring>
#include <gtest/gtest.h>
#include <random>

using namespace einc;
using namespace einc::test;

namespace {

using Bytes = std::vector<uint8_t>;

/// Sections: 1 .text.k, 2 .rodata, 3 relocations, 4 symbols, 5 names.
Bytes soundObject() {
  ELFBuilder builder;
  uint16_t kernel = builder.addSection(".text.k", {1, 2, 3, 4, 5, 6, 7, 8});
  uint16_t constants = builder.addSection(".rodata", {9, 10}, SHF_ALLOC, 4);
  builder.addSymbol("k", kernel, 2);
  uint32_t symbol = builder.addSymbol("c", constants, 1, STT_OBJECT);
  builder.addRelocation(kernel, 3, R_X86_64_PC32, symbol, -4);
  return builder.build();
}

template <typename T> T &fieldAt(Bytes &bytes, uint64_t offset) {
  return *reinterpret_cast<T *>(bytes.data() + offset);
}

Elf64_Ehdr &header(Bytes &bytes) { return fieldAt<Elf64_Ehdr>(bytes, 0); }

/// A section header, copied out and back in because it may lie anywhere.
void editSection(Bytes &bytes, unsigned number, auto edit) {
  uint64_t at = header(bytes).e_shoff + number * sizeof(Elf64_Shdr);
  Elf64_Shdr section;
  std::memcpy(&section, bytes.data() + at, sizeof section);
  edit(section);
  std::memcpy(bytes.data() + at, &section, sizeof section);
}

template <typename Entry>
void editEntry(Bytes &bytes, unsigned section, unsigned number, auto edit) {
  uint64_t at = 0;
  editSection(bytes, section, [&](Elf64_Shdr &table) {
    at = table.sh_offset + number * sizeof(Entry);
  });
  Entry entry;
  std::memcpy(&entry, bytes.data() + at, sizeof entry);
  edit(entry);
  std::memcpy(bytes.data() + at, &entry, sizeof entry);
}

TEST(ELFObject, ReadsWhatWasWritten) {
  Bytes bytes = soundObject();
  auto object = ELFObject::read(bytes);
  ASSERT_TRUE(object) << object.error().message;
  ASSERT_EQ(object->sections.size(), 6u);
  EXPECT_EQ(object->sections[1].name, ".text.k");
  EXPECT_EQ(object->sections[1].alignment, 16u);
  EXPECT_EQ(object->sections[2].bytes[1], 10);
  ASSERT_EQ(object->symbols.size(), 3u);
  EXPECT_EQ(object->symbols[1].name, "k");
  EXPECT_EQ(object->symbols[1].value, 2u);
  EXPECT_FALSE(object->symbols[1].isLocal);
  ASSERT_EQ(object->relocations[1].size(), 1u);
  EXPECT_EQ(object->relocations[1][0].offset, 3u);
  EXPECT_EQ(object->relocations[1][0].symbol, 2u);
  EXPECT_EQ(object->relocations[1][0].addend, -4);
}

TEST(ELFObject, SaysWhichFieldIsWrong) {
  const struct {
    void (*damage)(Bytes &);
    const char *message;
  } rows[] = {
      {[](Bytes &b) { b.resize(63); }, "shorter than an ELF header"},
      {[](Bytes &b) { b[0] = 'x'; }, "no ELF magic number"},
      {[](Bytes &b) { b[EI_CLASS] = ELFCLASS32; },
       "not a relocatable object of x86-64 or AArch64"},
      {[](Bytes &b) { header(b).e_machine = EM_RISCV; },
       "not a relocatable object of x86-64 or AArch64"},
      {[](Bytes &b) { header(b).e_type = ET_DYN; },
       "not a relocatable object of x86-64 or AArch64"},
      {[](Bytes &b) { header(b).e_shentsize = 40; },
       "section headers of 40 bytes"},
      {[](Bytes &b) { header(b).e_shoff = UINT64_MAX - 8; },
       "section headers past the end"},
      {[](Bytes &b) { header(b).e_shnum = 7; }, "section headers past the end"},
      {[](Bytes &b) { header(b).e_shstrndx = 6; }, "no section names"},
      {[](Bytes &b) {
         editSection(b, 1, [](auto &s) { s.sh_addralign = 24; });
       },
       "section 1 has an alignment that is no power of two"},
      {[](Bytes &b) {
         editSection(b, 2, [](auto &s) { s.sh_offset = UINT64_MAX; });
       },
       "section 2 lies past the end"},
      {[](Bytes &b) {
         editSection(b, 2, [](auto &s) { s.sh_size = UINT64_MAX; });
       },
       "section 2 lies past the end"},
      {[](Bytes &b) {
         editSection(b, 2, [](auto &s) { s.sh_name = 1u << 30; });
       },
       "section 2 has no name"},
      {[](Bytes &b) {
         editSection(b, 2, [](auto &s) { s.sh_type = SHT_SYMTAB; });
       },
       "two symbol tables"},
      {[](Bytes &b) { editSection(b, 4, [](auto &s) { s.sh_entsize = 16; }); },
       "the symbol table is malformed"},
      {[](Bytes &b) { editSection(b, 4, [](auto &s) { s.sh_link = 99; }); },
       "the symbol table is malformed"},
      {[](Bytes &b) {
         editEntry<Elf64_Sym>(b, 4, 1, [](auto &s) { s.st_name = 1u << 30; });
       },
       "symbol 1 has no name"},
      {[](Bytes &b) {
         editEntry<Elf64_Sym>(b, 4, 1, [](auto &s) { s.st_shndx = 6; });
       },
       "symbol 1 is in no section"},
      {[](Bytes &b) {
         editEntry<Elf64_Sym>(b, 4, 2, [](auto &s) { s.st_value = 3; });
       },
       "symbol 2 lies outside of its section"},
      {[](Bytes &b) {
         editSection(b, 3, [](auto &s) { s.sh_type = SHT_REL; });
       },
       "relocations without addends"},
      {[](Bytes &b) { editSection(b, 3, [](auto &s) { s.sh_info = 0; }); },
       "relocation section 3 is malformed"},
      {[](Bytes &b) { editSection(b, 3, [](auto &s) { s.sh_link = 5; }); },
       "relocation section 3 is malformed"},
      {[](Bytes &b) {
         editEntry<Elf64_Rela>(b, 3, 0, [](auto &r) { r.r_offset = 8; });
       },
       "relocation section 3 has an entry out of range"},
      {[](Bytes &b) {
         editEntry<Elf64_Rela>(b, 3, 0, [](auto &r) {
           r.r_info = ELF64_R_INFO(uint64_t(3), uint64_t(R_X86_64_PC32));
         });
       },
       "relocation section 3 has an entry out of range"},
  };
  for (const auto &row : rows) {
    Bytes bytes = soundObject();
    row.damage(bytes);
    auto object = ELFObject::read(bytes);
    EXPECT_EQ(object ? "sound" : object.error().message,
              std::string("damaged object: ") + row.message);
  }
}

/// Whatever the bytes are, reading and packing end with a value or an error.
TEST(ELFObject, SurvivesRandomDamage) {
  unsigned seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const Bytes sound = soundObject();
  unsigned packed = 0, refused = 0;
  for (unsigned round = 0; round < 20000; ++round) {
    Bytes bytes = sound;
    for (unsigned edits = 1 + random() % 4; edits; --edits)
      bytes[random() % bytes.size()] = random() % 3 ? uint8_t(random()) : 0xff;
    if (random() % 8 == 0)
      bytes.resize(random() % (bytes.size() + 1));
    auto object = ELFObject::read(bytes);
    if (!object) {
      ++refused;
      continue;
    }
    auto image = packImage(std::span(&*object, 1), "k");
    ++(image ? packed : refused);
    if (image) {
      EXPECT_LE(image->entryOffset, image->bytes.size());
    }
  }
  EXPECT_GT(packed, 100u);
  EXPECT_GT(refused, 100u);
}

} // namespace
