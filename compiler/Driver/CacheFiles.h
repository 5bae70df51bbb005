// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The names of files in a cache folder. Nothing with another name is touched:
/// the folder may be one that the user also has other things in.

#ifndef EINC_COMPILER_DRIVER_CACHEFILES_H
#define EINC_COMPILER_DRIVER_CACHEFILES_H

#include "compiler/Driver/KernelKey.h"

namespace einc {

/// Kernels take kilobytes.
constexpr uint64_t MaxCacheFileBytes = uint64_t(64) << 20;

/// 64 hexadecimal digits and ".kernel".
std::string cacheFileName(const KernelKey &key);
bool isCacheFileName(std::string_view name);

/// A name that no other thread or process uses, for a file that gets its own
/// name when it is whole.
std::string temporaryFileName();
bool isTemporaryFileName(std::string_view name);

} // namespace einc

#endif // EINC_COMPILER_DRIVER_CACHEFILES_H
