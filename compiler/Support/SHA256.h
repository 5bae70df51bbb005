// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// SHA-256 (FIPS 180-4): names images and keys kernel caches.

#ifndef EINC_COMPILER_SUPPORT_SHA256_H
#define EINC_COMPILER_SUPPORT_SHA256_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace einc {

using SHA256Digest = std::array<uint8_t, 32>;

/// Hashes bytes that come in pieces:
///
///     SHA256 hash;
///     hash.update("ab");
///     hash.update("c");
///     hash.finish() == sha256("abc")
class SHA256 {
public:
  void update(std::span<const uint8_t> bytes);
  void update(std::string_view text);
  /// The digest of all that came; the object is then used up.
  SHA256Digest finish();

private:
  static constexpr size_t BlockBytes = 64;
  void addBlock(const uint8_t *block);

  std::array<uint32_t, 8> state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372,
                                   0xa54ff53a, 0x510e527f, 0x9b05688c,
                                   0x1f83d9ab, 0x5be0cd19};
  std::array<uint8_t, BlockBytes> partial = {};
  uint64_t totalBytes = 0;
};

SHA256Digest sha256(std::span<const uint8_t> bytes);
SHA256Digest sha256(std::string_view text);

/// 64 lower-case digits.
std::string hexText(const SHA256Digest &digest);

} // namespace einc

#endif // EINC_COMPILER_SUPPORT_SHA256_H
