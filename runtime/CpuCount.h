// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How many CPUs this process may use.

#ifndef EINC_RUNTIME_CPUCOUNT_H
#define EINC_RUNTIME_CPUCOUNT_H

namespace einc::runtime {

/// CPUs of the calling thread's affinity mask, or fewer if a cgroup's quota is
/// smaller (a part of a CPU counts as one). At least 1.
unsigned availableCpus() noexcept;

/// The smallest quota of the process's cgroup and its ancestors, versions 1 and
/// 2, rounded up to whole CPUs; 0 if there is none. `procCgroup`: the file
/// "/proc/self/cgroup"; `mount`: where cgroups are mounted, "/sys/fs/cgroup".
unsigned cgroupCpus(const char *procCgroup, const char *mount) noexcept;

/// The number in `text` if it is a decimal integer from 1 to `limit` with
/// nothing but blanks around it, else 0. `text` may be null.
unsigned parseThreadCount(const char *text, unsigned limit) noexcept;

} // namespace einc::runtime

#endif // EINC_RUNTIME_CPUCOUNT_H
