// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The general family. One line along x at a time; each element, or vector of
/// elements, of the line is a sum over the reduction loops. All loops but x and
/// r (the innermost of each kind) are one linear index, decoded by division.

#include "compiler/Kernels/CPU/Families.h"

namespace einc {

using Values = Emitter::Values;
using ValuesRef = Emitter::ValuesRef;
using Vectorize = GeneralSchedule::Vectorize;
using llvm::function_ref;
using mlir::Value;

namespace {

constexpr int64_t RecordBytes = sizeof(LoopRecord);

class General {
public:
  General(Emitter &emitter, const Schedule &schedule)
      : e(emitter), general(schedule.general),
        element(emitter.element(schedule.types.output)),
        bytes(elementBytes(schedule.types.output)),
        lanes(emitter.lanes(schedule.types.output)) {}
  void emit(llvm::StringRef symbol);

private:
  /// Partial sums along r that do not wait for each other.
  static constexpr unsigned Chains = 4;

  /// The pointers of a place: output, operand 0, operand 1.
  using Place = Values;

  Place decode(Value records, Value first, Value count, Value index,
               Place place, unsigned tensors);
  Place advance(const Place &place, Value record, Value index,
                unsigned firstTensor);
  Value product(const Place &place, unsigned width, bool alongR);
  Value accumulate(Value sum, const Place &place, unsigned width, bool alongR);
  Value value(const Place &place, unsigned width);
  Value reduceInner(Value sum, const Place &place, unsigned width);
  void finish(Value sum, Value pointer, unsigned width);

  Emitter &e;
  const GeneralSchedule &general;
  const mlir::Type element;
  const unsigned bytes;
  const unsigned lanes;
  Value zero, one, alpha, beta;
  Value reductionRecords, numReduction, reductionOuter;
};

mlir::Type typeOf(Emitter &e, mlir::Type element, unsigned width) {
  return width == 1 ? element : e.vector(element, width);
}

/// The place moved by `index` along one record.
General::Place General::advance(const Place &place, Value record, Value index,
                                unsigned firstTensor) {
  Place moved = place;
  for (unsigned t = firstTensor; t < place.size(); ++t)
    moved[t] =
        e.offset(place[t], e.mul(index, e.loadIndex(record, 8 * (t + 1))));
  return moved;
}

/// The place at a linear index over records [first, count).
General::Place General::decode(Value records, Value first, Value count,
                               Value index, Place place, unsigned firstTensor) {
  Values init = {index};
  init.append(place.begin(), place.end());
  Values at = e.loop(first, count, one, init, [&](Value i, ValuesRef carried) {
    Value record = e.offset(records, e.mul(i, RecordBytes));
    Value extent = e.loadIndex(record);
    Place now(carried.begin() + 1, carried.end());
    now = advance(now, record, e.rem(carried[0], extent), firstTensor);
    Values next = {e.div(carried[0], extent)};
    next.append(now.begin(), now.end());
    return next;
  });
  return Place(at.begin() + 1, at.end());
}

/// The product of the operands at a place, `width` elements of it. A constant
/// operand is loaded once and splat.
Value General::product(const Place &place, unsigned width, bool alongR) {
  Value result;
  bool vectorized = general.vectorize == (alongR ? Vectorize::R : Vectorize::X);
  for (unsigned i = 0; i < general.numOperands; ++i) {
    Value factor;
    if (width > 1 && vectorized && general.contiguous[i])
      factor = e.load(typeOf(e, element, width), place[i + 1], bytes);
    else
      factor = e.splat(e.load(element, place[i + 1], bytes), width);
    result = result ? e.fmul(result, factor) : factor;
  }
  return result;
}

/// sum + product, fused where there are two factors.
Value General::accumulate(Value sum, const Place &place, unsigned width,
                          bool alongR) {
  if (general.numOperands != 2)
    return e.fadd(sum, product(place, width, alongR));
  bool vectorized = general.vectorize == (alongR ? Vectorize::R : Vectorize::X);
  Value factors[2];
  for (unsigned i = 0; i < 2; ++i)
    factors[i] = width > 1 && vectorized && general.contiguous[i]
                     ? e.load(typeOf(e, element, width), place[i + 1], bytes)
                     : e.splat(e.load(element, place[i + 1], bytes), width);
  return e.fma(factors[0], factors[1], sum);
}

/// sum over r of the products at `place`, added to `sum`.
Value General::reduceInner(Value sum, const Place &place, unsigned width) {
  Value extent = e.loadIndex(reductionRecords);
  Values strides;
  for (unsigned t = 1; t < place.size(); ++t)
    strides.push_back(e.loadIndex(reductionRecords, 8 * (t + 1)));
  auto at = [&](Value r) {
    Place moved = place;
    for (unsigned t = 1; t < place.size(); ++t)
      moved[t] = e.offset(place[t], e.mul(r, strides[t - 1]));
    return moved;
  };
  auto scalars = [&](Value from, Value start) {
    Values init = {start};
    Place first = at(from);
    init.append(first.begin() + 1, first.end());
    return e.loop(from, extent, one, init, [&](Value, ValuesRef carried) {
      Place now = place;
      Values next;
      for (unsigned t = 1; t < place.size(); ++t)
        now[t] = carried[t];
      next.push_back(accumulate(carried[0], now, width, false));
      for (unsigned t = 1; t < place.size(); ++t)
        next.push_back(e.offset(carried[t], strides[t - 1]));
      return next;
    })[0];
  };
  if (general.vectorize != Vectorize::R)
    return scalars(zero, sum);

  mlir::Type vector = e.vector(element, lanes);
  Value whole =
      e.mul(e.div(extent, e.constant(Chains * lanes)), Chains * lanes);
  Values chains(Chains, e.zero(vector));
  chains = e.loop(
      zero, whole, e.constant(Chains * lanes), chains,
      [&](Value r, ValuesRef carried) {
        Values next;
        for (unsigned i = 0; i < Chains; ++i)
          next.push_back(accumulate(
              carried[i], at(e.add(r, int64_t(i) * lanes)), lanes, true));
        return next;
      });
  Value total =
      e.fadd(e.fadd(chains[0], chains[1]), e.fadd(chains[2], chains[3]));
  return scalars(whole, e.fadd(sum, e.sum(total)));
}

/// The value of one output element, or of `width` along x.
Value General::value(const Place &place, unsigned width) {
  Value nothing = e.zero(typeOf(e, element, width));
  if (general.numOperands == 0)
    return nothing;
  if (!general.reduces)
    return product(place, width, false);
  return e.loop(zero, reductionOuter, one, {nothing},
                [&](Value index, ValuesRef carried) {
                  Place at = decode(reductionRecords, one, numReduction, index,
                                    place, 1);
                  return Values{reduceInner(carried[0], at, width)};
                })[0];
}

void General::finish(Value sum, Value pointer, unsigned width) {
  mlir::Type type = typeOf(e, element, width);
  Value scaled = e.fmul(e.splat(alpha, width), sum);
  e.ifThenElse(
      e.isZero(beta), [&] { e.store(scaled, pointer, bytes); },
      [&] {
        Value old = e.load(type, pointer, bytes);
        e.store(e.fma(e.splat(beta, width), old, scaled), pointer, bytes);
      });
}

void General::emit(llvm::StringRef symbol) {
  mlir::Type pointer = e.pointer(), i64 = e.i64();
  Values args = e.beginFunction(symbol, {pointer, pointer, pointer, i64, i64},
                                {.exported = true});
  Value pointers = args[0], params = args[1], begin = args[3], end = args[4];
  zero = e.constant(0);
  one = e.constant(1);
  Value scalars = e.loadPointer(pointers, 8 * (general.numOperands + 1));
  alpha = e.load(element, scalars, bytes);
  beta = e.load(element, e.offset(scalars, int64_t(bytes)), bytes);
  Value accumulates =
      e.notEqual(e.loadIndex(params, 8 * GeneralAccumulate), zero);
  beta = e.select(accumulates, e.one(element), beta);

  Value numOutput = e.loadIndex(params, 8 * GeneralNumOutput);
  numReduction = e.loadIndex(params, 8 * GeneralNumReduction);
  reductionOuter = e.loadIndex(params, 8 * GeneralReductionOuter);
  Value outputRecords = e.offset(params, 8 * GeneralHead);
  reductionRecords = e.offset(outputRecords, e.mul(numOutput, RecordBytes));
  Value extent = e.loadIndex(outputRecords);
  Place base;
  for (unsigned t = 0; t <= general.numOperands; ++t)
    base.push_back(e.loadPointer(pointers, 8 * t));

  e.loop(begin, end, 1, [&](Value line) {
    Place start = decode(outputRecords, one, numOutput, line, base, 0);
    auto along = [&](Value from, Value to, unsigned width) {
      e.loop(from, to, width, [&](Value x) {
        Place place = advance(start, outputRecords, x, 0);
        finish(value(place, width), place[0], width);
      });
    };
    if (general.vectorize != Vectorize::X)
      return along(zero, extent, 1);
    Value whole = e.mul(e.div(extent, e.constant(lanes)), lanes);
    along(zero, whole, lanes);
    along(whole, extent, 1);
  });
  e.endFunction();
}

} // namespace

void emitGeneral(Emitter &emitter, const Schedule &schedule,
                 llvm::StringRef symbol) {
  General(emitter, schedule).emit(symbol);
}

} // namespace einc
