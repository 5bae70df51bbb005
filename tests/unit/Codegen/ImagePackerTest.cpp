// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Layout, relocation and refusal, on objects written by hand.

#include "compiler/Codegen/ImagePacker.h"
#include "tests/unit/Codegen/ELFBuilder.h"

#include <gtest/gtest.h>

using namespace einc;
using namespace einc::test;

namespace {

using Bytes = std::vector<uint8_t>;

constexpr uint64_t ReadOnly = SHF_ALLOC;
constexpr uint64_t Writable = SHF_ALLOC | SHF_WRITE;

Result<KernelImage> pack(const std::vector<Bytes> &files,
                         std::string_view entry = "k") {
  std::vector<ELFObject> objects;
  for (const Bytes &file : files) {
    auto object = ELFObject::read(file);
    if (!object)
      return std::move(object).error();
    objects.push_back(std::move(*object));
  }
  return packImage(objects, entry);
}

std::string messageOf(const ELFBuilder &builder) {
  auto image = pack({builder.build()});
  return image ? "packed" : image.error().message;
}

TEST(ImagePacker, LaysReachableSectionsOutInOrder) {
  ELFBuilder builder;
  uint16_t constants = builder.addSection(".rodata", {1, 2, 3}, ReadOnly, 4);
  builder.addSection(".text.unused", {9, 9, 9});
  uint16_t helper = builder.addSection(".text.helper", {7, 7, 0, 0, 0, 0});
  uint16_t kernel = builder.addSection(".text.k", {8, 0, 0, 0, 0, 8});
  uint32_t helperSymbol =
      builder.addSymbol("helper", helper, 1, STT_FUNC, STB_LOCAL);
  uint32_t constantsSymbol =
      builder.addSymbol("", constants, 0, STT_SECTION, STB_LOCAL);
  builder.addSymbol("k", kernel, 1);
  builder.addRelocation(kernel, 1, R_X86_64_PLT32, helperSymbol, -4);
  builder.addRelocation(helper, 2, R_X86_64_PC32, constantsSymbol, 2 - 4);
  auto image = pack({builder.build()});
  ASSERT_TRUE(image) << image.error().message;
  // The kernel at 0, then .rodata at 8, then the helper at 16. From the end of
  // the kernel's field (5) to the helper's second byte (17): 12. From the end
  // of the helper's field (22) to the third constant (10): -12.
  const Bytes expected = {8, 12, 0,    0,    0,    8,    0xcc, 0xcc,
                          1, 2,  3,    0xcc, 0xcc, 0xcc, 0xcc, 0xcc,
                          7, 7,  0xf4, 0xff, 0xff, 0xff};
  EXPECT_EQ(image->bytes, expected);
  EXPECT_EQ(image->entryOffset, 1u);
}

TEST(ImagePacker, LooksForSymbolsInOtherObjects) {
  ELFBuilder first, second;
  uint16_t kernel = first.addSection(".text.k", {1, 0, 0, 0, 0});
  first.addSymbol("k", kernel);
  uint32_t undefined = first.addSymbol("far", SHN_UNDEF, 0, STT_NOTYPE);
  first.addRelocation(kernel, 1, R_X86_64_PLT32, undefined, -4);
  // A local symbol of that name is none of the first object's business.
  uint16_t decoy = second.addSection(".text.decoy", {5});
  second.addSymbol("far", decoy, 0, STT_FUNC, STB_LOCAL);
  uint16_t far = second.addSection(".text.far", {6});
  second.addSymbol("far", far);
  auto image = pack({first.build(), second.build()});
  ASSERT_TRUE(image) << image.error().message;
  Bytes expected(17, 0xcc);
  const Bytes code = {1, 11, 0, 0, 0};
  std::copy(code.begin(), code.end(), expected.begin());
  expected[16] = 6;
  EXPECT_EQ(image->bytes, expected);
}

TEST(ImagePacker, CyclesEnd) {
  ELFBuilder builder;
  uint16_t kernel = builder.addSection(".text.k", Bytes(4));
  uint16_t other = builder.addSection(".text.o", Bytes(4), ReadOnly, 1);
  uint32_t k = builder.addSymbol("k", kernel),
           o = builder.addSymbol("o", other);
  builder.addRelocation(kernel, 0, R_X86_64_PC32, o, 0);
  builder.addRelocation(other, 0, R_X86_64_PC32, k, 0);
  auto image = pack({builder.build()});
  ASSERT_TRUE(image) << image.error().message;
  EXPECT_EQ(image->bytes, (Bytes{4, 0, 0, 0, 0xfc, 0xff, 0xff, 0xff}));
}

TEST(ImagePacker, RefusesRelocations) {
  const struct {
    uint32_t type;
    const char *message;
  } rows[] = {
      {R_X86_64_64, "an absolute address (R_X86_64_64)"},
      {R_X86_64_32, "an absolute address (R_X86_64_32)"},
      {R_X86_64_32S, "an absolute address (R_X86_64_32S)"},
      {R_X86_64_GOTPCREL, "a global offset table (R_X86_64_GOTPCREL)"},
      {R_X86_64_GOTPCRELX, "a global offset table (R_X86_64_GOTPCRELX)"},
      {R_X86_64_REX_GOTPCRELX,
       "a global offset table (R_X86_64_REX_GOTPCRELX)"},
      {R_X86_64_TPOFF32, "thread-local storage"},
      {R_X86_64_PC64, "relocation type 24"},
  };
  for (const auto &row : rows) {
    ELFBuilder builder;
    uint16_t kernel = builder.addSection(".text.k", Bytes(8));
    uint32_t symbol = builder.addSymbol("k", kernel);
    builder.addRelocation(kernel, 0, row.type, symbol, 0);
    EXPECT_EQ(messageOf(builder), std::string("kernel 'k' needs ") +
                                      row.message +
                                      " of 'k' in section '.text.k'");
  }
}

TEST(ImagePacker, RefusesSections) {
  const struct {
    const char *name;
    uint64_t flags, alignment;
    uint32_t type;
    const char *message;
  } rows[] = {
      {".data", Writable, 8, SHT_PROGBITS, "writable section '.data'"},
      {".bss", Writable, 8, SHT_NOBITS, "writable section '.bss'"},
      {".tbss", Writable | SHF_TLS, 8, SHT_NOBITS,
       "thread-local section '.tbss'"},
      {".comment", 0, 1, SHT_PROGBITS,
       "section '.comment', which holds no code and no constants"},
      {".zeros", ReadOnly, 8, SHT_NOBITS,
       "section '.zeros', which holds no code and no constants"},
      {".rodata.x", ReadOnly, 8192, SHT_PROGBITS,
       "section '.rodata.x' aligned to 8192 bytes"},
  };
  for (const auto &row : rows) {
    ELFBuilder builder;
    uint16_t kernel = builder.addSection(".text.k", Bytes(8));
    uint16_t section = builder.addSection(row.name, Bytes(8), row.flags,
                                          row.alignment, row.type);
    builder.addSymbol("k", kernel);
    uint32_t symbol = builder.addSymbol("x", section, 0, STT_OBJECT);
    builder.addRelocation(kernel, 2, R_X86_64_PC32, symbol, -4);
    EXPECT_EQ(messageOf(builder),
              std::string("kernel 'k' needs ") + row.message);
  }
}

TEST(ImagePacker, RefusesUndefinedAndOddSymbols) {
  for (uint16_t section : {SHN_UNDEF, SHN_ABS, SHN_COMMON}) {
    ELFBuilder builder;
    uint16_t kernel = builder.addSection(".text.k", Bytes(8));
    builder.addSymbol("k", kernel);
    uint32_t symbol = builder.addSymbol("memset", section, 0, STT_NOTYPE);
    builder.addRelocation(kernel, 0, R_X86_64_PLT32, symbol, -4);
    EXPECT_EQ(messageOf(builder), "kernel 'k' needs undefined symbol 'memset'");
  }
  ELFBuilder builder;
  builder.addSymbol("k", SHN_UNDEF);
  EXPECT_EQ(messageOf(builder), "kernel 'k' is not in the object");
}

TEST(ImagePacker, RefusesFieldsThatDoNotFit) {
  const struct {
    uint64_t offset;
    int64_t addend;
    const char *message;
  } rows[] = {
      {5, 0, "a relocation past the end of section '.text.k'"},
      {4, INT32_MAX, "packed"},
      {4, int64_t(INT32_MAX) + 5,
       "a relocation that does not fit in section '.text.k'"},
      {4, INT64_MIN, "a relocation that does not fit in section '.text.k'"},
  };
  for (const auto &row : rows) {
    ELFBuilder builder;
    uint16_t kernel = builder.addSection(".text.k", Bytes(8));
    uint32_t symbol = builder.addSymbol("k", kernel);
    builder.addRelocation(kernel, row.offset, R_X86_64_PC32, symbol,
                          row.addend);
    std::string expected = row.message;
    if (expected != "packed")
      expected = "kernel 'k' has " + expected;
    EXPECT_EQ(messageOf(builder), expected);
  }
}

} // namespace
