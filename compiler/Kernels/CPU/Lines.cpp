// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Walks over loop records: runs along the first one, and between runs an
/// odometer over the others that keeps no digits. The linear index has them: a
/// digit is 0 where the index divides, and the first that is not ends a carry.

#include "compiler/Kernels/CPU/Lines.h"
#include "compiler/Schedule/KernelLayout.h"

namespace einc {

using Values = Emitter::Values;
using ValuesRef = Emitter::ValuesRef;
using mlir::Value;

Value Lines::record(Value number) {
  return e.offset(records, e.mul(number, int64_t(sizeof(LoopRecord))));
}

/// Of the tensor that pointer number `pointer` is of.
Value Lines::stride(Value record, unsigned pointer) {
  return e.loadIndex(record, 8 * int64_t(firstTensor + pointer + 1));
}

/// The pointers at an index over records [first, count).
Values Lines::decode(Value first, Value index, ValuesRef origin) {
  Values init = {index};
  init.append(origin.begin(), origin.end());
  Values at = e.loop(first, count, e.constant(1), init,
                     [&](Value number, ValuesRef carried) {
                       Value now = record(number);
                       Value extent = e.loadIndex(now);
                       Value digit = e.rem(carried[0], extent);
                       Values next = {e.div(carried[0], extent)};
                       for (unsigned i = 0; i < origin.size(); ++i)
                         next.push_back(e.offset(carried[i + 1],
                                                 e.mul(digit, stride(now, i))));
                       return next;
                     });
  return Values(at.begin() + 1, at.end());
}

Values Lines::at(Value index, ValuesRef origin) {
  return decode(e.constant(0), index, origin);
}

/// The pointers at `index` over records [1, count), from those at index - 1.
Values Lines::carry(Value index, ValuesRef pointers) {
  Value one = e.constant(1);
  Values init = {one, index};
  init.append(pointers.begin(), pointers.end());
  Values moved = e.loopWhile(
      e.less(one, count), init, [&](ValuesRef carried, Value &again) {
        Value now = record(carried[0]), rest = carried[1];
        Value extent = e.loadIndex(now);
        Value wraps = e.equal(e.rem(rest, extent), e.constant(0));
        Value steps = e.select(wraps, e.sub(one, extent), one);
        Values next = {e.add(carried[0], 1), e.div(rest, extent)};
        for (unsigned i = 0; i < pointers.size(); ++i)
          next.push_back(
              e.offset(carried[i + 2], e.mul(steps, stride(now, i))));
        again = e.both(wraps, e.less(next[0], count));
        return next;
      });
  return Values(moved.begin() + 2, moved.end());
}

Values Lines::walk(Value begin, Value end, ValuesRef origin, ValuesRef init,
                   CarryingBody body) {
  Value zero = e.constant(0), one = e.constant(1);
  // Without a record runs have one line. What is loaded instead of its extent
  // and strides is not used; params are never empty.
  Value exists = e.less(zero, count);
  Value extent = e.select(
      exists,
      e.loadIndex(e.select(exists, records, e.offset(records, int64_t(-8)))),
      one);
  // Runs of no lines are never walked, but counted.
  extent = e.max(extent, one);
  Values strides;
  for (unsigned i = 0; i < origin.size(); ++i) {
    Value place =
        e.select(exists, e.offset(records, 8 * int64_t(firstTensor + i + 1)),
                 e.offset(records, int64_t(-8)));
    strides.push_back(e.select(exists, e.loadIndex(place), zero));
  }
  Value firstRun = e.div(begin, extent);
  Value lastRun = e.div(e.add(end, e.sub(extent, one)), extent);
  Values state = decode(one, firstRun, origin);
  unsigned numPointers = unsigned(origin.size());
  state.append(init.begin(), init.end());
  Values result =
      e.loop(firstRun, lastRun, one, state, [&](Value run, ValuesRef carried) {
        ValuesRef start = carried.take_front(numPointers);
        Value line = e.mul(run, extent);
        Value from = e.max(e.sub(begin, line), zero);
        Value to = e.min(e.sub(end, line), extent);
        Values inside;
        for (unsigned i = 0; i < numPointers; ++i)
          inside.push_back(e.offset(start[i], e.mul(from, strides[i])));
        inside.append(carried.begin() + numPointers, carried.end());
        Values after =
            e.loop(from, to, one, inside, [&](Value inner, ValuesRef now) {
              Values next;
              for (unsigned i = 0; i < numPointers; ++i)
                next.push_back(e.offset(now[i], strides[i]));
              next.append(body(inner, now.take_front(numPointers),
                               now.drop_front(numPointers)));
              return next;
            });
        Values next = carry(e.add(run, 1), start);
        next.append(after.begin() + numPointers, after.end());
        return next;
      });
  return Values(result.begin() + numPointers, result.end());
}

void Lines::walk(Value begin, Value end, ValuesRef origin, Body body) {
  walk(begin, end, origin, {}, [&](Value inner, ValuesRef pointers, ValuesRef) {
    body(inner, pointers);
    return Values{};
  });
}

} // namespace einc
