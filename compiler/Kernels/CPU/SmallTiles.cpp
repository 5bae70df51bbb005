// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Chooses register tiles for products of constant extents by counting what a
/// step along k costs.

#include "compiler/Kernels/CPU/SmallTiles.h"

#include <algorithm>
#include <bit>

namespace einc {

namespace {

/// Vectors of `lanes` columns, then one that ends with the last column, even
/// if it covers some columns again.
std::vector<SmallPiece> cut(unsigned columns, unsigned lanes) {
  std::vector<SmallPiece> pieces;
  unsigned first = 0;
  for (; first + lanes <= columns; first += lanes)
    pieces.push_back({first, lanes});
  unsigned rest = columns - first;
  if (rest == 0)
    return pieces;
  unsigned width = std::bit_ceil(rest);
  if (width > columns) { // two that overlap in the middle
    width /= 2;
    pieces.push_back({0, width});
  }
  pieces.push_back({columns - width, width});
  return pieces;
}

struct Costs {
  const Schedule &schedule;
  const Target &target;
  unsigned lanes;
  unsigned parts; ///< registers of a number

  /// Of a tile, for one k, in cycles: multiply-adds of up to 32 bytes in each
  /// of two units, two loads, a latency of four; a share of start and end.
  double tile(unsigned rows, const std::vector<SmallPiece> &pieces) const {
    double multiplies = 0;
    for (const SmallPiece &piece : pieces)
      multiplies +=
          2 * piece.width > lanes && target.vectorBytes() == 64 ? 1 : 0.5;
    multiplies *= rows * parts * parts;
    double loads = 0.5 * parts * (rows + double(pieces.size()));
    return std::max({multiplies, loads, 4.0}) +
           (8 + double(rows * pieces.size())) / double(schedule.small.k);
  }
  unsigned registers(unsigned rows, size_t pieces) const {
    bool fuses = target.hasFMA() && isFloating(schedule.types.compute());
    return parts * (rows * unsigned(pieces) + unsigned(pieces) + 1) +
           (fuses ? 0 : 2);
  }
  double all(const SmallTiles &tiles) const {
    auto column = [&](unsigned rows) {
      if (rows == 0)
        return 0.0;
      return tiles.fullColumns * tile(rows, tiles.pieces) +
             (tiles.restPieces.empty() ? 0 : tile(rows, tiles.restPieces));
    };
    return tiles.fullRows * column(tiles.rows) + column(tiles.restRows);
  }
};

/// Tiles of `vectors` full vectors; a vector that overlaps the last full one
/// is in one tile with it.
void cutColumns(SmallTiles &tiles, const std::vector<SmallPiece> &pieces,
                unsigned vectors, unsigned lanes) {
  size_t full = 0;
  while (full < pieces.size() && pieces[full].width == lanes &&
         pieces[full].offset == full * lanes)
    ++full;
  bool overlaps =
      full > 0 && full < pieces.size() && pieces[full].offset < full * lanes;
  tiles.fullColumns = unsigned((full - overlaps) / vectors);
  tiles.columns = vectors * lanes;
  tiles.pieces.clear();
  tiles.restPieces.clear();
  unsigned done = tiles.fullColumns * vectors;
  for (unsigned i = 0; i < vectors && tiles.fullColumns > 0; ++i)
    tiles.pieces.push_back(pieces[i]);
  for (size_t i = done; i < pieces.size(); ++i)
    tiles.restPieces.push_back(
        {pieces[i].offset - tiles.fullColumns * tiles.columns,
         pieces[i].width});
}

} // namespace

SmallTiles smallTiles(const Schedule &schedule, const Target &target) {
  const SmallSchedule &small = schedule.small;
  ElementType compute = schedule.types.compute();
  unsigned lanes =
      target.vectorBytes() / unsigned(elementBytes(realType(compute)));
  Costs costs{schedule, target, lanes, isComplex(compute) ? 2u : 1u};
  // Sums wait in registers. Some are left for alpha and beta, and because a
  // product may go to the register of its factor, which is then wanted back.
  unsigned registers = target.vectorRegisters() > 16 ? 24 : 13;
  std::vector<SmallPiece> pieces = cut(unsigned(small.n), lanes);

  SmallTiles best;
  double least = 0;
  for (unsigned vectors = 1; vectors <= 4; ++vectors)
    for (unsigned rows = 1; rows <= unsigned(small.m); ++rows) {
      SmallTiles tiles;
      cutColumns(tiles, pieces, vectors, lanes);
      tiles.rows = rows;
      tiles.fullRows = unsigned(small.m) / rows;
      tiles.restRows = unsigned(small.m) % rows;
      size_t widest = std::max(tiles.pieces.size(), tiles.restPieces.size());
      bool isFirst = vectors == 1 && rows == 1;
      if (!isFirst && costs.registers(rows, widest) > registers)
        break;
      double cost = costs.all(tiles);
      if (isFirst || cost < least) {
        best = tiles;
        least = cost;
      }
    }
  return best;
}

} // namespace einc
