// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How much memory this process may still take.

#ifndef EINC_COMPILER_DRIVER_MEMORYLIMIT_H
#define EINC_COMPILER_DRIVER_MEMORYLIMIT_H

#include <cstdint>

namespace einc {

/// The least of what the system has (MemAvailable) and what the limits of this
/// process's cgroup and its ancestors leave, versions 1 and 2. Asked anew on
/// every call. UINT64_MAX if the system tells nothing.
uint64_t availableMemoryBytes();

/// The same read from other files: "/proc/meminfo", "/proc/self/cgroup", and
/// the folder where cgroups are mounted, "/sys/fs/cgroup".
uint64_t availableMemoryBytes(const char *meminfo, const char *procCgroup,
                              const char *mount);

} // namespace einc

#endif // EINC_COMPILER_DRIVER_MEMORYLIMIT_H
