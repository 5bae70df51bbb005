// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Counts the allocations of the test program, and makes one of them fail.

#ifndef EINC_TESTS_UNIT_RUNTIME_ALLOCATIONCOUNTER_H
#define EINC_TESTS_UNIT_RUNTIME_ALLOCATIONCOUNTER_H

#include "Sanitizer.h"

#include <cstdint>

namespace einc::runtime::demo {

/// Skips a test where the functions below do nothing: the thread sanitizer's
/// own allocation functions cannot be replaced.
#ifdef EINC_THREAD_SANITIZER
#define EINC_NEEDS_ALLOCATION_COUNTER()                                        \
  GTEST_SKIP() << "allocations are not counted under the thread sanitizer"
#else
#define EINC_NEEDS_ALLOCATION_COUNTER() static_cast<void>(0)
#endif

/// Calls of operator new so far, by all threads.
uint64_t numAllocations();

/// Lets the calling thread make `count` allocations; all later ones fail, until
/// allowAllocations().
void failAllocationsAfter(int64_t count);
void allowAllocations();

} // namespace einc::runtime::demo

#endif // EINC_TESTS_UNIT_RUNTIME_ALLOCATIONCOUNTER_H
