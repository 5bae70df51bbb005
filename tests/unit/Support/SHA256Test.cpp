// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The vectors of FIPS 180-4's examples, and input in pieces.

#include "compiler/Support/SHA256.h"

#include <gtest/gtest.h>

using namespace einc;

namespace {

TEST(SHA256, MatchesPublishedVectors) {
  const struct {
    std::string text;
    const char *digest;
  } rows[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc",
       "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
       "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
       "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
      {std::string(1000000, 'a'),
       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (const auto &row : rows)
    EXPECT_EQ(hexText(sha256(row.text)), row.digest);
}

/// Lengths around the block of 64 bytes and the 56 that leave room for a
/// length, in pieces of every size.
TEST(SHA256, PiecesDoNotMatter) {
  for (size_t length : {1, 55, 56, 57, 63, 64, 65, 119, 120, 128, 200}) {
    std::string text;
    for (size_t i = 0; i < length; ++i)
      text += char(i * 37 + length);
    for (size_t piece = 1; piece <= length; ++piece) {
      SHA256 hash;
      for (size_t at = 0; at < length; at += piece)
        hash.update(std::string_view(text).substr(at, piece));
      hash.update(std::string_view());
      EXPECT_EQ(hash.finish(), sha256(text)) << length << " by " << piece;
    }
  }
}

} // namespace
