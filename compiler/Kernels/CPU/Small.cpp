// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The small family: every product of the batch in one call, in register tiles
/// of constant extents, read from where the operands lie.

#include "compiler/Kernels/CPU/Arithmetic.h"
#include "compiler/Kernels/CPU/Families.h"
#include "compiler/Kernels/CPU/Lines.h"
#include "compiler/Kernels/CPU/SmallTiles.h"
#include "compiler/Kernels/CPU/Squares.h"

#include <algorithm>
#include <bit>

namespace einc {

using Values = Emitter::Values;
using ValuesRef = Emitter::ValuesRef;
using Pieces = std::vector<SmallPiece>;
using ReadB = SmallSchedule::ReadB;
using mlir::Value;

namespace {

class Small {
public:
  Small(Emitter &emitter, const Schedule &schedule)
      : e(emitter), small(schedule.small), types(schedule.types),
        numbers(emitter, types.compute()), unitC(types.unit(RoleC)),
        unitB(types.unit(RoleB)),
        tiles(smallTiles(schedule, emitter.target())) {}
  void emit(llvm::StringRef symbol);

private:
  /// Where a tile's sums start: in the output, A and B.
  struct Place {
    Value c, a, b;
  };

  void product(Place place);
  void columnOfTiles(Place place, const Pieces &pieces);
  void tile(Place place, unsigned rows, const Pieces &pieces);
  unsigned unrolled(unsigned rows, const Pieces &pieces) const;
  void accumulate(Values &sums, Value a, Value b, unsigned rows,
                  const Pieces &pieces);
  Value rowOfA(Value a, unsigned row);
  void store(const Values &sums, Value c, unsigned rows, const Pieces &pieces);
  Value gatherB(Value b);
  Value opaque(Value address, unsigned number);

  Emitter &e;
  const SmallSchedule &small;
  const StepTypes &types;
  Arithmetic numbers;
  const int64_t unitC, unitB;
  const SmallTiles tiles;
  Value zero, one, scratch;
  KernelScalars scalars;
  Value overwrites;
  Value stepCM, stepAM, stepAK; ///< bytes from m to m and from k to k
  Value stepBN, stepBK;         ///< of B as it lies
  Value stepK;                  ///< of B as it is read
};

/// A[row]: an odd multiple of the step is a register, a power of two of it the
/// scale of an address.
Value Small::rowOfA(Value a, unsigned row) {
  if (row == 0)
    return a;
  unsigned bits = std::min(std::countr_zero(row), 3);
  Value multiple = e.mul(stepAM, int64_t(row >> bits));
  return e.offset(a, bits ? e.shiftLeft(multiple, bits) : multiple);
}

/// Adds the products of one k.
void Small::accumulate(Values &sums, Value a, Value b, unsigned rows,
                       const Pieces &pieces) {
  const unsigned parts = numbers.parts();
  llvm::SmallVector<Number> columns;
  for (const SmallPiece &piece : pieces)
    columns.push_back(numbers.load(types.operands[1],
                                   e.offset(b, int64_t(piece.offset) * unitB),
                                   piece.width, types.conjugate[1]));
  Values next;
  for (unsigned row = 0; row < rows; ++row) {
    Number factor =
        numbers.load(types.operands[0], rowOfA(a, row), 1, types.conjugate[0]);
    for (unsigned i = 0; i < pieces.size(); ++i) {
      unsigned at = (row * unsigned(pieces.size()) + i) * parts;
      numbers.append(next, numbers.fma(numbers.splat(factor, pieces[i].width),
                                       columns[i], numbers.take(sums, at)));
    }
  }
  sums = next;
}

/// Steps along k in one iteration: all where code stays short.
unsigned Small::unrolled(unsigned rows, const Pieces &pieces) const {
  const unsigned depth = unsigned(small.k);
  constexpr unsigned most = 64; // multiply-adds of numbers in a loop's body
  unsigned fits =
      std::max<unsigned>(most / (rows * unsigned(pieces.size())), 1);
  if (depth <= std::min(fits, 16u))
    return depth;
  fits = std::min(fits, 8u);
  for (unsigned steps = fits; steps > std::max(fits / 2, 1u); --steps)
    if (depth % steps == 0)
      return steps;
  return std::min(fits, 4u);
}

void Small::tile(Place place, unsigned rows, const Pieces &pieces) {
  Values sums;
  for (unsigned row = 0; row < rows; ++row)
    for (const SmallPiece &piece : pieces)
      numbers.append(sums, numbers.zero(piece.width));
  const unsigned depth = unsigned(small.k), steps = unrolled(rows, pieces);
  Value a = place.a, b = place.b;
  auto several = [&](unsigned count) {
    for (unsigned i = 0; i < count; ++i) {
      accumulate(sums, a, b, rows, pieces);
      a = e.offset(a, stepAK);
      b = e.offset(b, stepK);
    }
  };
  if (depth / steps > 1) {
    Values init = {a, b};
    init.append(sums.begin(), sums.end());
    Values after = e.loop(zero, e.constant(depth / steps), one, init,
                          [&](Value, ValuesRef carried) {
                            a = carried[0];
                            b = carried[1];
                            sums.assign(carried.begin() + 2, carried.end());
                            several(steps);
                            Values next = {a, b};
                            next.append(sums.begin(), sums.end());
                            return next;
                          });
    a = after[0];
    b = after[1];
    sums.assign(after.begin() + 2, after.end());
  } else {
    several(steps);
  }
  several(depth % steps);
  store(sums, place.c, rows, pieces);
}

/// c = alpha * sums + beta * c. Pieces of a row may overlap: all of what was
/// there is read before any of it is written.
void Small::store(const Values &sums, Value c, unsigned rows,
                  const Pieces &pieces) {
  const unsigned parts = numbers.parts(), count = unsigned(pieces.size());
  auto scaled = [&](unsigned row, unsigned i) {
    return numbers.scale(numbers.splat(scalars.alpha, pieces[i].width),
                         numbers.take(sums, (row * count + i) * parts));
  };
  auto at = [&](Value line, unsigned i) {
    return e.offset(line, int64_t(pieces[i].offset) * unitC);
  };
  e.ifThenElse(
      overwrites,
      [&] {
        Value line = c;
        for (unsigned row = 0; row < rows; ++row) {
          for (unsigned i = 0; i < count; ++i)
            numbers.store(scaled(row, i), types.output, at(line, i));
          line = e.offset(line, stepCM);
        }
      },
      [&] {
        Value line = c;
        for (unsigned row = 0; row < rows; ++row) {
          llvm::SmallVector<Number> results;
          for (unsigned i = 0; i < count; ++i) {
            unsigned width = pieces[i].width;
            Number old = numbers.load(types.output, at(line, i), width);
            Number factor = numbers.splat(scalars.beta, width);
            Number product = scaled(row, i);
            results.push_back(
                isComplex(types.compute())
                    ? numbers.add(numbers.scale(factor, old), product)
                    : numbers.fma(factor, old, product));
          }
          for (unsigned i = 0; i < count; ++i)
            numbers.store(results[i], types.output, at(line, i));
          line = e.offset(line, stepCM);
        }
      });
}

/// Tiles above each other.
void Small::columnOfTiles(Place place, const Pieces &pieces) {
  Value stepC = e.mul(stepCM, tiles.rows), stepA = e.mul(stepAM, tiles.rows);
  if (tiles.fullRows > 1) {
    Values after =
        e.loop(zero, e.constant(tiles.fullRows), one, {place.c, place.a},
               [&](Value, ValuesRef at) {
                 tile({at[0], at[1], place.b}, tiles.rows, pieces);
                 return Values{e.offset(at[0], stepC), e.offset(at[1], stepA)};
               });
    place.c = after[0];
    place.a = after[1];
  } else {
    tile(place, tiles.rows, pieces);
    place.c = e.offset(place.c, stepC);
    place.a = e.offset(place.a, stepA);
  }
  if (tiles.restRows > 0)
    tile(place, tiles.restRows, pieces);
}

/// B with its rows along n, in scratch.
Value Small::gatherB(Value b) {
  bool isTransposed = small.readB == ReadB::TransposeK;
  int64_t most =
      unitB == 16 ? 4 : std::min<int64_t>(e.target().vectorBytes() / unitB, 16);
  unsigned side = isTransposed ? unsigned(std::bit_floor(uint64_t(
                                     std::min({small.n, small.k, most}))))
                               : 1;
  Value copy = e.offset(scratch, SmallSchedule::addressBytes);
  forSquares(
      e, e.constant(small.n), e.constant(small.k), side, side,
      [&](Value x, Value y, Value, Value) {
        Value to = e.offset(copy, e.add(e.mul(x, unitB), e.mul(y, stepK)));
        Value from = e.offset(b, e.add(e.mul(x, stepBN), e.mul(y, stepBK)));
        moveSquare(e, unsigned(unitB), side, {to, stepK}, {from, stepBN});
      });
  return copy;
}

/// The same address, by way of memory: the code generator would otherwise see
/// all addresses of a product as one chain of steps along the batch, and add
/// them up one after the other.
Value Small::opaque(Value address, unsigned number) {
  Value place = e.offset(scratch, 8 * int64_t(number));
  e.store(address, place, 8);
  return e.loadPointer(place);
}

void Small::product(Place place) {
  place.c = opaque(place.c, 0);
  place.a = opaque(place.a, 1);
  place.b = opaque(place.b, 2);
  if (small.readB != ReadB::Direct)
    place.b = gatherB(place.b);
  int64_t columns = tiles.columns;
  if (tiles.fullColumns > 1) {
    Values after =
        e.loop(zero, e.constant(tiles.fullColumns), one, {place.c, place.b},
               [&](Value, ValuesRef at) {
                 columnOfTiles({at[0], place.a, at[1]}, tiles.pieces);
                 return Values{e.offset(at[0], columns * unitC),
                               e.offset(at[1], columns * unitB)};
               });
    place.c = after[0];
    place.b = after[1];
  } else if (tiles.fullColumns == 1) {
    columnOfTiles(place, tiles.pieces);
    place.c = e.offset(place.c, columns * unitC);
    place.b = e.offset(place.b, columns * unitB);
  }
  if (!tiles.restPieces.empty())
    columnOfTiles(place, tiles.restPieces);
}

void Small::emit(llvm::StringRef symbol) {
  mlir::Type pointer = e.pointer(), i64 = e.i64();
  Values args = e.beginFunction(symbol, {pointer, pointer, pointer, i64, i64},
                                {.exported = true});
  Value pointers = args[0], params = args[1], begin = args[3], end = args[4];
  scratch = args[2];
  zero = e.constant(0);
  one = e.constant(1);
  scalars = loadScalars(numbers, pointers, 2, params);
  overwrites = numbers.isZero(scalars.beta);

  // Records: batch, m, n, k.
  constexpr int64_t recordBytes = sizeof(LoopRecord);
  Value records = e.offset(params, 8 * GroupedHead);
  Value numBatch = e.loadIndex(params, 8 * GroupedNumBatch);
  Value recordM = e.offset(records, e.mul(numBatch, recordBytes));
  auto stride = [&](unsigned record, TensorRole role) {
    return e.loadIndex(recordM, record * recordBytes + 8 * (1 + int64_t(role)));
  };
  stepCM = stride(0, RoleC);
  stepAM = stride(0, RoleA);
  stepAK = stride(2, RoleA);
  stepBN = small.readB == ReadB::Direct ? e.constant(unitB) : stride(1, RoleB);
  stepBK =
      small.readB == ReadB::TransposeK ? e.constant(unitB) : stride(2, RoleB);
  stepK = small.readB == ReadB::Direct ? stepBK : e.constant(small.n * unitB);

  Values base;
  for (unsigned t = 0; t < 3; ++t)
    base.push_back(e.loadPointer(pointers, 8 * t));
  Lines(e, records, numBatch).walk(begin, end, base, [&](Value, ValuesRef at) {
    product({at[0], at[1], at[2]});
  });
  e.endFunction();
}

} // namespace

void emitSmall(Emitter &emitter, const Schedule &schedule,
               llvm::StringRef symbol) {
  Small(emitter, schedule).emit(symbol);
}

} // namespace einc
