// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Tables of register tiles. A tile keeps rows * vectors accumulators, the
/// vectors of B and one broadcast of A live, and a product besides where there
/// is no FMA. It issues rows + vectors loads for rows * vectors FMAs; with one
/// load an FMA (as many processors have ports for) the long side wins, and
/// fewer than 8 accumulators do not hide the FMA latency of all processors.
/// The efficiencies are these two bounds, trimmed by what was measured on
/// Zen 4: all tiles with 16 or more accumulators reach 0.97 to 1.0 there.
/// A row of complex numbers is two rows of real ones in all of this.

#include "compiler/Schedule/RegisterTiles.h"

#include <array>

namespace einc {

// At most 29 live of 32: the register allocator spills from 31 on.
static constexpr RegisterTile avx512[] = {
    {8, 2, 0.990},
    {6, 4, 0.995},
    {8, 3, 0.993},
    {4, 4, 0.993},
    {5, 4, 0.988},
    {6, 3, 0.985},
    {4, 5, 0.985},
    {12, 2, 0.980},
    {10, 2, 0.980},
    {6, 2, 0.960},
    {5, 3, 0.975},
    {4, 3, 0.960},
    {3, 4, 0.950},
    {4, 2, 0.940},
    {2, 4, 0.900},
    {3, 3, 0.930},
    {12, 1, 0.880},
    {8, 1, 0.850},
    {6, 1, 0.780},
    {4, 1, 0.600},
    {2, 2, 0.550},
    {1, 4, 0.500},
    {2, 1, 0.300},
    {1, 1, 0.200},
    // Halves of a register, for runs that the whole does not divide.
    {8, 3, 0.950, 2},
    {6, 3, 0.930, 2},
    {4, 3, 0.900, 2},
    {8, 1, 0.600, 2},
};

// 16 registers; no broadcast from memory within an FMA.
static constexpr RegisterTile avx2[] = {
    {6, 2, 1.000}, {4, 3, 0.970},  {5, 2, 0.960}, {4, 2, 0.940}, {2, 4, 0.900},
    {3, 3, 0.930}, {12, 1, 0.880}, {8, 1, 0.850}, {6, 1, 0.780}, {3, 2, 0.780},
    {4, 1, 0.600}, {2, 2, 0.550},  {1, 4, 0.500}, {2, 1, 0.300}, {1, 1, 0.200},
};

// 16 registers, one of them for the product before it is added.
static constexpr RegisterTile sse2[] = {
    {5, 2, 1.000}, {4, 2, 0.990}, {3, 3, 0.980}, {2, 4, 0.950},
    {8, 1, 0.900}, {6, 1, 0.850}, {3, 2, 0.850}, {4, 1, 0.750},
    {2, 2, 0.700}, {1, 4, 0.650}, {2, 1, 0.450}, {1, 1, 0.300},
};

// 32 registers of two doubles; multiply-adds take one factor from a lane.
static constexpr RegisterTile neon[] = {
    {6, 4, 1.000}, {8, 2, 0.980}, {4, 4, 0.970}, {6, 3, 0.960},
    {4, 3, 0.930}, {6, 2, 0.920}, {3, 4, 0.920}, {4, 2, 0.850},
    {2, 4, 0.850}, {8, 1, 0.800}, {6, 1, 0.700}, {4, 1, 0.550},
    {2, 2, 0.550}, {1, 4, 0.500}, {2, 1, 0.300}, {1, 1, 0.200},
};

/// Tiles of an even number of rows with half as many complex ones.
template <size_t N>
static constexpr auto complexTiles(const RegisterTile (&real)[N]) {
  struct {
    std::array<RegisterTile, N> tiles = {};
    size_t count = 0;
  } result;
  for (const RegisterTile &tile : real)
    if (tile.rows % 2 == 0)
      result.tiles[result.count++] = {tile.rows / 2, tile.vectors,
                                      tile.efficiency, tile.parts};
  return result;
}

std::span<const RegisterTile> registerTiles(const Target &target,
                                            ElementType compute) {
  static constexpr auto complex512 = complexTiles(avx512);
  static constexpr auto complex256 = complexTiles(avx2);
  static constexpr auto complex128 = complexTiles(sse2);
  static constexpr auto complexNEON = complexTiles(neon);
  bool pairs = isComplex(compute);
  auto first = [](const auto &list) {
    return std::span(list.tiles.data(), list.count);
  };
  switch (target.isa) {
  case Target::ISA::X86_64_V4:
    return pairs ? first(complex512) : avx512;
  case Target::ISA::X86_64_V3:
    return pairs ? first(complex256) : avx2;
  case Target::ISA::AArch64:
    return pairs ? first(complexNEON) : neon;
  case Target::ISA::X86_64:
    break;
  }
  return pairs ? first(complex128) : sse2;
}

double peakFlops(const Target &target, ElementType compute,
                 unsigned depthStep) {
  // Zen 4: both vector lengths reach the same peak; SSE2 multiplies and adds
  // four elements in two operations.
  double single = target.hasFMA() ? 115e9 : 29e9;
  if (depthStep > 1)
    return single * depthStep;
  bool isV4 = target.isa == Target::ISA::X86_64_V4;
  switch (realType(compute)) {
  case ElementType::F64:
    return single / 2;
  case ElementType::I32:
    // Products of 32 bits take several instructions in SSE2, those of 64 in
    // AVX2 too.
    return target.hasFMA() ? single : single / 3;
  case ElementType::I64:
    return isV4 ? single / 2 : single / 8;
  case ElementType::Bool:
    return 4 * single;
  default:
    return single;
  }
}

} // namespace einc
