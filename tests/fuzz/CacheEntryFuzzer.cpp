// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Input: an entry of the disk cache. It is read as it is, and once more with
/// its checksums made right, since no mutation gets past those.

#include "tests/fuzz/Fuzz.h"

#include "compiler/Driver/CacheEntry.h"
#include "compiler/Schedule/KernelLayout.h"

#include <algorithm>

using namespace einc;
using namespace einc::fuzz;

/// Where the layout that CacheEntry.h describes has what is repaired here.
static constexpr size_t TextLengths = 12, ImageHash = 88, Texts = 120;

static void repairChecksums(std::vector<uint8_t> &bytes) {
  if (bytes.size() < Texts)
    return;
  size_t headBytes = Texts;
  for (size_t i = 0; i < 16; ++i)
    headBytes += size_t{bytes[TextLengths + i]} << (8 * (i % 4));
  const size_t hashBytes = std::tuple_size_v<SHA256Digest>;
  if (headBytes > bytes.size() || bytes.size() - headBytes < hashBytes)
    return;
  std::span<uint8_t> all = bytes;
  std::ranges::copy(sha256(all.subspan(headBytes + hashBytes)),
                    bytes.begin() + ImageHash);
  std::ranges::copy(sha256(all.first(headBytes)),
                    bytes.begin() + ptrdiff_t(headBytes));
}

static void check(std::span<const uint8_t> bytes) {
  Result<CacheEntry> entry = parseCacheEntry(bytes);
  if (!entry)
    return checkDiagnostic(entry.error(), "");
  require(std::ranges::equal(serializeCacheEntry(*entry), bytes),
          "an entry has one form");
  require(entry->image.data() + entry->image.size() ==
                  bytes.data() + bytes.size() &&
              entry->entryOffset < entry->image.size(),
          "the code lies in the entry, and its function in the code");
  // What is asked of an entry before its code is used.
  if (Result<Schedule> schedule = Schedule::parse(entry->schedule); !schedule)
    checkDiagnostic(schedule.error(), "");
  if (Result<Target> target = parseTarget(entry->target); !target)
    checkDiagnostic(target.error(), "");
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::vector<uint8_t> bytes(data, data + size);
  check(bytes);
  repairChecksums(bytes);
  check(bytes);
  return 0;
}
