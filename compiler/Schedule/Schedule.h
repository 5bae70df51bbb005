// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How one step is computed, as data: the compiler's only input and the heart
/// of every cache key. It holds no pointer, stride, extent or thread count, so
/// that steps of one kind share a kernel.

#ifndef EINC_COMPILER_SCHEDULE_SCHEDULE_H
#define EINC_COMPILER_SCHEDULE_SCHEDULE_H

#include "compiler/Schedule/DotSchedule.h"
#include "compiler/Schedule/GemvSchedule.h"
#include "compiler/Schedule/Machine.h"
#include "compiler/Schedule/OuterSchedule.h"
#include "compiler/Schedule/PermuteSchedule.h"
#include "compiler/Schedule/ReduceSchedule.h"
#include "compiler/Schedule/SmallSchedule.h"
#include "compiler/Schedule/StepTypes.h"

#include <cstdint>

namespace einc {

enum class Family {
  /// Blocked, vectorised matrix product over label groups, batched.
  Gemm,
  /// Loops over any mix of labels; zero, one or two operands. What no other
  /// family takes.
  General,
  /// No sum: elementwise and outer products, scaled and broadcast copies.
  Outer,
  /// One operand, no sum, another order of axes: transposition in registers.
  Permute,
  /// Sums of one operand.
  Reduce,
  /// Sums of products of two operands with one value each: no M, no N.
  Dot,
  /// Matrix times vector: M or N is missing.
  Gemv,
  /// Products of small matrices of constant extents, one or a batch.
  Small,
};
constexpr size_t NumFamilies = 8;

/// "gemm", "general", "outer", ...
const char *familyName(Family family);

/// The GEMM family: C[batch, m, n] = beta C + alpha sum_k A[batch, m, k]
/// B[batch, n, k], N being the group whose labels are stored as vectors.
/// Groups are linearised, innermost loop first; a block of MC x KC of A meets a
/// block of KC x NC of B; a register tile is `tileRows` x `tileVectors`.
struct GemmSchedule {
  unsigned tileRows = 6;
  unsigned tileVectors = 4;
  /// A tile's vectors are this part of a register: 1, 2 or 4. Narrower tiles
  /// fit runs that the whole register does not divide.
  unsigned vectorParts = 1;
  /// How many neighbours of k a lane multiplies and adds up at once: 2 with dot
  /// products of pairs (bf16, i16), 4 of bytes.
  unsigned depthStep = 1;
  /// Cache blocks, in elements, at most maxBlock: scratch sizes cannot
  /// overflow. mc is a multiple of tileRows, nc of the tile's columns and of
  /// runMultiple, kc of depthStep.
  static constexpr int64_t maxBlock = 1 << 20;
  int64_t kc = 384;
  int64_t mc = 192;
  int64_t nc = 512;
  /// How A is read. Direct: its numbers are broadcast from where they lie.
  /// Otherwise from a block of it whose rows are contiguous along k, converted
  /// to the compute type. Copy: A is contiguous along the innermost k loop.
  /// TransposeM: along the innermost m loop. Scalar: none of it. Each falls
  /// back to Scalar where a chunk does not have the property.
  enum class PackA { Direct, Copy, TransposeM, Scalar };
  PackA packA = PackA::Direct;
  /// How B's panels are made. Direct: read in place where a tile's columns
  /// are contiguous, else that panel is packed. Copy: columns are contiguous
  /// in B. TransposeK: B is contiguous along the innermost k loop.
  /// TransposeN: B is contiguous along the second n loop. Scalar: none of it.
  /// Each falls back to Scalar where a chunk does not have the property.
  enum class PackB { Direct, Copy, TransposeK, TransposeN, Scalar };
  PackB packB = PackB::Direct;
  /// The innermost n loop is padded to a multiple of this many columns, so
  /// that chunks never straddle runs; 1: not padded.
  unsigned runMultiple = 1;
  /// How C is stored. Direct: tiles go to C, which is contiguous along the
  /// innermost n loop or stored one by one. Otherwise tiles go to a block of
  /// their own, of the compute type, which goes to C once all of k is summed:
  /// rounded once. Block: by its rows. TransposeN: C is contiguous along the
  /// second n loop; the block is transposed in registers on its way.
  enum class StoreC { Direct, Block, TransposeN };
  StoreC storeC = StoreC::Direct;
  /// Whether tiles go to a block of their own.
  bool hasOwnBlock() const { return storeC != StoreC::Direct; }
  /// Whether some tile is cut by an edge or straddles runs of C. Without it the
  /// kernel holds only the direct store. A block of its own has no edges.
  bool irregularC = true;
  /// Whether some tile's B columns are not contiguous (with PackB::Direct).
  bool irregularB = true;
  /// Within a block, tiles run along n first (C written row by row), or else
  /// along m.
  bool rowsOuter = false;
  /// Compile the loop nest around the tile without optimisation: a smaller
  /// first call, for tiles that hide it.
  bool coldDriver = true;

  friend bool operator==(const GemmSchedule &, const GemmSchedule &) = default;
};

/// The general family: for each output element, a sum over the reduction loops
/// of the product of the operands (of nothing: 0). The innermost output loop is
/// "x", the innermost reduction loop "r".
struct GeneralSchedule {
  unsigned numOperands = 2;
  /// What is vectorised. X: output and operands are contiguous or constant
  /// along x. R: operands are contiguous or constant along r. None: any
  /// strides.
  enum class Vectorize { None, X, R };
  Vectorize vectorize = Vectorize::None;
  /// With X or R: whether operand i is contiguous (else constant) along it.
  bool contiguous[2] = {false, false};
  /// Whether there is any reduction loop, and whether there is more than one.
  bool reduces = true;
  bool nested = false;

  friend bool operator==(const GeneralSchedule &,
                         const GeneralSchedule &) = default;
};

struct Schedule {
  Family family = Family::General;
  StepTypes types;
  /// The one of the family counts; the others have their defaults.
  GemmSchedule gemm;
  GeneralSchedule general;
  OuterSchedule outer;
  PermuteSchedule permute;
  ReduceSchedule reduce;
  DotSchedule dot;
  GemvSchedule gemv;
  SmallSchedule small;

  /// Canonical text: equal schedules have equal texts, and parse(text()) is
  /// the schedule. One line: family, types, then `key=value` pairs, e.g.
  /// "gemm f32 tile=8x2 kc=384 mc=192 nc=512 a=direct b=direct run=1 c=direct
  /// c-tiles=regular b-tiles=regular order=columns driver=cold" (halves of a
  /// register: "tile=8x3/2"; dot products of pairs: "tile=6x4x2") or
  /// "general f32 operands=2 vectorize=x a=contiguous b=constant reduce=yes".
  /// Error of parse: InvalidArgument that says what was expected where.
  std::string text() const;
  static Result<Schedule> parse(std::string_view text);

  unsigned numOperands() const;
  unsigned numPointers() const { return numOperands() + 2; }
  friend bool operator==(const Schedule &, const Schedule &) = default;
};

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_SCHEDULE_H
