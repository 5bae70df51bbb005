// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The general family. One line along x at a time; each element, or vector of
/// elements, of the line is a sum over the reduction loops: lines along r, the
/// innermost of them.

#include "compiler/Kernels/CPU/Arithmetic.h"
#include "compiler/Kernels/CPU/Families.h"
#include "compiler/Kernels/CPU/Lines.h"

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
      : e(emitter), math(emitter, schedule.types.compute()),
        general(schedule.general), types(schedule.types), lanes(math.lanes()) {}
  void emit(llvm::StringRef symbol);

private:
  /// Partial sums along r that do not wait for each other.
  static constexpr unsigned Chains = 4;

  Values strides(Value record, unsigned firstTensor);
  Values moved(ValuesRef pointers, ValuesRef strides, Value index);
  Number operand(unsigned number, ValuesRef operands, unsigned width,
                 bool along);
  Number accumulate(Number sum, ValuesRef operands, unsigned width, bool along);
  Number product(ValuesRef operands, unsigned width);
  Number value(ValuesRef operands, unsigned width);
  Number reduceLine(Number sum, ValuesRef operands, unsigned width);
  void emitLine(ValuesRef pointers);
  void emitElements(Value from, Value to, ValuesRef pointers, unsigned width);

  Emitter &e;
  Arithmetic math;
  const GeneralSchedule &general;
  const StepTypes &types;
  const unsigned lanes;
  Value zero, one;
  KernelScalars scalars;
  Value extent, reductionExtent; ///< of x and of r
  Values lineStrides, reductionStrides;
  Value outerReductions, numOuterReductions, reductionLines;
};

/// Strides of a record, from those of `firstTensor` on.
Values General::strides(Value record, unsigned firstTensor) {
  Values result;
  for (unsigned t = firstTensor; t <= general.numOperands; ++t)
    result.push_back(e.loadIndex(record, 8 * int64_t(t + 1)));
  return result;
}

Values General::moved(ValuesRef pointers, ValuesRef strides, Value index) {
  Values result;
  for (unsigned i = 0; i < pointers.size(); ++i)
    result.push_back(e.offset(pointers[i], e.mul(index, strides[i])));
  return result;
}

/// `width` elements of an operand; `along` the loop that is vectorised, or else
/// one element for all lanes.
Number General::operand(unsigned number, ValuesRef operands, unsigned width,
                        bool along) {
  ElementType stored = types.operands[number];
  bool conjugate = types.conjugate[number];
  if (along && width > 1 && general.contiguous[number])
    return math.load(stored, operands[number], width, conjugate);
  return math.loadSplat(stored, operands[number], width, conjugate);
}

/// sum + the product of the operands, fused where there are two.
Number General::accumulate(Number sum, ValuesRef operands, unsigned width,
                           bool along) {
  Number first = operand(0, operands, width, along);
  if (general.numOperands == 1)
    return math.add(sum, first);
  return math.fma(first, operand(1, operands, width, along), sum);
}

Number General::product(ValuesRef operands, unsigned width) {
  Number first = operand(0, operands, width, true);
  if (general.numOperands == 1)
    return first;
  return math.mul(first, operand(1, operands, width, true));
}

/// `sum` and the products of one line along r.
Number General::reduceLine(Number sum, ValuesRef operands, unsigned width) {
  bool alongX = general.vectorize == Vectorize::X;
  auto singly = [&](Value from, Number start) {
    Values init;
    math.append(init, start);
    Values first = moved(operands, reductionStrides, from);
    init.append(first.begin(), first.end());
    unsigned parts = math.parts();
    Values last =
        e.loop(from, reductionExtent, one, init, [&](Value, ValuesRef carried) {
          ValuesRef now = carried.drop_front(parts);
          Values next;
          math.append(next,
                      accumulate(math.take(carried, 0), now, width, alongX));
          Values after = moved(now, reductionStrides, one);
          next.append(after.begin(), after.end());
          return next;
        });
    return math.take(last, 0);
  };
  if (general.vectorize != Vectorize::R)
    return singly(zero, sum);

  Value step = e.constant(Chains * lanes);
  Value whole = e.mul(e.div(reductionExtent, step), step);
  Values chains;
  for (unsigned i = 0; i < Chains; ++i)
    math.append(chains, math.zero(lanes));
  unsigned parts = math.parts();
  chains = e.loop(zero, whole, step, chains, [&](Value r, ValuesRef carried) {
    Values next;
    for (unsigned i = 0; i < Chains; ++i) {
      Values at =
          moved(operands, reductionStrides, e.add(r, int64_t(i) * lanes));
      math.append(next,
                  accumulate(math.take(carried, i * parts), at, lanes, true));
    }
    return next;
  });
  Number pairs[2];
  for (unsigned i = 0; i < 2; ++i)
    pairs[i] = math.add(math.take(chains, 2 * i * parts),
                        math.take(chains, (2 * i + 1) * parts));
  Number total = math.sum(math.add(pairs[0], pairs[1]));
  return singly(whole, math.add(sum, total));
}

/// The value of one output element, or of `width` along x.
Number General::value(ValuesRef operands, unsigned width) {
  if (general.numOperands == 0)
    return math.zero(width);
  if (!general.reduces)
    return product(operands, width);
  if (!general.nested)
    return reduceLine(math.zero(width), operands, width);
  Values init;
  math.append(init, math.zero(width));
  Lines lines(e, outerReductions, numOuterReductions, RoleA);
  Values sum = lines.walk(
      zero, reductionLines, operands, init,
      [&](Value, ValuesRef pointers, ValuesRef carried) {
        Values next;
        math.append(next, reduceLine(math.take(carried, 0), pointers, width));
        return next;
      });
  return math.take(sum, 0);
}

/// Elements [from, to) of a line, `width` at a time.
void General::emitElements(Value from, Value to, ValuesRef pointers,
                           unsigned width) {
  Value step = e.constant(width);
  e.loop(from, to, step, moved(pointers, lineStrides, from),
         [&](Value, ValuesRef now) {
           math.update(value(now.drop_front(), width), scalars.alpha,
                       scalars.beta, types.output, now[0], width);
           return moved(now, lineStrides, step);
         });
}

void General::emitLine(ValuesRef pointers) {
  if (general.vectorize != Vectorize::X)
    return emitElements(zero, extent, pointers, 1);
  Value whole = e.mul(e.div(extent, e.constant(lanes)), lanes);
  emitElements(zero, whole, pointers, lanes);
  emitElements(whole, extent, pointers, 1);
}

void General::emit(llvm::StringRef symbol) {
  mlir::Type pointer = e.pointer(), i64 = e.i64();
  Values args = e.beginFunction(symbol, {pointer, pointer, pointer, i64, i64},
                                {.exported = true});
  Value pointers = args[0], params = args[1];
  zero = e.constant(0);
  one = e.constant(1);
  scalars = loadScalars(math, pointers, general.numOperands, params);
  Values origin;
  for (unsigned t = 0; t <= general.numOperands; ++t)
    origin.push_back(e.loadPointer(pointers, 8 * t));

  Value output = e.offset(params, 8 * GeneralHead);
  Value numOutput = e.loadIndex(params, 8 * GeneralNumOutput);
  extent = e.loadIndex(output);
  lineStrides = strides(output, RoleC);
  Value reduction = e.offset(output, e.mul(numOutput, RecordBytes));
  if (general.reduces) {
    reductionExtent = e.loadIndex(reduction);
    reductionStrides = strides(reduction, RoleA);
  }
  if (general.nested) {
    outerReductions = e.offset(reduction, RecordBytes);
    numOuterReductions =
        e.sub(e.loadIndex(params, 8 * GeneralNumReduction), one);
    reductionLines = e.loadIndex(params, 8 * GeneralReductionOuter);
  }
  Lines lines(e, e.offset(output, RecordBytes), e.sub(numOutput, one));
  lines.walk(args[3], args[4], origin,
             [&](Value, ValuesRef now) { emitLine(now); });
  e.endFunction();
}

} // namespace

void emitGeneral(Emitter &emitter, const Schedule &schedule,
                 llvm::StringRef symbol) {
  General(emitter, schedule).emit(symbol);
}

} // namespace einc
