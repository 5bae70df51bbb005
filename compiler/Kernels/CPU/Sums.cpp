// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The function around row and column sums: lines of the output, and all loops
/// of k but the innermost.

#include "compiler/Kernels/CPU/Sums.h"

#include "compiler/Kernels/CPU/Lines.h"

namespace einc {

using llvm::function_ref;

static constexpr int64_t RecordBytes = sizeof(LoopRecord);

void SumKernel::emitFunction(
    llvm::StringRef symbol, int64_t unit,
    function_ref<void(Place start, Value first, Value last)> body) {
  mlir::Type pointer = e.pointer(), i64 = e.i64();
  Values args = e.beginFunction(symbol, {pointer, pointer, pointer, i64, i64},
                                {.exported = true});
  Value pointers = args[0], params = args[1], begin = args[3], end = args[4];
  scratch = args[2];
  zero = e.constant(0);
  one = e.constant(1);
  scalars = loadScalars(math, pointers, numOperands, params);

  Value numBatch = e.loadIndex(params, 8 * GroupedNumBatch);
  Value batch = e.offset(params, 8 * GroupedHead);
  Value line = e.offset(batch, e.mul(numBatch, RecordBytes));
  Value inner = e.offset(line, RecordBytes);
  if (form.nestedK) {
    outerK = e.offset(inner, RecordBytes);
    numOuterK = e.sub(e.loadIndex(params, 8 * GroupedNumK), one);
    outerDepth =
        e.loop(zero, numOuterK, one, {one}, [&](Value i, ValuesRef all) {
          Value record = e.offset(outerK, e.mul(i, RecordBytes));
          return Values{e.mul(all[0], e.loadIndex(record))};
        })[0];
  }
  lineExtent = e.loadIndex(line);
  depth = e.loadIndex(inner);
  Place base;
  for (unsigned t = 0; t <= numOperands; ++t) {
    base.push_back(e.loadPointer(pointers, 8 * t));
    lineStrides[t] = e.loadIndex(line, 8 * (t + 1));
    depthStrides[t] = e.loadIndex(inner, 8 * (t + 1));
  }

  // A line of nothing has no grains; none must divide by their number.
  auto roundUp = [&](Value number, Value by) {
    return e.div(e.sub(e.add(number, by), one), by);
  };
  Value grains = e.max(roundUp(lineExtent, e.constant(unit)), one);
  e.loop(e.div(begin, grains), roundUp(end, grains), 1, [&](Value index) {
    Value skipped = e.mul(index, grains);
    Value first = e.max(e.sub(begin, skipped), zero);
    Value last = e.min(e.sub(end, skipped), grains);
    body(Lines(e, batch, numBatch).at(index, base), first, last);
  });
  e.endFunction();
}

SumKernel::Values
SumKernel::forOuterK(const Place &start, ValuesRef init,
                     function_ref<Values(Place, ValuesRef)> body) {
  if (!form.nestedK)
    return body(start, init);
  return Lines(e, outerK, numOuterK, RoleA)
      .walk(zero, outerDepth, ValuesRef(start).drop_front(), init,
            [&](Value, ValuesRef operands, ValuesRef carried) {
              Place place = {start[RoleC]};
              place.append(operands.begin(), operands.end());
              return body(place, carried);
            });
}

} // namespace einc
