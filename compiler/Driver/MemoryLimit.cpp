// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/MemoryLimit.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

using namespace einc;

/// The number that `text` starts with, after blanks; none for "max".
static std::optional<uint64_t> leadingNumber(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  uint64_t value;
  auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc())
    return std::nullopt;
  return value;
}

static std::optional<uint64_t> readNumber(const std::string &path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line))
    return std::nullopt;
  return leadingNumber(line);
}

/// The number after `field` in a file of lines "field number".
static std::optional<uint64_t> readField(const std::string &path,
                                         std::string_view field) {
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line))
    if (line.starts_with(field))
      return leadingNumber(std::string_view(line).substr(field.size()));
  return std::nullopt;
}

namespace {
/// The files of one version of cgroups.
struct CgroupFiles {
  const char *limit;
  const char *usage;
  /// Of memory.stat: pages of files that are given up when memory is short.
  const char *reclaimable;
};
} // namespace

static constexpr CgroupFiles Version1 = {
    "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file "};
static constexpr CgroupFiles Version2 = {"memory.max", "memory.current",
                                         "inactive_file "};

/// Version 1 writes no limit as the largest multiple of a page below 2^63.
static constexpr uint64_t Unlimited = uint64_t(1) << 60;

/// What the limits of a group and of its ancestors leave. In a container the
/// group's own path may not be visible; then what is counts.
static uint64_t cgroupFree(const std::string &mount, std::string group,
                           const CgroupFiles &files) {
  uint64_t result = UINT64_MAX;
  while (true) {
    std::string folder = mount + group + "/";
    auto limit = readNumber(folder + files.limit);
    if (limit && *limit < Unlimited)
      if (auto usage = readNumber(folder + files.usage)) {
        uint64_t kept =
            readField(folder + "memory.stat", files.reclaimable).value_or(0);
        uint64_t used = *usage - std::min(*usage, kept);
        result = std::min(result, *limit - std::min(*limit, used));
      }
    size_t slash = group.rfind('/');
    if (slash == std::string::npos)
      return result;
    group.resize(slash);
  }
}

/// Whether `list`, words between commas, holds "memory".
static bool listsMemory(std::string_view list) {
  std::istringstream stream{std::string(list)};
  std::string word;
  while (std::getline(stream, word, ','))
    if (word == "memory")
      return true;
  return false;
}

uint64_t einc::availableMemoryBytes(const char *meminfo, const char *procCgroup,
                                    const char *mount) {
  uint64_t result = UINT64_MAX;
  if (auto kib = readField(meminfo, "MemAvailable:"))
    result = *kib * 1024;
  // Lines "hierarchy:controllers:group"; version 2 has no controllers.
  std::ifstream file(procCgroup);
  std::string line;
  while (std::getline(file, line)) {
    size_t first = line.find(':');
    size_t second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos)
      continue;
    std::string controllers = line.substr(first + 1, second - first - 1);
    std::string group = line.substr(second + 1);
    if (group == "/")
      group.clear();
    if (controllers.empty())
      result = std::min(result, cgroupFree(mount, group, Version2));
    else if (listsMemory(controllers))
      result = std::min(
          result, cgroupFree(std::string(mount) + "/memory", group, Version1));
  }
  return result;
}

uint64_t einc::availableMemoryBytes() {
  return availableMemoryBytes("/proc/meminfo", "/proc/self/cgroup",
                              "/sys/fs/cgroup");
}
