// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A linked stack of blocks for each thread; a lease takes the next block, and
/// replaces it if it is too small.

#include "runtime/Workspace.h"

#include <new>
#include <sys/mman.h>

using namespace einc::runtime;

namespace {

constexpr uint64_t HugePage = uint64_t{2} << 20;
constexpr uint64_t SmallPage = uint64_t{4} << 10;

/// Head of an allocation; the memory of its lease follows.
struct alignas(WorkspaceAlignment) Block {
  Block *outer; ///< the lease that was there before
  Block *inner; ///< the next lease takes it
  uint64_t bytes;
  std::align_val_t alignment;

  void *memory() { return this + 1; }
};

void destroy(Block *block) { ::operator delete(block, block->alignment); }

Block *allocate(uint64_t bytes) {
  if (bytes > uint64_t{1} << 62)
    return nullptr;
  const uint64_t wanted = bytes + sizeof(Block);
  const uint64_t page = wanted >= HugePage ? HugePage : SmallPage;
  const uint64_t total = (wanted + page - 1) / page * page;
  const std::align_val_t alignment{page == HugePage ? HugePage
                                                    : WorkspaceAlignment};
  void *memory = ::operator new(total, alignment, std::nothrow);
  if (!memory)
    return nullptr;
  if (page == HugePage)
    madvise(memory, total, MADV_HUGEPAGE); // a hint: may fail
  return new (memory) Block{nullptr, nullptr, total - sizeof(Block), alignment};
}

struct BlockStack {
  Block *bottom = nullptr;
  Block *top = nullptr; ///< innermost lease; null: no lease

  constexpr BlockStack() noexcept = default;
  ~BlockStack() { trim(); }

  Block *&next() { return top ? top->inner : bottom; }

  void trim() {
    Block *block = next();
    next() = nullptr;
    while (block) {
      Block *inner = block->inner;
      destroy(block);
      block = inner;
    }
  }
};

thread_local BlockStack stack;

} // namespace

WorkspaceLease::WorkspaceLease(uint64_t bytes) noexcept {
  BlockStack &blocks = stack;
  Block *&next = blocks.next();
  if (!next || next->bytes < bytes) {
    // Freed first, so that the old and the new block never exist together.
    Block *inner = nullptr;
    if (next) {
      inner = next->inner;
      destroy(next);
    }
    next = allocate(bytes);
    if (!next) {
      next = inner;
      return;
    }
    next->inner = inner;
  }
  next->outer = blocks.top;
  blocks.top = next;
  memory = next->memory();
}

WorkspaceLease::~WorkspaceLease() {
  if (memory)
    stack.top = stack.top->outer;
}

void einc::runtime::trimWorkspace() noexcept { stack.trim(); }
