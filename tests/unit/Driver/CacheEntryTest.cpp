// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/CacheEntry.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace einc;

namespace {

/// A small entry and its file.
struct Sample {
  std::vector<uint8_t> image = {0x90, 0x0F, 0x1F, 0x00, 0xC3};
  CacheEntry entry;

  Sample() {
    entry.schedule = "general f32 x";
    entry.target = "x86-64-v3";
    entry.llvmVersion = "22.1.8";
    entry.buildId = "ab12";
    entry.key = kernelKey(entry.schedule, entry.target, entry.llvmVersion,
                          entry.buildId);
    entry.entryOffset = 4;
    entry.scratchBytes = 0x123456789ABCull;
    entry.image = image;
    entry.imageHash = sha256(image);
  }
  std::vector<uint8_t> file() const { return serializeCacheEntry(entry); }
};

/// Where the layout has its numbers.
constexpr size_t VersionAt = 8, ScheduleLengthAt = 12, ReservedAt = 28,
                 ImageLengthAt = 32, EntryAt = 40, TextsAt = 120;

void setNumber(std::vector<uint8_t> &file, size_t at, uint64_t value,
               unsigned numBytes) {
  for (unsigned i = 0; i < numBytes; ++i)
    file[at + i] = uint8_t(value >> (8 * i));
}

/// Makes the checksum right again after a change of the head.
void fixChecksum(std::vector<uint8_t> &file, const Sample &sample) {
  size_t head = file.size() - sample.image.size() - 32;
  SHA256Digest hash = sha256(std::span(file).first(head));
  std::ranges::copy(hash, file.begin() + head);
}

std::string problemOf(std::span<const uint8_t> file) {
  Result<CacheEntry> entry = parseCacheEntry(file);
  if (entry)
    return "none";
  EXPECT_EQ(entry.error().kind, ErrorKind::BadArtifact);
  return entry.error().message;
}

} // namespace

TEST(CacheEntry, ComesBackAsItWas) {
  Sample sample;
  std::vector<uint8_t> file = sample.file();
  Result<CacheEntry> entry = parseCacheEntry(file);
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->key, sample.entry.key);
  EXPECT_EQ(entry->schedule, "general f32 x");
  EXPECT_EQ(entry->target, "x86-64-v3");
  EXPECT_EQ(entry->llvmVersion, "22.1.8");
  EXPECT_EQ(entry->buildId, "ab12");
  EXPECT_EQ(entry->entryOffset, 4u);
  EXPECT_EQ(entry->scratchBytes, 0x123456789ABCu);
  EXPECT_EQ(entry->imageHash, sha256(sample.image));
  EXPECT_TRUE(std::ranges::equal(entry->image, sample.image));
}

TEST(CacheEntry, HasTheDocumentedLayout) {
  Sample sample;
  std::vector<uint8_t> file = sample.file();
  ASSERT_EQ(file.size(), TextsAt + 13 + 9 + 6 + 4 + 32 + 5);
  EXPECT_EQ(std::string(file.begin(), file.begin() + 8), "einc\x89K\r\n");
  EXPECT_EQ(file[VersionAt], 1);
  EXPECT_EQ(file[ScheduleLengthAt], 13);
  EXPECT_EQ(file[ImageLengthAt], 5);
  EXPECT_EQ(file[EntryAt], 4);
  EXPECT_EQ(std::string(file.begin() + TextsAt, file.begin() + TextsAt + 32),
            "general f32 xx86-64-v322.1.8ab12");
  EXPECT_TRUE(
      std::equal(sample.image.begin(), sample.image.end(), file.end() - 5));
}

TEST(CacheEntry, NoBitMayBeWrong) {
  std::vector<uint8_t> file = Sample().file();
  for (size_t i = 0; i < file.size(); ++i)
    for (unsigned bit = 0; bit < 8; ++bit) {
      file[i] ^= uint8_t(1 << bit);
      EXPECT_NE(problemOf(file), "none") << "byte " << i << " bit " << bit;
      file[i] ^= uint8_t(1 << bit);
    }
  EXPECT_EQ(problemOf(file), "none");
}

TEST(CacheEntry, MayNotBeCutNorGoOn) {
  std::vector<uint8_t> file = Sample().file();
  for (size_t size = 0; size < file.size(); ++size) {
    // In memory of its own, so that a read beyond it is seen.
    std::vector<uint8_t> part(file.begin(), file.begin() + size);
    EXPECT_NE(problemOf(part), "none") << size;
  }
  file.push_back(0);
  EXPECT_EQ(problemOf(file), "the entry has 190 bytes, which do not fit the "
                             "lengths that it states");
}

TEST(CacheEntry, SaysWhatIsWrong) {
  Sample sample;
  const std::vector<uint8_t> sound = sample.file();
  EXPECT_EQ(problemOf({}), "the entry is cut off: it has 0 bytes");

  std::vector<uint8_t> file = sound;
  file[0] = 'E';
  EXPECT_EQ(problemOf(file), "this is no entry of a cache of einc");

  file = sound;
  file[VersionAt] = 2;
  EXPECT_EQ(problemOf(file), "the entry has version 2, expected 1");

  file = sound;
  file.back() ^= 1;
  EXPECT_EQ(problemOf(file), "the entry is damaged: its checksum is wrong");
}

TEST(CacheEntry, LengthsAreNotBelieved) {
  Sample sample;
  const std::vector<uint8_t> sound = sample.file();
  for (size_t text = 0; text < 4; ++text)
    for (uint64_t length : {0u, 14u, 190u, 1u << 20, (1u << 20) + 1, ~0u}) {
      std::vector<uint8_t> file = sound;
      setNumber(file, ScheduleLengthAt + 4 * text, length, 4);
      fixChecksum(file, sample);
      EXPECT_NE(problemOf(file), "none") << text << " " << length;
    }
  for (uint64_t length :
       {uint64_t(0), uint64_t(4), uint64_t(6), uint64_t(1) << 40,
        uint64_t(1) << 63, ~uint64_t(0), ~uint64_t(0) - 180}) {
    std::vector<uint8_t> file = sound;
    setNumber(file, ImageLengthAt, length, 8);
    fixChecksum(file, sample);
    EXPECT_NE(problemOf(file), "none") << length;
  }
}

TEST(CacheEntry, WrittenNonsenseIsRefusedToo) {
  // These have the right checksums.
  Sample sample;
  sample.entry.entryOffset = 5;
  EXPECT_EQ(problemOf(sample.file()),
            "the entry states no function within its code");
  sample = Sample();
  sample.image.clear();
  sample.entry.image = {};
  sample.entry.entryOffset = 0;
  sample.entry.imageHash = sha256(std::string_view());
  EXPECT_EQ(problemOf(sample.file()),
            "the entry states no function within its code");
  sample = Sample();
  sample.entry.target = "x86\n64";
  EXPECT_EQ(problemOf(sample.file()),
            "the entry does not say what it is the code of");
  sample.entry.target = "";
  EXPECT_EQ(problemOf(sample.file()),
            "the entry does not say what it is the code of");
  sample = Sample();
  std::vector<uint8_t> file = sample.file();
  file[ReservedAt] = 1;
  fixChecksum(file, sample);
  EXPECT_NE(problemOf(file), "none");
}

TEST(CacheEntry, ATextThatIsTooLongMakesNoFile) {
  std::string text((1 << 20) + 1, 'x');
  Sample sample;
  sample.entry.schedule = text;
  EXPECT_TRUE(sample.file().empty());
  sample.entry.schedule = std::string_view(text).substr(1);
  EXPECT_EQ(problemOf(sample.file()), "none");
}
