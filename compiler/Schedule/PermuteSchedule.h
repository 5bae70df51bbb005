// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How a step of the permute family is computed.

#ifndef EINC_COMPILER_SCHEDULE_PERMUTESCHEDULE_H
#define EINC_COMPILER_SCHEDULE_PERMUTESCHEDULE_H

#include <algorithm>
#include <cstdint>
#include <string>

namespace einc {

class ScheduleReader;

/// out[outer, y, x] = a[outer, y, x]. Groups of the head: batch is outer, m is
/// y, n is x, one loop each. Transposed: x is contiguous in the output, y in
/// the operand, unless the tile is 1. Copied: x is contiguous in both.
///
/// The planes of x and y are cut in blocks; the last block of a row or column
/// of blocks is up to twice as long, so that none is shorter than a tile.
/// Grain = (outer * blocks(y) + block of y) * blocks(x) + block of x.
struct PermuteSchedule {
  /// Squares of tile x tile are transposed in registers, or else lines along x
  /// are copied.
  bool transposes = true;
  /// Elements of a square's side, or of a vector; a power of two. Neither x nor
  /// (with squares) y is shorter: what is left over at an edge is covered by a
  /// tile that overlaps the one before.
  unsigned tile = 1;
  static constexpr int64_t maxTile = 64, maxSquare = 16;
  /// Store past the caches: the output is larger than they are.
  bool stream = false;

  /// A block's extents along x and y. `bytes`: of an element of the output.
  constexpr int64_t blockX(int64_t bytes) const {
    return transposes ? std::max<int64_t>(512 / bytes, maxSquare)
                      : 16384 / bytes;
  }
  constexpr int64_t blockY(int64_t bytes) const {
    return transposes ? std::max<int64_t>(1024 / bytes, maxSquare) : 16;
  }
  static constexpr int64_t blocks(int64_t extent, int64_t block) {
    return std::max<int64_t>(extent / block, 1);
  }

  void write(std::string &out) const;
  void read(ScheduleReader &reader);
  friend bool operator==(const PermuteSchedule &,
                         const PermuteSchedule &) = default;
};

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_PERMUTESCHEDULE_H
