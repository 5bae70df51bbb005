// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What the cost model chooses, row by row to the letter.

#include "tests/unit/Schedule/Expressions.h"

#include <gtest/gtest.h>

namespace einc::test {
namespace {

constexpr ElementType f32 = ElementType::F32, f64 = ElementType::F64;
constexpr Target::ISA v1 = Target::ISA::X86_64, v3 = Target::ISA::X86_64_V3,
                      v4 = Target::ISA::X86_64_V4;

struct Row {
  const char *equation;
  std::vector<Shape> shapes;
  ElementType type;
  Target::ISA isa;
  const char *schedules;
};

TEST(ChosenSchedules, OfDenseTensors) {
  const Row rows[] = {
      // B fits in the L2 cache and is read in place; the tile divides.
      {"ij,jk->ik",
       {{512, 512}, {512, 512}},
       f32,
       v4,
       "0: ij,jk->ik: m(i=512) n(k=512) k(j=512): gemm f32 tile=4x4 kc=256 "
       "mc=64 nc=512 a=direct b=direct run=1 c=direct c-tiles=regular "
       "b-tiles=regular "
       "order=columns driver=cold\n"},
      {"ij,jk->ik",
       {{64, 64}, {64, 64}},
       f32,
       v4,
       "0: ij,jk->ik: m(i=64) n(k=64) k(j=64): gemm f32 tile=4x4 kc=384 "
       "mc=192 nc=512 a=direct b=direct run=1 c=direct c-tiles=regular "
       "b-tiles=regular order=columns driver=cold\n"},
      {"ij,jk->ik",
       {{32, 32}, {32, 32}},
       f32,
       v4,
       "0: ij,jk->ik: m(i=32) n(k=32) k(j=32): small f32 m=32 n=32 k=32 "
       "b=direct\n"},
      // Rows 4096 bytes apart fall on each other: both are packed.
      {"ij,jk->ik",
       {{1024, 1024}, {1024, 1024}},
       f32,
       v4,
       "0: ij,jk->ik: m(i=1024) n(k=1024) k(j=1024): gemm f32 tile=4x4 kc=352 "
       "mc=192 nc=512 a=copy b=copy run=1 c=direct c-tiles=regular "
       "b-tiles=regular "
       "order=columns driver=cold\n"},
      // K is contiguous in B.
      {"ik,jk->ij",
       {{512, 512}, {512, 512}},
       f32,
       v4,
       "0: ik,jk->ij: m(i=512) n(j=512) k(k=512): gemm f32 tile=4x4 kc=256 "
       "mc=64 nc=512 a=direct b=transpose-k run=1 c=direct c-tiles=regular "
       "b-tiles=regular order=columns driver=cold\n"},
      // A with rows along k or along m is read alike.
      {"ki,kj->ij",
       {{512, 512}, {512, 512}},
       f32,
       v4,
       "0: ki,kj->ij: m(i=512) n(j=512) k(k=512): gemm f32 tile=4x4 kc=256 "
       "mc=64 nc=512 a=direct b=direct run=1 c=direct c-tiles=regular "
       "b-tiles=regular "
       "order=columns driver=cold\n"},
      // The transposing case: C ends in a, the first operand in d. It becomes
      // B, packed in squares of a and d; whole tiles with 24 columns of f64.
      {"aced,eb->dcba",
       {{72, 72, 72, 72}, {72, 24}},
       f32,
       v4,
       "0: aced,eb->dcba: m(b=24) n(c=72 a=72 d=72) k(e=72): gemm f32 "
       "tile=8x2 kc=72 mc=24 nc=5184 a=direct b=direct run=1 c=transpose-n "
       "c-tiles=regular b-tiles=irregular order=columns driver=cold\n"},
      {"aced,eb->dcba",
       {{72, 72, 72, 72}, {72, 24}},
       f64,
       v4,
       "0: aced,eb->dcba: m(b=24) n(c=72 a=72 d=72) k(e=72): gemm f64 "
       "tile=8x3 kc=72 mc=24 nc=1728 a=direct b=direct run=1 c=transpose-n "
       "c-tiles=regular b-tiles=regular order=columns driver=cold\n"},
      // K is too short to pay for a block of C: B is transposed.
      {"aced,eb->dcba",
       {{72, 72, 16, 72}, {16, 96}},
       f32,
       v4,
       "0: aced,eb->dcba: m(b=96) n(c=72 d=72 a=72) k(e=16): gemm f32 "
       "tile=12x1 kc=16 mc=192 nc=5184 a=direct b=transpose-n run=1 c=direct "
       "c-tiles=irregular b-tiles=regular order=rows driver=hot\n"},
      // Short K and a large C: written row by row, the nest optimised.
      {"ik,kj->ij",
       {{2000, 24}, {24, 2016}},
       f32,
       v4,
       "0: ik,kj->ij: m(i=2000) n(j=2016) k(k=24): gemm f32 tile=8x3 kc=384 "
       "mc=192 nc=480 a=direct b=direct run=1 c=direct c-tiles=regular "
       "b-tiles=regular "
       "order=rows driver=hot\n"},
      // A batch.
      {"bij,bjk->bik",
       {{64, 32, 20}, {64, 20, 32}},
       f32,
       v4,
       "0: bij,bjk->bik: batch(b=64) m(i=32) n(k=32) k(j=20): small f32 "
       "m=32 n=32 k=20 b=direct\n"},
      // Runs of 30 columns are padded to 32.
      {"kj,ibk->jbi",
       {{64, 50}, {30, 40, 64}},
       f32,
       v3,
       "0: kj,ibk->jbi: m(j=50) n(b=40 i=30) k(k=64): gemm f32 tile=5x2 "
       "kc=256 mc=50 nc=640 a=direct b=transpose-k run=8 c=direct "
       "c-tiles=irregular "
       "b-tiles=regular order=columns driver=cold\n"},
      // Other instruction sets.
      {"ij,jk->ik",
       {{512, 512}, {512, 512}},
       f32,
       v3,
       "0: ij,jk->ik: m(i=512) n(k=512) k(j=512): gemm f32 tile=6x2 kc=256 "
       "mc=66 nc=512 a=direct b=direct run=1 c=direct c-tiles=irregular "
       "b-tiles=regular order=columns driver=cold\n"},
      {"ij,jk->ik",
       {{512, 512}, {512, 512}},
       f64,
       v1,
       "0: ij,jk->ik: m(i=512) n(k=512) k(j=512): gemm f64 tile=4x2 kc=128 "
       "mc=64 nc=768 a=copy b=copy run=1 c=direct c-tiles=regular "
       "b-tiles=regular "
       "order=columns driver=cold\n"},
      // Small extents are constants.
      {"ij,jk->ik",
       {{4, 4}, {4, 4}},
       f32,
       v4,
       "0: ij,jk->ik: m(i=4) n(k=4) k(j=4): small f32 m=4 n=4 k=4 b=direct\n"},
      // Matrix times vector, both ways; dot; outer; sum; copy.
      {"ij,j->i",
       {{300, 400}, {400}},
       f32,
       v4,
       "0: ij,j->i: out(i=300) sum(j=400): gemv f32 form=rows read=vectors "
       "k=loop\n"},
      {"ij,i->j",
       {{300, 400}, {300}},
       f32,
       v4,
       "0: ij,i->j: out(j=400) sum(i=300): gemv f32 form=columns read=vectors "
       "k=loop b=constant out=contiguous\n"},
      {"i,i->",
       {{1000}, {1000}},
       f64,
       v4,
       "0: i,i->: out(1) sum(i=1000): dot f64 form=rows read=vectors k=loop\n"},
      {"i,j->ij",
       {{100}, {200}},
       f32,
       v4,
       "0: i,j->ij: out(i=100 j=200): outer f32 operands=2 a=constant "
       "b=contiguous store=cached\n"},
      {"ij->i",
       {{100, 200}},
       f32,
       v4,
       "0: ij->i: out(i=100) sum(j=200): reduce f32 form=rows read=vectors "
       "k=loop\n"},
      {"ij->ji",
       {{100, 200}},
       f32,
       v4,
       "0: ij->ji: out(j=200 i=100): permute f32 lines=transposed tile=16 "
       "store=cached\n"},
      // One long line: its pieces are grains.
      {"i,i->i",
       {{1 << 23}, {1 << 23}},
       f32,
       v4,
       "0: i,i->i: out(i=8388608): outer f32 operands=2 a=contiguous "
       "b=contiguous store=streamed\n"},
      // A batch that is contiguous everywhere is the vector.
      {"ijb,jkb->ikb",
       {{3, 4, 64}, {4, 5, 64}},
       f32,
       v4,
       "0: ijb,jkb->ikb: out(i=3 k=5 b=64) sum(j=4): general f32 operands=2 "
       "vectorize=x a=contiguous b=contiguous reduce=yes\n"},
  };
  for (const Row &row : rows) {
    SCOPED_TRACE(row.equation);
    Expression e = expression(row.equation, row.shapes, row.type, row.isa);
    EXPECT_EQ(printSchedules(e.steps()), row.schedules);
  }
}
} // namespace
} // namespace einc::test
