// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// How a product of constant extents is cut into register tiles.

#ifndef EINC_COMPILER_KERNELS_CPU_SMALLTILES_H
#define EINC_COMPILER_KERNELS_CPU_SMALLTILES_H

#include "compiler/Schedule/Schedule.h"

#include <vector>

namespace einc {

/// A vector of columns of a tile: a power of two, so that no masks are needed.
struct SmallPiece {
  unsigned offset; ///< from the tile's first column
  unsigned width;
};

/// Rows and columns: so many equal tiles, then what is left over. Pieces of
/// the rest may overlap each other, never those of another tile.
struct SmallTiles {
  unsigned rows = 1;              ///< of a tile
  unsigned fullRows = 1;          ///< tiles above each other
  unsigned restRows = 0;          ///< of the last one
  std::vector<SmallPiece> pieces; ///< of a tile
  unsigned columns = 0;           ///< of a tile
  unsigned fullColumns = 0;       ///< tiles beside each other
  std::vector<SmallPiece> restPieces;
};
SmallTiles smallTiles(const Schedule &schedule, const Target &target);

} // namespace einc

#endif // EINC_COMPILER_KERNELS_CPU_SMALLTILES_H
