// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/CacheFiles.h"

#include <atomic>
#include <ctime>
#include <unistd.h>

using namespace einc;

static constexpr std::string_view Suffix = ".kernel";
static constexpr std::string_view TemporaryPrefix = ".writing-";

std::string einc::cacheFileName(const KernelKey &key) {
  return hexText(key) + std::string(Suffix);
}

bool einc::isCacheFileName(std::string_view name) {
  return name.size() == 64 + Suffix.size() && name.ends_with(Suffix) &&
         name.find_first_not_of("0123456789abcdef") == 64;
}

std::string einc::temporaryFileName() {
  static std::atomic<unsigned> count = 0;
  // The time tells apart processes of containers that share the folder and
  // number their processes each from 1.
  timespec now = {};
  clock_gettime(CLOCK_REALTIME, &now);
  return std::string(TemporaryPrefix) + std::to_string(getpid()) + "-" +
         std::to_string(now.tv_sec) + "-" + std::to_string(now.tv_nsec) + "-" +
         std::to_string(count++);
}

bool einc::isTemporaryFileName(std::string_view name) {
  return name.starts_with(TemporaryPrefix);
}
