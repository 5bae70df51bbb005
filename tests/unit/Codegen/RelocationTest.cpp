// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Codegen/Relocation.h"

#include <cstring>
#include <elf.h>
#include <gtest/gtest.h>

using namespace einc;

namespace {

uint32_t word(const uint8_t *bytes) {
  uint32_t result;
  std::memcpy(&result, bytes, sizeof result);
  return result;
}

/// Instructions as the GNU assembler encodes them for these distances.
TEST(Relocation, PatchesDistances) {
  const struct {
    uint16_t machine;
    uint32_t type;
    uint32_t before;
    int64_t distance;
    uint32_t after;
  } rows[] = {
      {EM_X86_64, R_X86_64_PC32, 0, -4, 0xfffffffc},
      {EM_X86_64, R_X86_64_PLT32, 0x11111111, 0x12345678, 0x12345678},
      {EM_AARCH64, R_AARCH64_PREL32, 0, -8, 0xfffffff8},
      {EM_AARCH64, R_AARCH64_ADR_PREL_LO21, 0x10000000, 0, 0x10000000},
      {EM_AARCH64, R_AARCH64_ADR_PREL_LO21, 0x10000003, 7, 0x70000023},
      {EM_AARCH64, R_AARCH64_ADR_PREL_LO21, 0x10000000, -1, 0x70ffffe0},
      {EM_AARCH64, R_AARCH64_LD_PREL_LO19, 0x9c000000, 64, 0x9c000200},
      {EM_AARCH64, R_AARCH64_CONDBR19, 0x54000001, -4, 0x54ffffe1},
      {EM_AARCH64, R_AARCH64_TSTBR14, 0x36000000, 8, 0x36000040},
      {EM_AARCH64, R_AARCH64_JUMP26, 0x14000000, -4, 0x17ffffff},
      {EM_AARCH64, R_AARCH64_CALL26, 0x94000000, 0x1000, 0x94000400},
  };
  for (const auto &row : rows) {
    uint8_t place[4];
    std::memcpy(place, &row.before, 4);
    EXPECT_TRUE(isPCRelative(row.machine, row.type));
    EXPECT_TRUE(applyRelocation(row.machine, row.type, row.distance, place));
    EXPECT_EQ(word(place), row.after) << row.type << " " << row.distance;
  }
}

TEST(Relocation, RefusesWhatDoesNotFit) {
  const struct {
    uint16_t machine;
    uint32_t type;
    int64_t largest; ///< that fits
    int64_t step;
  } rows[] = {
      {EM_X86_64, R_X86_64_PC32, INT32_MAX, 1},
      {EM_AARCH64, R_AARCH64_ADR_PREL_LO21, (1 << 20) - 1, 1},
      {EM_AARCH64, R_AARCH64_LD_PREL_LO19, (1 << 20) - 4, 4},
      {EM_AARCH64, R_AARCH64_TSTBR14, (1 << 15) - 4, 4},
      {EM_AARCH64, R_AARCH64_CALL26, (1 << 27) - 4, 4},
  };
  for (const auto &row : rows) {
    uint8_t place[4] = {1, 2, 3, 4};
    const uint32_t before = word(place);
    EXPECT_FALSE(
        applyRelocation(row.machine, row.type, row.largest + row.step, place));
    EXPECT_FALSE(applyRelocation(row.machine, row.type,
                                 -row.largest - 2 * row.step, place));
    if (row.step > 1) {
      EXPECT_FALSE(applyRelocation(row.machine, row.type, 2, place));
    }
    EXPECT_EQ(word(place), before);
    EXPECT_TRUE(applyRelocation(row.machine, row.type, row.largest, place));
    EXPECT_TRUE(
        applyRelocation(row.machine, row.type, -row.largest - row.step, place));
  }
}

TEST(Relocation, NamesTheOthers) {
  EXPECT_FALSE(isPCRelative(EM_X86_64, R_X86_64_64));
  EXPECT_FALSE(isPCRelative(EM_AARCH64, R_AARCH64_ABS64));
  EXPECT_FALSE(isPCRelative(EM_AARCH64, R_AARCH64_ADR_PREL_PG_HI21));
  EXPECT_EQ(describeRelocation(EM_X86_64, R_X86_64_GOTPCREL),
            "a global offset table (R_X86_64_GOTPCREL)");
  EXPECT_EQ(describeRelocation(EM_AARCH64, R_AARCH64_ABS64),
            "an absolute address (R_AARCH64_ABS64)");
  EXPECT_EQ(describeRelocation(EM_AARCH64, R_AARCH64_ADR_PREL_PG_HI21),
            "relocation type 275");
}

} // namespace
