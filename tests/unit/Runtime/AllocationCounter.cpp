// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Replaces the global allocation functions.

#include "AllocationCounter.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<uint64_t> allocations{0};
constexpr int64_t Unlimited = INT64_MAX;
thread_local int64_t allowed = Unlimited;

[[maybe_unused]] void *allocate(size_t size, size_t alignment) noexcept {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (allowed != Unlimited && allowed-- <= 0) {
    allowed = 0;
    return nullptr;
  }
  void *memory = nullptr;
  if (alignment < sizeof(void *))
    alignment = sizeof(void *);
  return posix_memalign(&memory, alignment, size ? size : 1) == 0 ? memory
                                                                  : nullptr;
}

[[maybe_unused]] void *allocateOrThrow(size_t size, size_t alignment) {
  if (void *memory = allocate(size, alignment))
    return memory;
  throw std::bad_alloc();
}

[[maybe_unused]] constexpr size_t Default = __STDCPP_DEFAULT_NEW_ALIGNMENT__;

} // namespace

uint64_t einc::runtime::demo::numAllocations() { return allocations.load(); }
void einc::runtime::demo::failAllocationsAfter(int64_t count) {
  allowed = count;
}
void einc::runtime::demo::allowAllocations() { allowed = Unlimited; }

#ifndef EINC_THREAD_SANITIZER
void *operator new(size_t size) { return allocateOrThrow(size, Default); }
void *operator new[](size_t size) { return allocateOrThrow(size, Default); }
void *operator new(size_t size, const std::nothrow_t &) noexcept {
  return allocate(size, Default);
}
void *operator new[](size_t size, const std::nothrow_t &) noexcept {
  return allocate(size, Default);
}
void *operator new(size_t size, std::align_val_t alignment) {
  return allocateOrThrow(size, static_cast<size_t>(alignment));
}
void *operator new[](size_t size, std::align_val_t alignment) {
  return allocateOrThrow(size, static_cast<size_t>(alignment));
}
void *operator new(size_t size, std::align_val_t alignment,
                   const std::nothrow_t &) noexcept {
  return allocate(size, static_cast<size_t>(alignment));
}
void *operator new[](size_t size, std::align_val_t alignment,
                     const std::nothrow_t &) noexcept {
  return allocate(size, static_cast<size_t>(alignment));
}
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete[](void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, size_t) noexcept { std::free(memory); }
void operator delete[](void *memory, size_t) noexcept { std::free(memory); }
void operator delete(void *memory, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete[](void *memory, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete(void *memory, size_t, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete[](void *memory, size_t, std::align_val_t) noexcept {
  std::free(memory);
}
#endif // EINC_THREAD_SANITIZER
