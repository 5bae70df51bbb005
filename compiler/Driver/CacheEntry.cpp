// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/CacheEntry.h"

#include <algorithm>

using namespace einc;

static constexpr std::array<uint8_t, 8> Magic = {'e',  'i', 'n',  'c',
                                                 0x89, 'K', '\r', '\n'};
static constexpr uint32_t LayoutVersion = 1;
static constexpr size_t NumTexts = 4;
static constexpr size_t HashBytes = std::tuple_size_v<SHA256Digest>;
static constexpr size_t FixedBytes =
    Magic.size() + 4 * (2 + NumTexts) + 8 * 3 + 2 * HashBytes;

/// Schedules take hundreds of bytes.
static constexpr size_t MaxTextBytes = 1 << 20;

namespace {

class Writer {
public:
  explicit Writer(size_t expectedBytes) { bytes.reserve(expectedBytes); }

  void add(std::span<const uint8_t> more) {
    bytes.insert(bytes.end(), more.begin(), more.end());
  }
  void add(std::string_view text) {
    bytes.insert(bytes.end(), text.begin(), text.end());
  }
  void number(uint64_t value, unsigned numBytes) {
    for (unsigned i = 0; i < numBytes; ++i)
      bytes.push_back(uint8_t(value >> (8 * i)));
  }

  std::vector<uint8_t> bytes;
};

/// Takes from the front of bytes of which enough must be left.
class Reader {
public:
  explicit Reader(std::span<const uint8_t> bytes) : rest(bytes) {}

  std::span<const uint8_t> take(size_t count) {
    std::span<const uint8_t> result = rest.first(count);
    rest = rest.subspan(count);
    return result;
  }
  uint64_t number(unsigned numBytes) {
    uint64_t value = 0;
    for (uint8_t byte : take(numBytes))
      value = value >> 8 | uint64_t(byte) << 56;
    return value >> (64 - 8 * numBytes);
  }
  SHA256Digest digest() {
    SHA256Digest result;
    std::ranges::copy(take(HashBytes), result.begin());
    return result;
  }
  std::string_view text(size_t count) {
    return {reinterpret_cast<const char *>(take(count).data()), count};
  }

  std::span<const uint8_t> rest;
};

} // namespace

static Diagnostic bad(std::string message) {
  return {.kind = ErrorKind::BadArtifact, .message = std::move(message)};
}

/// Such texts can be shown, and lines of them hashed.
static bool isPrintable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

std::vector<uint8_t> einc::serializeCacheEntry(const CacheEntry &entry) {
  const std::string_view texts[NumTexts] = {entry.schedule, entry.target,
                                            entry.llvmVersion, entry.buildId};
  size_t total = FixedBytes + HashBytes + entry.image.size();
  for (std::string_view text : texts) {
    if (text.size() > MaxTextBytes)
      return {};
    total += text.size();
  }
  Writer writer(total);
  writer.add(Magic);
  writer.number(LayoutVersion, 4);
  for (std::string_view text : texts)
    writer.number(text.size(), 4);
  writer.number(0, 4);
  writer.number(entry.image.size(), 8);
  writer.number(entry.entryOffset, 8);
  writer.number(entry.scratchBytes, 8);
  writer.add(entry.key);
  writer.add(entry.imageHash);
  for (std::string_view text : texts)
    writer.add(text);
  writer.add(sha256(writer.bytes));
  writer.add(entry.image);
  return std::move(writer.bytes);
}

Result<CacheEntry> einc::parseCacheEntry(std::span<const uint8_t> bytes) {
  if (bytes.size() < FixedBytes + HashBytes)
    return bad("the entry is cut off: it has " + std::to_string(bytes.size()) +
               " bytes");
  Reader reader(bytes);
  if (!std::ranges::equal(reader.take(Magic.size()), Magic))
    return bad("this is no entry of a cache of einc");
  if (uint64_t version = reader.number(4); version != LayoutVersion)
    return bad("the entry has version " + std::to_string(version) +
               ", expected " + std::to_string(LayoutVersion));
  uint64_t textBytes[NumTexts];
  uint64_t headBytes = FixedBytes;
  for (uint64_t &length : textBytes) {
    length = reader.number(4);
    if (length > MaxTextBytes)
      return bad("the entry claims a text of " + std::to_string(length) +
                 " bytes");
    headBytes += length;
  }
  uint64_t zero = reader.number(4);
  uint64_t imageBytes = reader.number(8);
  // No sum here can overflow: headBytes is small by now.
  if (bytes.size() < headBytes + HashBytes ||
      imageBytes != bytes.size() - headBytes - HashBytes)
    return bad("the entry has " + std::to_string(bytes.size()) +
               " bytes, which do not fit the lengths that it states");
  CacheEntry entry;
  entry.entryOffset = reader.number(8);
  entry.scratchBytes = reader.number(8);
  entry.key = reader.digest();
  entry.imageHash = reader.digest();
  entry.schedule = reader.text(textBytes[0]);
  entry.target = reader.text(textBytes[1]);
  entry.llvmVersion = reader.text(textBytes[2]);
  entry.buildId = reader.text(textBytes[3]);
  SHA256Digest headHash = reader.digest();
  entry.image = reader.rest;

  if (sha256(bytes.first(headBytes)) != headHash ||
      sha256(entry.image) != entry.imageHash)
    return bad("the entry is damaged: its checksum is wrong");
  // From here on it is what was written, which can still be nonsense.
  if (zero != 0 || entry.entryOffset >= imageBytes)
    return bad("the entry states no function within its code");
  for (std::string_view text :
       {entry.schedule, entry.target, entry.llvmVersion, entry.buildId})
    if (text.empty() || !isPrintable(text))
      return bad("the entry does not say what it is the code of");
  return entry;
}
