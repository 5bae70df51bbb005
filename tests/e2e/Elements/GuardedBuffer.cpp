// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Elements/GuardedBuffer.h"

#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

using namespace einc::tests;

static size_t pageBytes() {
  static const size_t bytes = size_t(sysconf(_SC_PAGESIZE));
  return bytes;
}

GuardedBuffer::GuardedBuffer(size_t bytes, Place place, size_t lead) {
  size_t page = pageBytes();
  size_t inner = (bytes + lead + page) / page * page;
  mappedBytes = inner + 2 * page;
  void *memory =
      mmap(nullptr, mappedBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED)
    std::abort();
  mapping = static_cast<char *>(memory);
  if (mprotect(mapping + page, inner, PROT_READ | PROT_WRITE) != 0)
    std::abort();
  bytesBegin = place == Place::AtEnd ? mapping + page + inner - bytes
                                     : mapping + page + lead;
}

GuardedBuffer::GuardedBuffer(GuardedBuffer &&other) noexcept
    : mapping(std::exchange(other.mapping, nullptr)),
      mappedBytes(other.mappedBytes), bytesBegin(other.bytesBegin) {}

GuardedBuffer::~GuardedBuffer() {
  if (mapping)
    munmap(mapping, mappedBytes);
}

void GuardedBuffer::makeReadOnly() {
  size_t page = pageBytes();
  if (mprotect(mapping + page, mappedBytes - 2 * page, PROT_READ) != 0)
    std::abort();
}
