// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Walks over loop records: runs along the first record, where a line costs an
/// addition a pointer. Between runs, an odometer over the other records needs
/// no digits of its own, since the number of the run has them: a digit is 0
/// where the number divides, and the first that is not ends the carry.

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

Values Lines::at(Value index, ValuesRef origin) {
  return decode(e.constant(0), index, origin);
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

/// If `wraps`: the pointers at the start of run `run`, from those one step past
/// the end of the run before it.
Values Lines::carry(Value wraps, Value run, Value firstExtent,
                    ValuesRef pointers) {
  Values init = {e.constant(0), firstExtent, run};
  init.append(pointers.begin(), pointers.end());
  Values moved = e.loopWhile(wraps, init, [&](ValuesRef carried, Value &again) {
    Value ended = record(carried[0]);
    Value number = e.add(carried[0], 1);
    Value stepped = record(number);
    Value back = e.sub(e.constant(0), carried[1]);
    Value extent = e.loadIndex(stepped);
    Values next = {number, extent, e.div(carried[2], extent)};
    for (unsigned i = 0; i < pointers.size(); ++i) {
      Value bytes = e.add(e.mul(back, stride(ended, i)), stride(stepped, i));
      next.push_back(e.offset(carried[i + 3], bytes));
    }
    Value ends = e.equal(e.rem(carried[2], extent), e.constant(0));
    again = e.both(ends, e.less(e.add(number, 1), count));
    return next;
  });
  return Values(moved.begin() + 3, moved.end());
}

Values Lines::walk(Value begin, Value end, ValuesRef origin, ValuesRef init,
                   CarryingBody body) {
  Value zero = e.constant(0), one = e.constant(1);
  const unsigned numPointers = unsigned(origin.size());
  // Without a record there is one line; what is loaded instead, from the head
  // before the records, is not used.
  Value first = e.select(e.less(zero, count), records,
                         e.offset(records, -int64_t(sizeof(LoopRecord))));
  Value extent = e.max(e.loadIndex(first), one);
  Values strides;
  for (unsigned i = 0; i < numPointers; ++i)
    strides.push_back(stride(first, i));

  // Of a run: its number, its first line, its end, which may lie past the last
  // line; pointers.
  Values state = {zero, begin, extent};
  Values pointers(origin.begin(), origin.end());
  if (!e.isConstant(begin, 0)) {
    Value inner = e.rem(begin, extent);
    state[0] = e.div(begin, extent);
    state[2] = e.add(e.sub(begin, inner), extent);
    for (unsigned i = 0; i < numPointers; ++i)
      pointers[i] = e.offset(pointers[i], e.mul(inner, strides[i]));
    pointers = decode(one, state[0], pointers);
  }
  state.append(pointers.begin(), pointers.end());
  state.append(init.begin(), init.end());
  Values result =
      e.loopWhile(e.less(begin, end), state, [&](ValuesRef run, Value &again) {
        Value runEnd = run[2];
        Value start = e.sub(runEnd, extent);
        Values lines =
            e.loop(run[1], e.min(runEnd, end), one, run.drop_front(3),
                   [&](Value line, ValuesRef carried) {
                     ValuesRef now = carried.take_front(numPointers);
                     Values after = body(e.sub(line, start), now,
                                         carried.drop_front(numPointers));
                     Values next;
                     for (unsigned i = 0; i < numPointers; ++i)
                       next.push_back(e.offset(now[i], strides[i]));
                     next.append(after.begin(), after.end());
                     return next;
                   });
        again = e.less(runEnd, end);
        Value number = e.add(run[0], 1);
        Values moved = carry(again, number, extent,
                             ValuesRef(lines).take_front(numPointers));
        Values next = {number, runEnd, e.add(runEnd, extent)};
        next.append(moved.begin(), moved.end());
        next.append(lines.begin() + numPointers, lines.end());
        return next;
      });
  return Values(result.begin() + 3 + numPointers, result.end());
}

void Lines::walk(Value begin, Value end, ValuesRef origin, Body body) {
  walk(begin, end, origin, {}, [&](Value inner, ValuesRef pointers, ValuesRef) {
    body(inner, pointers);
    return Values{};
  });
}

} // namespace einc
