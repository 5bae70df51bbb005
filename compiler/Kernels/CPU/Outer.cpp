// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The outer family: pieces of lines along x, in vectors that fill a register
/// of the output's type. Where nothing is added to the output, an end that
/// fills none is stored by a vector that overlaps the one before.

#include "compiler/Kernels/CPU/Arithmetic.h"
#include "compiler/Kernels/CPU/Families.h"
#include "compiler/Kernels/CPU/Lines.h"

#include <algorithm>

namespace einc {

using Values = Emitter::Values;
using ValuesRef = Emitter::ValuesRef;
using mlir::Value;

namespace {

class Outer {
public:
  Outer(Emitter &emitter, const Schedule &schedule)
      : e(emitter), math(emitter, schedule.types.compute()),
        outer(schedule.outer), types(schedule.types),
        width(emitter.lanes(realType(types.output))),
        unit(int64_t(elementBytes(types.output))) {}
  void emit(llvm::StringRef symbol);

private:
  enum class Store { Cached, Streamed };

  Number value(Value x, unsigned lanes);
  Value place(Value x) { return e.offset(base[0], e.mul(x, unit)); }
  void overwrite(Value x, Store store);
  void emitLines(Lines lines, Value begin, Value end, ValuesRef origin);
  void emitPiece(Value count);
  void overwritePiece(Value count);
  void overwriteFrom(Value first, Value count, Store store);
  void streamPiece(Value count);
  void blendPiece(Value count);
  void emitSingly(Value first, Value count);

  Emitter &e;
  Arithmetic math;
  const OuterSchedule &outer;
  const StepTypes &types;
  const unsigned width; ///< of a vector: its register holds the output's type
  const int64_t unit;   ///< bytes of an element of the output
  Value zero, one;
  KernelScalars scalars;
  Value extent, pieces; ///< of a line
  Value base[3];        ///< pointers of the current piece
};

/// alpha * product at [x, x + lanes) of the piece.
Number Outer::value(Value x, unsigned lanes) {
  Number product;
  for (unsigned i = 0; i < outer.numOperands; ++i) {
    ElementType stored = types.operands[i];
    Value pointer = base[i + 1];
    Number factor =
        outer.contiguous[i]
            ? math.load(
                  stored,
                  e.offset(pointer, e.mul(x, int64_t(elementBytes(stored)))),
                  lanes, types.conjugate[i])
            : math.loadSplat(stored, pointer, lanes, types.conjugate[i]);
    product = i == 0 ? factor : math.mul(product, factor);
  }
  return math.scale(math.splat(scalars.alpha, lanes), product);
}

void Outer::overwrite(Value x, Store store) {
  math.store(value(x, width), types.output, place(x), store == Store::Streamed);
}

/// Elements [first, count) of the piece, at least a vector of them.
void Outer::overwriteFrom(Value first, Value count, Store store) {
  // Four registers in flight.
  unsigned registers = std::max(width / math.lanes(), 1u) * math.parts();
  unsigned unroll = std::max(4 / registers, 1u);
  Value step = e.constant(int64_t(width)), many = e.mul(step, unroll);
  // Positions where so many elements fit.
  Value ones = e.add(e.sub(count, step), 1);
  Value next = first;
  if (unroll > 1) {
    Values last = e.loop(first, e.sub(ones, e.sub(many, step)), many, {first},
                         [&](Value x, ValuesRef) {
                           for (unsigned i = 0; i < unroll; ++i)
                             overwrite(e.add(x, int64_t(i) * width), store);
                           return Values{e.add(x, many)};
                         });
    next = last[0];
  }
  next = e.loop(next, ones, step, {next}, [&](Value x, ValuesRef) {
    overwrite(x, store);
    return Values{e.add(x, step)};
  })[0];
  e.ifThen(e.less(next, count),
           [&] { overwrite(e.sub(count, step), Store::Cached); });
}

/// From the first multiple of a register's bytes on; what is before it, by a
/// vector that overlaps.
void Outer::streamPiece(Value count) {
  int64_t bytes = e.target().vectorBytes();
  Value address = e.address(base[0]);
  Value skipped = e.both(e.sub(zero, address), e.constant(bytes - 1));
  // Complex numbers may be aligned to their parts only.
  e.ifThenElse(
      e.equal(e.rem(skipped, e.constant(unit)), zero),
      [&] {
        overwrite(zero, Store::Cached);
        overwriteFrom(e.div(skipped, e.constant(unit)), count, Store::Streamed);
      },
      [&] { overwriteFrom(zero, count, Store::Cached); });
}

void Outer::overwritePiece(Value count) {
  // What is skipped must leave a vector.
  if (outer.stream)
    e.ifThenElse(
        e.less(count, e.constant(2 * int64_t(width))),
        [&] { overwriteFrom(zero, count, Store::Cached); },
        [&] { streamPiece(count); });
  else
    overwriteFrom(zero, count, Store::Cached);
}

/// Adds beta * out.
void Outer::blendPiece(Value count) {
  Value step = e.constant(int64_t(width));
  Value whole = e.mul(e.div(count, step), step);
  e.loop(zero, whole, width, [&](Value x) {
    Number old = math.load(types.output, place(x), width);
    Number sum =
        math.blend(math.splat(scalars.beta, width), old, value(x, width));
    math.store(sum, types.output, place(x));
  });
  emitSingly(whole, count);
}

void Outer::emitSingly(Value first, Value count) {
  e.loop(first, count, 1, [&](Value x) {
    Number number = value(x, 1);
    e.ifThenElse(
        math.isZero(scalars.beta),
        [&] { math.store(number, types.output, place(x)); },
        [&] {
          Number old = math.load(types.output, place(x));
          math.store(math.blend(scalars.beta, old, number), types.output,
                     place(x));
        });
  });
}

void Outer::emitPiece(Value count) {
  e.ifThenElse(
      e.less(count, e.constant(int64_t(width))),
      [&] { emitSingly(zero, count); },
      [&] {
        e.ifThenElse(
            math.isZero(scalars.beta), [&] { overwritePiece(count); },
            [&] { blendPiece(count); });
      });
}

/// Grains [begin, end): of each line the pieces that are among them, at once.
void Outer::emitLines(Lines lines, Value begin, Value end, ValuesRef origin) {
  Value firstLine = e.div(begin, pieces);
  Value lastLine = e.div(e.add(end, e.sub(pieces, one)), pieces);
  Values init = {e.mul(firstLine, pieces)};
  lines.walk(firstLine, lastLine, origin, init,
             [&](Value, ValuesRef now, ValuesRef grain) {
               Value length = e.constant(OuterSchedule::pieceLength);
               Value from = e.max(e.sub(begin, grain[0]), zero);
               Value to = e.min(e.sub(end, grain[0]), pieces);
               Value start = e.mul(from, length);
               // The last piece takes the rest.
               Value stop =
                   e.select(e.equal(to, pieces), extent, e.mul(to, length));
               for (unsigned t = 0; t < now.size(); ++t)
                 base[t] = t > 0 && !outer.contiguous[t - 1]
                               ? now[t]
                               : e.offset(now[t], e.mul(start, types.unit(t)));
               emitPiece(e.sub(stop, start));
               return Values{e.add(grain[0], pieces)};
             });
}

void Outer::emit(llvm::StringRef symbol) {
  mlir::Type pointer = e.pointer(), i64 = e.i64();
  Values args = e.beginFunction(symbol, {pointer, pointer, pointer, i64, i64},
                                {.exported = true});
  Value pointers = args[0], params = args[1];
  zero = e.constant(0);
  one = e.constant(1);
  scalars = loadScalars(math, pointers, outer.numOperands, params);
  Values origin;
  for (unsigned t = 0; t <= outer.numOperands; ++t)
    origin.push_back(e.loadPointer(pointers, 8 * t));

  Value records = e.offset(params, 8 * GroupedHead);
  Value numRecords = e.loadIndex(params, 8 * GroupedNumM);
  extent = e.loadIndex(
      e.offset(records, e.mul(numRecords, int64_t(sizeof(LoopRecord)))));
  pieces = e.max(e.div(extent, e.constant(OuterSchedule::pieceLength)), one);
  emitLines(Lines(e, records, numRecords), args[3], args[4], origin);
  if (outer.stream)
    e.fenceStreams();
  e.endFunction();
}

} // namespace

void emitOuter(Emitter &emitter, const Schedule &schedule,
               llvm::StringRef symbol) {
  Outer(emitter, schedule).emit(symbol);
}

} // namespace einc
