// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Maps code: writable first, then executable, never both.

#include "runtime/CodeImage.h"

#include <cerrno>
#include <cstring>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

using namespace einc::runtime;

CodeImage::CodeImage(CodeImage &&other) noexcept
    : base(std::exchange(other.base, nullptr)),
      bytes(std::exchange(other.bytes, 0)),
      mappedBytes(std::exchange(other.mappedBytes, 0)) {}

CodeImage &CodeImage::operator=(CodeImage &&other) noexcept {
  std::swap(base, other.base);
  std::swap(bytes, other.bytes);
  std::swap(mappedBytes, other.mappedBytes);
  return *this;
}

CodeImage::~CodeImage() {
  if (base)
    munmap(base, mappedBytes);
}

Status CodeImage::create(const void *code, uint64_t size,
                         CodeImage &out) noexcept {
  if (!code || size == 0)
    return Status::error(StatusCode::BadArtifact, "the code image is empty");
  if (size > uint64_t{1} << 40)
    return Status::error(StatusCode::BadArtifact,
                         "the code image claims %llu bytes",
                         static_cast<unsigned long long>(size));
  const uint64_t page = static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  const uint64_t mapped = (size + page - 1) / page * page;
  void *memory = mmap(nullptr, mapped, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED)
    return Status::error(
        StatusCode::OutOfMemory, "no memory for %llu bytes of code: %s",
        static_cast<unsigned long long>(size), std::strerror(errno));
  CodeImage image;
  image.base = memory;
  image.bytes = size;
  image.mappedBytes = mapped;
  std::memcpy(memory, code, size);
  if (mprotect(memory, mapped, PROT_READ | PROT_EXEC) != 0)
    return Status::error(
        StatusCode::UnsupportedTarget,
        "the system refuses to make memory executable (mprotect: %s); a "
        "security policy forbids code generated at run time",
        std::strerror(errno));
  char *begin = static_cast<char *>(memory);
  __builtin___clear_cache(begin, begin + size);
  out = std::move(image);
  return {};
}

EincKernelFunction CodeImage::entry(uint64_t offset) const noexcept {
  if (offset >= bytes)
    return nullptr;
  return reinterpret_cast<EincKernelFunction>(static_cast<char *>(base) +
                                              offset);
}
