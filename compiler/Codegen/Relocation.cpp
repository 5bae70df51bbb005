// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Codegen/Relocation.h"

#include <cstring>
#include <elf.h>

namespace einc {
namespace {

std::string describeX86(uint32_t type) {
  switch (type) {
  case R_X86_64_64:
    return "an absolute address (R_X86_64_64)";
  case R_X86_64_32:
    return "an absolute address (R_X86_64_32)";
  case R_X86_64_32S:
    return "an absolute address (R_X86_64_32S)";
  case R_X86_64_GOTPCREL:
    return "a global offset table (R_X86_64_GOTPCREL)";
  case R_X86_64_GOTPCRELX:
    return "a global offset table (R_X86_64_GOTPCRELX)";
  case R_X86_64_REX_GOTPCRELX:
    return "a global offset table (R_X86_64_REX_GOTPCRELX)";
  case R_X86_64_TLSGD:
  case R_X86_64_TLSLD:
  case R_X86_64_GOTTPOFF:
  case R_X86_64_TPOFF32:
  case R_X86_64_DTPOFF32:
    return "thread-local storage";
  default:
    return "relocation type " + std::to_string(type);
  }
}

/// Where an instruction of AArch64 holds a distance.
struct Field {
  unsigned bits;   ///< of the number, which is signed
  unsigned scale;  ///< log2 of what it counts in
  unsigned offset; ///< of its lowest bit
};

bool fieldOf(uint32_t type, Field &field) {
  switch (type) {
  case R_AARCH64_PREL32:
    field = {32, 0, 0};
    return true;
  case R_AARCH64_LD_PREL_LO19:
  case R_AARCH64_CONDBR19:
    field = {19, 2, 5};
    return true;
  case R_AARCH64_TSTBR14:
    field = {14, 2, 5};
    return true;
  case R_AARCH64_JUMP26:
  case R_AARCH64_CALL26:
    field = {26, 2, 0};
    return true;
  default:
    return false;
  }
}

/// ADR's two lowest bits are apart from the others.
bool applyADR(int64_t distance, uint32_t &word) {
  if (distance < -(int64_t(1) << 20) || distance >= int64_t(1) << 20)
    return false;
  uint32_t bits = static_cast<uint32_t>(distance);
  word = (word & ~0x60ffffe0u) | (bits & 3) << 29 | (bits >> 2 & 0x7ffff) << 5;
  return true;
}

bool applyField(const Field &field, int64_t distance, uint32_t &word) {
  if (distance & ((int64_t(1) << field.scale) - 1))
    return false;
  int64_t number = distance >> field.scale;
  int64_t limit = int64_t(1) << (field.bits - 1);
  if (number < -limit || number >= limit)
    return false;
  uint64_t mask = ((uint64_t(1) << field.bits) - 1) << field.offset;
  word = static_cast<uint32_t>(
      (word & ~mask) |
      ((static_cast<uint64_t>(number) << field.offset) & mask));
  return true;
}

} // namespace

bool isPCRelative(uint16_t machine, uint32_t type) {
  Field field;
  if (machine == EM_AARCH64)
    return type == R_AARCH64_ADR_PREL_LO21 || fieldOf(type, field);
  return type == R_X86_64_PC32 || type == R_X86_64_PLT32;
}

std::string describeRelocation(uint16_t machine, uint32_t type) {
  if (machine == EM_AARCH64)
    return type == R_AARCH64_ABS64 ? "an absolute address (R_AARCH64_ABS64)"
                                   : "relocation type " + std::to_string(type);
  return describeX86(type);
}

bool applyRelocation(uint16_t machine, uint32_t type, int64_t distance,
                     uint8_t *place) {
  uint32_t word;
  std::memcpy(&word, place, sizeof word);
  Field field = {32, 0, 0};
  if (machine == EM_AARCH64)
    fieldOf(type, field);
  bool fits = machine == EM_AARCH64 && type == R_AARCH64_ADR_PREL_LO21
                  ? applyADR(distance, word)
                  : applyField(field, distance, word);
  if (fits)
    std::memcpy(place, &word, sizeof word);
  return fits;
}

} // namespace einc
