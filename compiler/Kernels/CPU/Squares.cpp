// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Transposition of squares in registers.

#include "compiler/Kernels/CPU/Squares.h"

#include <algorithm>

namespace einc {

using Values = Emitter::Values;
using mlir::Value;

namespace {

using Mask = llvm::SmallVector<int32_t, 64>;

/// Registers of `blocks` x 16 bytes, or of one block that is smaller, of
/// `perBlock` elements.
struct Shape {
  unsigned perBlock, blocks;
  unsigned lanes() const { return perBlock * blocks; }
};

/// In each block: the elements of a's first (or second) half and of b's in
/// turn. x86's unpack instructions.
Mask unpackMask(Shape shape, bool second) {
  Mask mask;
  for (unsigned block = 0; block < shape.blocks; ++block)
    for (unsigned i = 0; i < shape.perBlock / 2; ++i) {
      unsigned lane =
          block * shape.perBlock + i + (second ? shape.perBlock / 2 : 0);
      mask.push_back(int(lane));
      mask.push_back(int(lane + shape.lanes()));
    }
  return mask;
}

/// Every other block of a, then of b.
Mask blocksMask(Shape shape, bool odd) {
  Mask mask;
  for (unsigned block = odd; block < 2 * shape.blocks; block += 2)
    for (unsigned i = 0; i < shape.perBlock; ++i)
      mask.push_back(int(block * shape.perBlock + i));
  return mask;
}

/// Transposes perBlock x perBlock squares, one in each block: by as many
/// perfect shuffles of all elements as they have bits in their numbers.
Values transposeInBlocks(Emitter &e, Values rows, Shape shape) {
  Mask low = unpackMask(shape, false), high = unpackMask(shape, true);
  unsigned half = rows.size() / 2;
  for (unsigned n = 1; n < rows.size(); n *= 2) {
    Values next;
    for (unsigned i = 0; i < half; ++i) {
      next.push_back(e.shuffle(rows[i], rows[i + half], low));
      next.push_back(e.shuffle(rows[i], rows[i + half], high));
    }
    rows = next;
  }
  return rows;
}

/// Block q of register g becomes block g of register q.
Values transposeBlocks(Emitter &e, Values rows, Shape shape) {
  Mask even = blocksMask(shape, false), odd = blocksMask(shape, true);
  for (unsigned n = 1; n < rows.size(); n *= 2) {
    Values first, second;
    for (unsigned i = 0; i < rows.size(); i += 2) {
      first.push_back(e.shuffle(rows[i], rows[i + 1], even));
      second.push_back(e.shuffle(rows[i], rows[i + 1], odd));
    }
    first.append(second.begin(), second.end());
    rows = first;
  }
  return rows;
}

Values transpose(Emitter &e, const Values &rows, unsigned bytes) {
  unsigned side = rows.size();
  Shape shape{std::min(side, 16 / bytes), 1};
  shape.blocks = side / shape.perBlock;
  Values columns(side), inBlocks;
  for (unsigned g = 0; g < side; g += shape.perBlock) {
    Values group(rows.begin() + g, rows.begin() + g + shape.perBlock);
    inBlocks.append(transposeInBlocks(e, group, shape));
  }
  for (unsigned c = 0; c < shape.perBlock; ++c) {
    Values across;
    for (unsigned g = 0; g < shape.blocks; ++g)
      across.push_back(inBlocks[g * shape.perBlock + c]);
    across = transposeBlocks(e, across, shape);
    for (unsigned q = 0; q < shape.blocks; ++q)
      columns[q * shape.perBlock + c] = across[q];
  }
  return columns;
}

/// Elements of 16 bytes fill a register of the least of x86's: they go one by
/// one.
void moveOneByOne(Emitter &e, mlir::Type type, unsigned bytes, unsigned side,
                  SquarePlace to, SquarePlace from, bool stream) {
  Values sources = {from.pointer};
  for (unsigned i = 1; i < side; ++i)
    sources.push_back(e.offset(sources.back(), from.stride));
  Value line = to.pointer;
  for (unsigned y = 0; y < side; ++y) {
    for (unsigned x = 0; x < side; ++x) {
      Value element = e.load(type, e.offset(sources[x], int64_t(y) * bytes), 1);
      Value place = e.offset(line, int64_t(x) * bytes);
      if (stream)
        e.stream(element, place);
      else
        e.store(element, place, 1);
    }
    line = e.offset(line, to.stride);
  }
}

} // namespace

void moveSquare(Emitter &e, unsigned bytes, unsigned side, SquarePlace to,
                SquarePlace from, bool stream) {
  if (bytes == 16 || side == 1) {
    mlir::Type type =
        bytes == 16 ? e.vector(e.integer(64), 2) : e.integer(8 * bytes);
    return moveOneByOne(e, type, bytes, side, to, from, stream);
  }
  mlir::Type type = e.vector(e.integer(8 * bytes), side);
  Values rows;
  Value line = from.pointer;
  for (unsigned i = 0; i < side; ++i) {
    if (i > 0)
      line = e.offset(line, from.stride);
    rows.push_back(e.load(type, line, 1));
  }
  rows = transpose(e, rows, bytes);
  line = to.pointer;
  for (unsigned i = 0; i < side; ++i) {
    if (i > 0)
      line = e.offset(line, to.stride);
    if (stream)
      e.stream(rows[i], line);
    else
      e.store(rows[i], line, 1);
  }
}

void forSquares(Emitter &e, Value width, Value height, unsigned side,
                unsigned line, SquareBody body) {
  Value zero = e.constant(0);
  unsigned step = std::max(side, line);
  // The last square of a line ends where the plane does.
  auto first = [&](Value nominal, Value extent) {
    return side == 1 ? nominal
                     : e.min(nominal, e.sub(extent, e.constant(side)));
  };
  e.loop(zero, width, step, [&](Value begin) {
    e.loop(zero, height, side, [&](Value nominalY) {
      Value y = first(nominalY, height);
      Value oldY = e.sub(nominalY, y);
      auto square = [&](Value nominalX) {
        Value x = first(nominalX, width);
        body(x, y, e.sub(nominalX, x), oldY);
      };
      if (step == side)
        return square(begin);
      e.loop(begin, e.min(e.add(begin, step), width), side, square);
    });
  });
}

} // namespace einc
