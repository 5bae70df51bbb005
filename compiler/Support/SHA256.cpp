// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The names in addBlock are those of FIPS 180-4, section 6.2.2.

#include "compiler/Support/SHA256.h"

#include <algorithm>
#include <bit>

namespace einc {
namespace {

/// The first 32 bits of the fractional parts of the cube roots of the first 64
/// primes.
constexpr uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

uint32_t bigEndian32(const uint8_t *bytes) {
  return uint32_t(bytes[0]) << 24 | uint32_t(bytes[1]) << 16 |
         uint32_t(bytes[2]) << 8 | uint32_t(bytes[3]);
}

std::span<const uint8_t> bytesOf(std::string_view text) {
  return {reinterpret_cast<const uint8_t *>(text.data()), text.size()};
}

} // namespace

void SHA256::addBlock(const uint8_t *block) {
  uint32_t w[64];
  for (unsigned t = 0; t < 16; ++t)
    w[t] = bigEndian32(block + 4 * t);
  for (unsigned t = 16; t < 64; ++t) {
    uint32_t x = w[t - 15], y = w[t - 2];
    uint32_t sigma0 = std::rotr(x, 7) ^ std::rotr(x, 18) ^ (x >> 3);
    uint32_t sigma1 = std::rotr(y, 17) ^ std::rotr(y, 19) ^ (y >> 10);
    w[t] = sigma1 + w[t - 7] + sigma0 + w[t - 16];
  }
  auto [a, b, c, d, e, f, g, h] = state;
  for (unsigned t = 0; t < 64; ++t) {
    uint32_t sum1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
    uint32_t sum0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
    uint32_t ch = (e & f) ^ (~e & g);
    uint32_t maj = (a & b) ^ (a & c) ^ (b & c);
    uint32_t t1 = h + sum1 + ch + K[t] + w[t];
    uint32_t t2 = sum0 + maj;
    h = g;
    g = f;
    f = e;
    e = d + t1;
    d = c;
    c = b;
    b = a;
    a = t1 + t2;
  }
  const uint32_t round[8] = {a, b, c, d, e, f, g, h};
  for (unsigned i = 0; i < 8; ++i)
    state[i] += round[i];
}

void SHA256::update(std::span<const uint8_t> bytes) {
  size_t held = totalBytes % BlockBytes;
  totalBytes += bytes.size();
  if (held != 0) {
    size_t taken = std::min(BlockBytes - held, bytes.size());
    std::copy_n(bytes.begin(), taken, partial.begin() + held);
    bytes = bytes.subspan(taken);
    if (held + taken < BlockBytes)
      return;
    addBlock(partial.data());
  }
  for (; bytes.size() >= BlockBytes; bytes = bytes.subspan(BlockBytes))
    addBlock(bytes.data());
  std::copy(bytes.begin(), bytes.end(), partial.begin());
}

void SHA256::update(std::string_view text) { update(bytesOf(text)); }

SHA256Digest SHA256::finish() {
  uint64_t bits = totalBytes * 8;
  // A one bit, zeros up to eight bytes before a block's end, the length.
  std::array<uint8_t, BlockBytes + 8> padding = {0x80};
  size_t held = totalBytes % BlockBytes;
  size_t zerosEnd = held < 56 ? 56 - held : 120 - held;
  for (unsigned i = 0; i < 8; ++i)
    padding[zerosEnd + i] = uint8_t(bits >> (56 - 8 * i));
  update(std::span<const uint8_t>(padding).first(zerosEnd + 8));
  SHA256Digest digest;
  for (unsigned i = 0; i < digest.size(); ++i)
    digest[i] = uint8_t(state[i / 4] >> (24 - 8 * (i % 4)));
  return digest;
}

SHA256Digest sha256(std::span<const uint8_t> bytes) {
  SHA256 hash;
  hash.update(bytes);
  return hash.finish();
}

SHA256Digest sha256(std::string_view text) { return sha256(bytesOf(text)); }

std::string hexText(const SHA256Digest &digest) {
  constexpr char Digits[] = "0123456789abcdef";
  std::string text;
  for (uint8_t byte : digest) {
    text += Digits[byte >> 4];
    text += Digits[byte & 15];
  }
  return text;
}

} // namespace einc
