// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The permute family: planes of the two loops that are contiguous in memory,
/// in blocks. Where alpha is 1, beta 0 and the types are equal, elements are
/// moved as they are; else squares go by way of scratch, where numbers are
/// made of their lines.

#include "compiler/Kernels/CPU/Arithmetic.h"
#include "compiler/Kernels/CPU/Families.h"
#include "compiler/Kernels/CPU/Lines.h"
#include "compiler/Kernels/CPU/Squares.h"

namespace einc {

using Values = Emitter::Values;
using ValuesRef = Emitter::ValuesRef;
using mlir::Value;

namespace {

class Permute {
public:
  Permute(Emitter &emitter, const Schedule &schedule)
      : e(emitter), permute(schedule.permute), types(schedule.types),
        numbers(emitter, types.compute()), outBytes(types.unit(RoleC)),
        bytes(types.unit(RoleA)), tile(permute.tile) {}
  void emit(llvm::StringRef symbol);

private:
  struct Block {
    Value out, a, width, height;
  };
  struct Steps {
    Value x, y;
  };

  bool moves() const {
    return types.operands[0] == types.output && !types.conjugate[0];
  }
  void planes(Value begin, Value end, Value pointers,
              llvm::function_ref<void(const Block &)> body);
  Value alignedLines(Value pointers) const;
  void transposed(const Block &block, bool stream);
  void updateSquare(Value out, Value oldX, Value oldY);
  void copied(const Block &block, bool stream);
  void moveLine(Value out, Value a, Value width, bool stream);
  void updateLine(Value out, Value a, Value width);
  void update(Value out, Value a, unsigned width);

  Emitter &e;
  const PermuteSchedule &permute;
  const StepTypes &types;
  Arithmetic numbers;
  const unsigned outBytes; ///< of an element of the output
  const unsigned bytes;    ///< and of the operand
  const unsigned tile;
  Value zero, one, scratch;
  KernelScalars scalars;
  /// Whether elements are moved as they are; null if that cannot be.
  Value isMove;
  Value records, numOuter;
  Value extentX, extentY;
  Steps out, a; ///< bytes from element to element
};

/// Blocks [begin, end) of all planes.
void Permute::planes(Value begin, Value end, Value pointers,
                     llvm::function_ref<void(const Block &)> body) {
  const int64_t sizeX = permute.blockX(outBytes);
  const int64_t sizeY = permute.blockY(outBytes);
  auto count = [&](Value extent, int64_t size) {
    return e.max(e.div(extent, e.constant(size)), one);
  };
  Value blocksX = count(extentX, sizeX), blocksY = count(extentY, sizeY);
  Value blocks = e.mul(blocksX, blocksY);
  Value firstPlane = e.div(begin, blocks);
  Value lastPlane = e.div(e.sub(end, one), blocks);
  Values base = {e.loadPointer(pointers), e.loadPointer(pointers, 8)};
  // The first plane may be entered in the middle.
  Value skipped = e.sub(begin, e.mul(firstPlane, blocks));
  Values init = {firstPlane, e.rem(skipped, blocksX), e.div(skipped, blocksX)};
  auto plane = [&](Value, ValuesRef at, ValuesRef carried) {
    Value before = e.mul(carried[0], blocks);
    Value first = e.max(e.sub(begin, before), zero);
    Value last = e.min(e.sub(end, before), blocks);
    e.loop(
        first, last, one, {carried[1], carried[2]},
        [&](Value, ValuesRef number) {
          Value lastX = e.equal(e.add(number[0], 1), blocksX);
          Value lastY = e.equal(e.add(number[1], 1), blocksY);
          Value x = e.mul(number[0], sizeX), y = e.mul(number[1], sizeY);
          Block block;
          block.width = e.select(lastX, e.sub(extentX, x), e.constant(sizeX));
          block.height = e.select(lastY, e.sub(extentY, y), e.constant(sizeY));
          block.out = e.offset(at[0], e.add(e.mul(x, out.x), e.mul(y, out.y)));
          block.a = e.offset(at[1], e.add(e.mul(x, a.x), e.mul(y, a.y)));
          body(block);
          return Values{e.select(lastX, zero, e.add(number[0], 1)),
                        e.select(lastX, e.add(number[1], 1), number[1])};
        });
    return Values{e.add(carried[0], 1), zero, zero};
  };
  Lines(e, records, numOuter)
      .walk(firstPlane, e.add(lastPlane, one), base, init, plane);
}

/// out = alpha * a + beta * out, `width` elements.
void Permute::update(Value to, Value from, unsigned width) {
  Number number =
      numbers.load(types.operands[0], from, width, types.conjugate[0]);
  numbers.update(number, scalars.alpha, scalars.beta, types.output, to, width);
}

/// Updates a square of the output with the square in scratch, but for the
/// first columns and rows, which were updated before.
void Permute::updateSquare(Value square, Value oldX, Value oldY) {
  Value lines = scratch;
  e.loop(oldY, e.constant(tile), 1, [&](Value y) {
    Value to = e.offset(square, e.mul(y, out.y));
    Value from = e.offset(lines, e.mul(y, int64_t(tile) * bytes));
    e.ifThenElse(
        e.equal(oldX, zero), [&] { update(to, from, tile); },
        [&] {
          e.loop(oldX, e.constant(tile), 1, [&](Value x) {
            update(e.offset(to, e.mul(x, int64_t(outBytes))),
                   e.offset(from, e.mul(x, int64_t(bytes))), 1);
          });
        });
  });
}

void Permute::transposed(const Block &block, bool stream) {
  unsigned line = tile == 1 ? 1 : std::max(64 / outBytes, 1u);
  forSquares(
      e, block.width, block.height, tile, line,
      [&](Value x, Value y, Value oldX, Value oldY) {
        Value to = e.offset(block.out, e.add(e.mul(x, out.x), e.mul(y, out.y)));
        Value from = e.offset(block.a, e.add(e.mul(x, a.x), e.mul(y, a.y)));
        // The lines after the next ones: too few follow each other for the
        // hardware to see them come.
        if (tile * bytes >= 32) {
          Value ahead = e.offset(from, 128);
          for (unsigned i = 0; i < tile; ++i) {
            e.prefetch(ahead);
            ahead = e.offset(ahead, a.x);
          }
        }
        if (stream)
          return moveSquare(e, bytes, tile, {to, out.y}, {from, a.x}, true);
        Value lines = scratch;
        Value step = e.constant(int64_t(tile) * bytes);
        if (!moves()) {
          moveSquare(e, bytes, tile, {lines, step}, {from, a.x});
          return updateSquare(to, oldX, oldY);
        }
        moveSquare(e, bytes, tile,
                   {e.select(isMove, to, lines), e.select(isMove, out.y, step)},
                   {from, a.x});
        e.ifThenElse(isMove, [] {}, [&] { updateSquare(to, oldX, oldY); });
      });
}

/// Moves a line of no less than `tile` elements.
void Permute::moveLine(Value to, Value from, Value width, bool stream) {
  constexpr unsigned unroll = 4;
  mlir::Type type = bytes == 16 ? e.vector(e.integer(64), 2 * tile)
                                : e.vector(e.integer(8 * bytes), tile);
  auto move = [&](Value x) {
    Value at = e.mul(x, int64_t(bytes));
    Value vector = e.load(type, e.offset(from, at), 1);
    if (stream)
      e.stream(vector, e.offset(to, at));
    else
      e.store(vector, e.offset(to, at), 1);
  };
  Value chunk = e.constant(unroll * tile);
  Value whole = e.mul(e.div(width, chunk), unroll * tile);
  e.loop(zero, whole, unroll * tile, [&](Value x) {
    for (unsigned i = 0; i < unroll; ++i)
      move(e.add(x, i * tile));
  });
  Value last = e.sub(width, e.constant(tile));
  e.loop(whole, width, tile, [&](Value x) { move(e.min(x, last)); });
}

void Permute::updateLine(Value to, Value from, Value width) {
  auto along = [&](Value begin, Value end, unsigned step) {
    e.loop(begin, end, step, [&](Value x) {
      update(e.offset(to, e.mul(x, int64_t(outBytes))),
             e.offset(from, e.mul(x, int64_t(bytes))), step);
    });
  };
  Value whole = e.mul(e.div(width, e.constant(tile)), tile);
  along(zero, whole, tile);
  if (tile > 1)
    along(whole, width, 1);
}

void Permute::copied(const Block &block, bool stream) {
  e.loop(zero, block.height, 1, [&](Value y) {
    Value to = e.offset(block.out, e.mul(y, out.y));
    Value from = e.offset(block.a, e.mul(y, a.y));
    if (stream)
      return moveLine(to, from, block.width, true);
    if (!moves())
      return updateLine(to, from, block.width);
    e.ifThenElse(
        isMove, [&] { moveLine(to, from, block.width, false); },
        [&] { updateLine(to, from, block.width); });
  });
}

/// Whether every vector of the output is a multiple of its size from address 0
/// and none overlaps another.
Value Permute::alignedLines(Value pointers) const {
  int64_t size = int64_t(tile) * outBytes;
  Value bits = e.either(e.loadIndex(pointers), out.y);
  bits = e.either(bits, e.mul(extentX, int64_t(outBytes)));
  bits = e.loop(zero, numOuter, one, {bits}, [&](Value i, ValuesRef carried) {
    Value record = e.offset(records, e.mul(i, int64_t(sizeof(LoopRecord))));
    return Values{e.either(carried[0], e.loadIndex(record, 8))};
  })[0];
  return e.equal(e.rem(bits, e.constant(size)), zero);
}

void Permute::emit(llvm::StringRef symbol) {
  mlir::Type pointer = e.pointer(), i64 = e.i64();
  Values args = e.beginFunction(symbol, {pointer, pointer, pointer, i64, i64},
                                {.exported = true});
  Value pointers = args[0], params = args[1], begin = args[3], end = args[4];
  scratch = args[2];
  zero = e.constant(0);
  one = e.constant(1);
  scalars = loadScalars(numbers, pointers, 1, params);
  if (moves())
    isMove = e.both(numbers.isOne(scalars.alpha), numbers.isZero(scalars.beta));

  // Records: outer, y, x.
  constexpr int64_t recordBytes = sizeof(LoopRecord);
  records = e.offset(params, 8 * GroupedHead);
  numOuter = e.loadIndex(params, 8 * GroupedNumBatch);
  Value recordY = e.offset(records, e.mul(numOuter, recordBytes));
  Value recordX = e.offset(recordY, recordBytes);
  extentX = e.loadIndex(recordX);
  extentY = e.loadIndex(recordY);
  bool contiguousX = !permute.transposes || tile > 1;
  bool contiguousY = permute.transposes && tile > 1;
  out.x = contiguousX ? e.constant(outBytes) : e.loadIndex(recordX, 8);
  out.y = e.loadIndex(recordY, 8);
  a.x = permute.transposes ? e.loadIndex(recordX, 16) : e.constant(bytes);
  a.y = contiguousY ? e.constant(bytes) : e.loadIndex(recordY, 16);

  auto run = [&](bool stream) {
    planes(begin, end, pointers, [&](const Block &block) {
      if (permute.transposes)
        transposed(block, stream);
      else
        copied(block, stream);
    });
  };
  e.ifThen(e.less(begin, end), [&] {
    if (!permute.stream || !moves())
      return run(false);
    e.ifThenElse(
        e.both(isMove, alignedLines(pointers)),
        [&] {
          run(true);
          e.fenceStreams();
        },
        [&] { run(false); });
  });
  e.endFunction();
}

} // namespace

void emitPermute(Emitter &emitter, const Schedule &schedule,
                 llvm::StringRef symbol) {
  Permute(emitter, schedule).emit(symbol);
}

} // namespace einc
