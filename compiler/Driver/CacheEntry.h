// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// One kernel as a file: code, what it is the code of, and checksums over all
/// of it. Little-endian numbers:
///
///     bytes     what
///     8         "einc\x89K\r\n": a file that was sent as text is seen at once
///     4         version of this layout
///     4 x 4     lengths of the four texts
///     4         0
///     8         length of the image
///     8         entry offset
///     8         scratch bytes
///     32        key
///     32        SHA-256 of the image
///     ...       schedule, target, LLVM version, build id
///     32        SHA-256 of everything before
///     ...       the image, until the end of the file
///
/// The image is hashed by itself since artifacts name it by that hash: reading
/// an entry hashes each byte once.

#ifndef EINC_COMPILER_DRIVER_CACHEENTRY_H
#define EINC_COMPILER_DRIVER_CACHEENTRY_H

#include "compiler/Driver/KernelKey.h"
#include "compiler/Support/Result.h"

#include <span>
#include <vector>

namespace einc {

/// Texts and image belong to whom they were taken from.
struct CacheEntry {
  KernelKey key = {};
  /// Printable ASCII.
  std::string_view schedule, target, llvmVersion, buildId;
  uint64_t entryOffset = 0;
  uint64_t scratchBytes = 0;
  SHA256Digest imageHash = {};
  std::span<const uint8_t> image;
};

/// A file that parseCacheEntry takes for `entry`, of which `imageHash` must be
/// right. Nothing if a text is too long for it.
std::vector<uint8_t> serializeCacheEntry(const CacheEntry &entry);

/// Reads any bytes whatever; the result points into them. Says nothing about
/// whether the entry is the wanted one, nor whether its key fits its texts.
/// Error: BadArtifact that says what is wrong.
Result<CacheEntry> parseCacheEntry(std::span<const uint8_t> bytes);

} // namespace einc

#endif // EINC_COMPILER_DRIVER_CACHEENTRY_H
