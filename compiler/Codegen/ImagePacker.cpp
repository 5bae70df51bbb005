// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Reachability, layout, relocation, in this order.

#include "compiler/Codegen/ImagePacker.h"

#include "compiler/Codegen/Relocation.h"

#include <algorithm>
#include <elf.h>
#include <optional>
#include <set>
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

/// A section of one of the objects.
struct Place {
  uint32_t object;
  uint32_t section;
  friend auto operator<=>(const Place &, const Place &) = default;
};

/// A byte of a section.
struct Address {
  Place place;
  uint64_t value;
};

class Packer {
public:
  Packer(std::span<const ELFObject> objects, std::string_view entry)
      : objects(objects), entry(entry) {
    for (const ELFObject &object : objects)
      offsets.emplace_back(object.sections.size());
  }
  Result<KernelImage> pack();

private:
  using Step = Result<Success>;
  std::optional<Address> find(std::string_view symbol) const;
  Result<Address> targetOf(const ELFRelocation &relocation, Place from) const;
  Step reach(Place first);
  Step checkSection(const ELFSection &section) const;
  Step layOut();
  Step relocate(Place place);

  const ELFSection &section(Place place) const {
    return objects[place.object].sections[place.section];
  }
  const std::vector<ELFRelocation> &relocations(Place place) const {
    return objects[place.object].relocations[place.section];
  }
  std::optional<uint64_t> &offset(Place place) {
    return offsets[place.object][place.section];
  }
  Diagnostic refuse(const std::string &what) const {
    Diagnostic diagnostic;
    diagnostic.kind = ErrorKind::Internal;
    diagnostic.message = "kernel " + quoted(entry) + " " + what;
    return diagnostic;
  }

  std::span<const ELFObject> objects;
  std::string_view entry;
  std::vector<Place> reached;
  /// In the image, by object and section.
  std::vector<std::vector<std::optional<uint64_t>>> offsets;
  KernelImage image;
};

/// Where the objects define a symbol that is visible to all of them.
std::optional<Address> Packer::find(std::string_view symbol) const {
  for (uint32_t i = 0; i < objects.size(); ++i)
    for (const ELFSymbol &candidate : objects[i].symbols)
      if (!candidate.isLocal && candidate.name == symbol &&
          objects[i].isDefined(candidate.section))
        return Address{{i, candidate.section}, candidate.value};
  return std::nullopt;
}

/// What a relocation refers to, if an image can express it.
Result<Address> Packer::targetOf(const ELFRelocation &relocation,
                                 Place from) const {
  const ELFObject &object = objects[from.object];
  const ELFSymbol &symbol = object.symbols[relocation.symbol];
  std::optional<Address> target;
  if (object.isDefined(symbol.section))
    target = {{from.object, symbol.section}, symbol.value};
  else if (symbol.section == SHN_UNDEF)
    target = find(symbol.name);
  if (!target)
    return refuse("needs undefined symbol " + quoted(symbol.name));
  std::string_view name = section(from).name;
  if (!isPCRelative(object.machine, relocation.type))
    return refuse("needs " +
                  describeRelocation(object.machine, relocation.type) + " of " +
                  quoted(symbol.name) + " in section " + quoted(name));
  if (section(from).size - relocation.offset < sizeof(int32_t))
    return refuse("has a relocation past the end of section " + quoted(name));
  return *target;
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

Packer::Step Packer::reach(Place first) {
  std::set<Place> seen = {first};
  reached.push_back(first);
  // `reached` grows as it is walked.
  for (size_t i = 0; i < reached.size(); ++i) {
    if (Step step = checkSection(section(reached[i])); !step)
      return step;
    for (const ELFRelocation &relocation : relocations(reached[i])) {
      Result<Address> target = targetOf(relocation, reached[i]);
      if (!target)
        return std::move(target).error();
      if (seen.insert(target->place).second)
        reached.push_back(target->place);
    }
  }
  std::sort(reached.begin() + 1, reached.end());
  return Success{};
}

Packer::Step Packer::layOut() {
  uint64_t size = 0;
  for (Place place : reached) {
    const ELFSection &from = section(place);
    size = (size + from.alignment - 1) & ~(from.alignment - 1);
    offset(place) = size;
    size += from.size;
    if (from.size > MaxImageBytes || size > MaxImageBytes)
      return refuse("is larger than an image can be");
  }
  image.bytes.resize(size, Filler);
  for (Place place : reached) {
    std::span<const uint8_t> from = section(place).bytes;
    std::copy(from.begin(), from.end(), image.bytes.begin() + *offset(place));
  }
  return Success{};
}

Packer::Step Packer::relocate(Place place) {
  for (const ELFRelocation &relocation : relocations(place)) {
    Result<Address> target = targetOf(relocation, place);
    if (!target)
      return std::move(target).error();
    uint64_t from = *offset(place) + relocation.offset;
    // Both ends are below 2^32; only the addend can overflow.
    int64_t distance =
        int64_t(*offset(target->place) + target->value) - int64_t(from);
    int64_t value;
    if (__builtin_add_overflow(distance, relocation.addend, &value) ||
        !applyRelocation(objects[place.object].machine, relocation.type, value,
                         image.bytes.data() + from))
      return refuse("has a relocation that does not fit in section " +
                    quoted(section(place).name));
  }
  return Success{};
}

Result<KernelImage> Packer::pack() {
  std::optional<Address> start = find(entry);
  if (!start)
    return refuse("is not in the object");
  if (Step step = reach(start->place); !step)
    return std::move(step).error();
  if (Step step = layOut(); !step)
    return std::move(step).error();
  for (Place place : reached)
    if (Step step = relocate(place); !step)
      return std::move(step).error();
  image.entryOffset = *offset(start->place) + start->value;
  return std::move(image);
}

} // namespace

Result<KernelImage> packImage(std::span<const ELFObject> objects,
                              std::string_view entry) {
  return Packer(objects, entry).pack();
}

} // namespace einc
