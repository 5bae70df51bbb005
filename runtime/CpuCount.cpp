// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Reads affinity and cgroups. Linux.

#include "runtime/CpuCount.h"

#include <algorithm>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sched.h>
#include <unistd.h>

using namespace einc::runtime;

namespace {

/// First line of "<mount>/<middle><group>/<file>" into `line`; false if there
/// is none.
bool readLine(const char *mount, const char *middle, const char *group,
              const char *file, char (&line)[64]) {
  char path[PATH_MAX];
  const int length = std::snprintf(path, sizeof(path), "%s%s%s/%s", mount,
                                   middle, group, file);
  if (length < 0 || static_cast<size_t>(length) >= sizeof(path))
    return false;
  std::FILE *stream = std::fopen(path, "re");
  if (!stream)
    return false;
  const bool read = std::fgets(line, sizeof(line), stream) != nullptr;
  std::fclose(stream);
  return read;
}

/// Whole CPUs for `quota` microseconds in each `period`; 0: unlimited.
unsigned wholeCpus(long long quota, long long period) {
  if (quota <= 0 || period <= 0)
    return 0;
  const long long cpus = quota / period + (quota % period != 0);
  return static_cast<unsigned>(std::min<long long>(cpus, INT_MAX));
}

unsigned quotaV2(const char *mount, const char *group) {
  char line[64];
  long long quota, period;
  if (!readLine(mount, "", group, "cpu.max", line) ||
      std::sscanf(line, "%lld %lld", &quota, &period) != 2)
    return 0; // "max 100000" is no number
  return wholeCpus(quota, period);
}

unsigned quotaV1(const char *mount, const char *controller, const char *group) {
  char quota[64], period[64];
  if (!readLine(mount, controller, group, "cpu.cfs_quota_us", quota) ||
      !readLine(mount, controller, group, "cpu.cfs_period_us", period))
    return 0;
  return wholeCpus(std::atoll(quota), std::atoll(period));
}

unsigned smaller(unsigned a, unsigned b) {
  return a == 0 ? b : b == 0 ? a : std::min(a, b);
}

/// Is "cpu" in a list like "cpu,cpuacct"?
bool hasCpu(const char *controllers) {
  for (const char *at = controllers; at; at = std::strchr(at, ',')) {
    at += *at == ',';
    if (std::strncmp(at, "cpu", 3) == 0 && (at[3] == ',' || at[3] == 0))
      return true;
  }
  return false;
}

/// The smallest quota from `group` up to the mount. In a container the path of
/// the group may not exist below the mount, but the mount itself is the group.
unsigned quotaOf(const char *mount, const char *controllers, char *group) {
  char middle[80];
  std::snprintf(middle, sizeof(middle), "/%s", controllers);
  unsigned cpus = 0;
  for (;;) {
    const size_t length = std::strlen(group);
    if (length > 0 && group[length - 1] == '/')
      group[length - 1] = 0;
    if (*controllers) {
      cpus = smaller(cpus, quotaV1(mount, middle, group));
      cpus = smaller(cpus, quotaV1(mount, "/cpu", group));
    } else {
      cpus = smaller(cpus, quotaV2(mount, group));
    }
    char *slash = std::strrchr(group, '/');
    if (!slash)
      return cpus;
    *slash = 0;
  }
}

unsigned affinityCpus() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof(set), &set) == 0)
    return static_cast<unsigned>(CPU_COUNT(&set));
  const long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? static_cast<unsigned>(online) : 1;
}

} // namespace

unsigned einc::runtime::cgroupCpus(const char *procCgroup,
                                   const char *mount) noexcept {
  std::FILE *stream = std::fopen(procCgroup, "re");
  if (!stream)
    return 0;
  unsigned cpus = 0;
  char line[PATH_MAX + 128];
  // Lines: "4:cpu,cpuacct:/group" (version 1) and "0::/group" (version 2).
  while (std::fgets(line, sizeof(line), stream)) {
    line[std::strcspn(line, "\n")] = 0;
    char *controllers = std::strchr(line, ':');
    char *group = controllers ? std::strchr(controllers + 1, ':') : nullptr;
    if (!group)
      continue;
    ++controllers;
    *group++ = 0;
    if (*controllers == 0 || hasCpu(controllers))
      cpus = smaller(cpus, quotaOf(mount, controllers, group));
  }
  std::fclose(stream);
  return cpus;
}

unsigned einc::runtime::availableCpus() noexcept {
  const unsigned affinity = affinityCpus();
  return std::max(
      1u, smaller(affinity, cgroupCpus("/proc/self/cgroup", "/sys/fs/cgroup")));
}

unsigned einc::runtime::parseThreadCount(const char *text,
                                         unsigned limit) noexcept {
  if (!text)
    return 0;
  auto skipBlanks = [&] { text += std::strspn(text, " \t\r\n"); };
  skipBlanks();
  const char *first = text;
  unsigned number = 0;
  for (; *text >= '0' && *text <= '9'; ++text) {
    number = number * 10 + static_cast<unsigned>(*text - '0');
    if (number > limit)
      return 0;
  }
  if (text == first)
    return 0;
  skipBlanks();
  return *text == 0 ? number : 0;
}
