// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Tables of offsets: from loop records to one entry an index.

#include "compiler/Kernels/CPU/Gemm.h"

namespace einc {

using Values = Emitter::Values;
using ValuesRef = Emitter::ValuesRef;
using mlir::Value;

/// `.fill(table, count, first, stride)`: table[i] = first + i * stride.
/// Compiled without optimisation, so it writes whole vectors; the last may run
/// past the count, which the tables allow for.
static void emitFill(const GemmKernel &kernel) {
  Emitter &e = kernel.e;
  mlir::Type i64 = e.i64();
  Values args = e.beginFunction(kernel.part("fill"),
                                {e.pointer(), i64, i64, i64}, {.cold = true});
  Value table = args[0], count = args[1], first = args[2], stride = args[3];
  unsigned lanes = e.target().vectorBytes() / 8;
  Value steps = e.iota(lanes, stride);
  Value ahead = e.mul(stride, lanes);
  e.loop(e.constant(0), count, e.constant(lanes), {first},
         [&](Value i, ValuesRef carried) {
           Value entry = e.add(e.splat(carried[0], lanes), steps);
           e.store(entry, e.offset(table, e.mul(i, 8)), 8);
           return Values{e.add(carried[0], ahead)};
         });
  e.endFunction();
}

void emitOffsets(const GemmKernel &kernel) {
  emitFill(kernel);
  Emitter &e = kernel.e;
  mlir::Type pointer = e.pointer(), i64 = e.i64();
  Values args = e.beginFunction(
      kernel.part("offsets"),
      {pointer, i64, i64, i64, i64, i64, i64, i64, pointer, pointer},
      {.cold = true});
  Value records = args[0], numRecords = args[1], start = args[2],
        entries = args[3], paddedEntries = args[4], paddedRun = args[5],
        xField = args[6], yField = args[7], xTable = args[8], yTable = args[9];
  Value zero = e.constant(0), one = e.constant(1), word = e.constant(8);
  constexpr int64_t recordBytes = sizeof(LoopRecord);

  Value run = e.loadIndex(records);
  Value xStride = e.loadIndex(e.offset(records, xField));
  Value yStride = e.loadIndex(e.offset(records, yField));
  Value none = e.constant(NoOffset);

  auto fill = [&](Value table, Value at, Value count, Value first,
                  Value stride) {
    e.call(kernel.part("fill"),
           {e.offset(table, e.mul(at, word)), count, first, stride});
  };

  // One iteration a run of the innermost loop, or part of one.
  Value end = e.add(start, entries);
  e.loop(e.div(start, paddedRun),
         e.div(e.add(end, e.sub(paddedRun, one)), paddedRun), 1,
         [&](Value number) {
           Value runStart = e.mul(number, paddedRun);
           Value from = e.max(start, runStart);
           Value to = e.min(end, e.add(runStart, paddedRun));
           Values outer = e.loop(
               one, numRecords, one, {number, zero, zero},
               [&](Value i, ValuesRef carried) {
                 Value record = e.offset(records, e.mul(i, recordBytes));
                 Value extent = e.loadIndex(record);
                 Value index = e.rem(carried[0], extent);
                 auto along = [&](Value field) {
                   return e.mul(index, e.loadIndex(e.offset(record, field)));
                 };
                 return Values{e.div(carried[0], extent),
                               e.add(carried[1], along(xField)),
                               e.add(carried[2], along(yField))};
               });
           Value place = e.sub(from, runStart);
           Value at = e.sub(from, start);
           Value valid = e.max(e.min(e.sub(to, from), e.sub(run, place)), zero);
           Value x = e.add(outer[1], e.mul(place, xStride));
           Value y = e.add(outer[2], e.mul(place, yStride));
           fill(xTable, at, valid, x, xStride);
           fill(yTable, at, valid, y, yStride);
           Value last = e.add(outer[1], e.mul(e.sub(run, one), xStride));
           Value padding = e.sub(e.sub(to, from), valid);
           fill(xTable, e.add(at, valid), padding, last, zero);
           fill(yTable, e.add(at, valid), padding, none, zero);
         });

  e.ifThen(e.less(entries, paddedEntries), [&] {
    Value lastEntry = e.offset(xTable, e.mul(e.sub(entries, one), word));
    Value padding = e.sub(paddedEntries, entries);
    fill(xTable, entries, padding, e.loadIndex(lastEntry), zero);
    fill(yTable, entries, padding, none, zero);
  });
  e.endFunction();
}

void emitRuns(const GemmKernel &kernel) {
  Emitter &e = kernel.e;
  mlir::Type pointer = e.pointer(), i64 = e.i64();
  Values args = e.beginFunction(
      kernel.part("runs"), {pointer, i64, i64, i64, pointer}, {.cold = true});
  Value table = args[0], groups = args[1], width = args[2], unit = args[3],
        flags = args[4];
  Value zero = e.constant(0), one = e.constant(1);
  e.loop(zero, groups, 1, [&](Value group) {
    Value first = e.offset(table, e.mul(e.mul(group, width), 8));
    // Every neighbour is looked at: the ends alone can lie right by chance,
    // as those of a transposed 8 x 8 block do.
    Value start = zero;
    // One entry alone is no padding only if it is not marked as that.
    if (kernel.chunk == 1)
      start = e.select(e.equal(e.loadIndex(first), e.constant(NoOffset)), one,
                       zero);
    Values wrong =
        e.loop(one, width, one, {start}, [&](Value i, ValuesRef carried) {
          Value entry = e.offset(first, e.mul(i, 8));
          Value distance = e.sub(e.loadIndex(entry), e.loadIndex(entry, -8));
          Value bad = e.select(e.notEqual(distance, unit), one, zero);
          return Values{e.either(carried[0], bad)};
        });
    e.store(e.sub(one, wrong[0]), e.offset(flags, e.mul(group, 8)), 8);
  });
  e.endFunction();
}

} // namespace einc
