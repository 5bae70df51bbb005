// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Reachability, layout, relocation, in this order.

#include "compiler/Codegen/ImagePacker.h"

#include <algorithm>
#include <cstring>
#include <elf.h>
#include <optional>
#include <string>

namespace einc {
namespace {

/// Images are mapped at page boundaries.
constexpr uint64_t MaxAlignment = 4096;
/// Displacements are 32 bits wide.
constexpr uint64_t MaxImageBytes = INT32_MAX;
/// Fills the gaps between sections: int3.
constexpr uint8_t Filler = 0xcc;

std::string quoted(std::string_view name) {
  return "'" + std::string(name) + "'";
}

bool isPCRelative(uint32_t type) {
  return type == R_X86_64_PC32 || type == R_X86_64_PLT32;
}

/// What is wrong with a relocation type that is not PC-relative, as the end of
/// a sentence that starts with "kernel 'k' needs".
std::string describe(uint32_t type) {
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

class Packer {
public:
  Packer(const ELFObject &object, std::string_view entry)
      : object(object), entry(entry), offsets(object.sections.size()) {}
  Result<KernelImage> pack();

private:
  using Step = Result<Success>;
  const ELFSymbol *findEntry() const;
  Step reach(uint16_t first);
  Step checkSection(const ELFSection &section) const;
  Step checkRelocation(const ELFRelocation &relocation,
                       const ELFSection &section) const;
  Step layOut();
  Step relocate(size_t section);
  Diagnostic refuse(const std::string &what) const {
    Diagnostic diagnostic;
    diagnostic.kind = ErrorKind::Internal;
    diagnostic.message = "kernel " + quoted(entry) + " " + what;
    return diagnostic;
  }

  const ELFObject &object;
  std::string_view entry;
  std::vector<size_t> reached;
  std::vector<std::optional<uint64_t>> offsets; ///< by section, in the image
  KernelImage image;
};

const ELFSymbol *Packer::findEntry() const {
  for (const ELFSymbol &symbol : object.symbols)
    if (symbol.type == STT_FUNC && symbol.name == entry &&
        object.isDefined(symbol.section))
      return &symbol;
  return nullptr;
}

Packer::Step Packer::checkSection(const ELFSection &section) const {
  if (section.flags & SHF_TLS)
    return refuse("needs thread-local section " + quoted(section.name));
  if (section.flags & SHF_WRITE)
    return refuse("needs writable section " + quoted(section.name));
  if (!(section.flags & SHF_ALLOC) || section.type != SHT_PROGBITS)
    return refuse("needs section " + quoted(section.name) +
                  ", which holds no code and no constants");
  if (section.alignment > MaxAlignment)
    return refuse("needs section " + quoted(section.name) + " aligned to " +
                  std::to_string(section.alignment) + " bytes");
  return Success{};
}

Packer::Step Packer::checkRelocation(const ELFRelocation &relocation,
                                     const ELFSection &section) const {
  const ELFSymbol &symbol = object.symbols[relocation.symbol];
  if (symbol.section == SHN_UNDEF)
    return refuse("needs undefined symbol " + quoted(symbol.name));
  if (!isPCRelative(relocation.type))
    return refuse("needs " + describe(relocation.type) + " of " +
                  quoted(symbol.name) + " in section " + quoted(section.name));
  if (!object.isDefined(symbol.section) || symbol.type == STT_GNU_IFUNC)
    return refuse("needs symbol " + quoted(symbol.name) +
                  ", which is in no section");
  if (section.size - relocation.offset < sizeof(int32_t))
    return refuse("has a relocation past the end of section " +
                  quoted(section.name));
  return Success{};
}

Packer::Step Packer::reach(uint16_t first) {
  std::vector<bool> seen(object.sections.size());
  seen[first] = true;
  reached.push_back(first);
  // `reached` grows as it is walked.
  for (size_t i = 0; i < reached.size(); ++i) {
    const ELFSection &section = object.sections[reached[i]];
    if (Step step = checkSection(section); !step)
      return step;
    for (const ELFRelocation &relocation : object.relocations[reached[i]]) {
      if (Step step = checkRelocation(relocation, section); !step)
        return step;
      uint16_t target = object.symbols[relocation.symbol].section;
      if (!seen[target])
        reached.push_back(target);
      seen[target] = true;
    }
  }
  std::sort(reached.begin() + 1, reached.end());
  return Success{};
}

Packer::Step Packer::layOut() {
  uint64_t size = 0;
  for (size_t number : reached) {
    const ELFSection &section = object.sections[number];
    size = (size + section.alignment - 1) & ~(section.alignment - 1);
    offsets[number] = size;
    size += section.size;
    if (section.size > MaxImageBytes || size > MaxImageBytes)
      return refuse("is larger than an image can be");
  }
  image.bytes.resize(size, Filler);
  for (size_t number : reached) {
    const ELFSection &section = object.sections[number];
    std::copy(section.bytes.begin(), section.bytes.end(),
              image.bytes.begin() + *offsets[number]);
  }
  return Success{};
}

Packer::Step Packer::relocate(size_t section) {
  for (const ELFRelocation &relocation : object.relocations[section]) {
    const ELFSymbol &symbol = object.symbols[relocation.symbol];
    uint64_t place = *offsets[section] + relocation.offset;
    // Both offsets are below 2^31; only the addend can overflow.
    int64_t distance =
        int64_t(*offsets[symbol.section] + symbol.value) - int64_t(place);
    int64_t value;
    if (__builtin_add_overflow(distance, relocation.addend, &value) ||
        value != int32_t(value))
      return refuse("has a relocation that does not fit in section " +
                    quoted(object.sections[section].name));
    int32_t field = int32_t(value);
    std::memcpy(image.bytes.data() + place, &field, sizeof field);
  }
  return Success{};
}

Result<KernelImage> Packer::pack() {
  const ELFSymbol *symbol = findEntry();
  if (!symbol)
    return refuse("is not in the object");
  if (Step step = reach(symbol->section); !step)
    return std::move(step).error();
  if (Step step = layOut(); !step)
    return std::move(step).error();
  for (size_t section : reached)
    if (Step step = relocate(section); !step)
      return std::move(step).error();
  image.entryOffset = *offsets[symbol->section] + symbol->value;
  return std::move(image);
}

} // namespace

Result<KernelImage> packImage(const ELFObject &object, std::string_view entry) {
  return Packer(object, entry).pack();
}

} // namespace einc
