// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What the test program is built with, where a test has to know.

#ifndef EINC_TESTS_UNIT_RUNTIME_SANITIZER_H
#define EINC_TESTS_UNIT_RUNTIME_SANITIZER_H

#if defined(__SANITIZE_THREAD__)
#define EINC_THREAD_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define EINC_THREAD_SANITIZER 1
#endif
#endif

#endif // EINC_TESTS_UNIT_RUNTIME_SANITIZER_H
