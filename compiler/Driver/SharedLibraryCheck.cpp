// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/SharedLibraryCheck.h"
#include "runtime/CpuFeatures.h"

#include <algorithm>
#include <cstring>
#include <elf.h>

using namespace einc;

static Diagnostic bad(std::string message) {
  return {.kind = ErrorKind::BadArtifact, .message = std::move(message)};
}

/// Whether `count` entries of `size` bytes each at `offset` lie in the file.
static bool liesWithin(uint64_t offset, uint64_t count, uint64_t size,
                       uint64_t fileBytes) {
  uint64_t bytes, end;
  return !__builtin_mul_overflow(count, size, &bytes) &&
         !__builtin_add_overflow(offset, bytes, &end) && end <= fileBytes;
}

template <typename T>
static T readAt(std::span<const uint8_t> bytes, uint64_t offset) {
  T result;
  std::memcpy(&result, bytes.data() + offset, sizeof(T));
  return result;
}

static Diagnostic cutOff(uint64_t fileBytes) {
  return bad("the file is cut off: it has " + std::to_string(fileBytes) +
             " bytes, which is less than its headers say");
}

bool einc::isELF(std::span<const uint8_t> bytes) {
  return bytes.size() >= SELFMAG &&
         std::memcmp(bytes.data(), ELFMAG, SELFMAG) == 0;
}

static std::string machineName(unsigned machine) {
  if (machine == EM_X86_64)
    return "x86-64";
  if (machine == EM_AARCH64)
    return "aarch64";
  return "machine number " + std::to_string(machine);
}

Result<Success> einc::checkSharedLibrary(std::span<const uint8_t> bytes) {
  const uint64_t size = bytes.size();
  if (size < sizeof(Elf64_Ehdr))
    return cutOff(size);
  auto header = readAt<Elf64_Ehdr>(bytes, 0);
  if (header.e_ident[EI_CLASS] != ELFCLASS64 ||
      header.e_ident[EI_DATA] != ELFDATA2LSB)
    return bad("it is an ELF file, but not 64-bit little-endian");
  if (header.e_type == ET_REL)
    return bad("it is an object file, which a program must be linked with; a "
               "shared library or an .einc file can be opened");
  if (header.e_type != ET_DYN)
    return bad("it is an ELF file, but no shared library");
  const runtime::Processor &host = runtime::hostProcessor();
  unsigned own =
      host.architecture == EINC_ARCHITECTURE_AARCH64 ? EM_AARCH64 : EM_X86_64;
  if (header.e_machine != own)
    return Diagnostic{
        .kind = ErrorKind::UnsupportedTarget,
        .message = "it is for " + machineName(header.e_machine) +
                   "; this machine is " +
                   runtime::processorName(host.architecture, host.cpu).text};
  if (header.e_phentsize != sizeof(Elf64_Phdr) || header.e_phnum == 0)
    return bad("it is an ELF file without segments");
  if (!liesWithin(header.e_phoff, header.e_phnum, header.e_phentsize, size) ||
      (header.e_shnum > 0 &&
       !liesWithin(header.e_shoff, header.e_shnum, header.e_shentsize, size)))
    return cutOff(size);
  for (unsigned i = 0; i < header.e_phnum; ++i) {
    auto segment = readAt<Elf64_Phdr>(
        bytes, header.e_phoff + uint64_t(i) * sizeof(Elf64_Phdr));
    if (!liesWithin(segment.p_offset, 1, segment.p_filesz, size))
      return cutOff(size);
  }
  return Success{};
}
