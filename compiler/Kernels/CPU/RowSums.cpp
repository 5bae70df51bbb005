// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Row sums: vectors along the innermost k in several chains that do not wait
/// for each other, then what is left in shorter vectors, then one by one.

#include "compiler/Kernels/CPU/Sums.h"

namespace einc {

namespace {

class RowSums : SumKernel {
public:
  RowSums(Emitter &emitter, const Schedule &schedule, const SumForm &form,
          unsigned rows)
      : SumKernel(emitter, schedule, form), rows(rows),
        width(form.vectors ? math.lanes() : 1),
        chains(8 / math.parts() / rows) {}

  void emit(llvm::StringRef symbol) {
    emitFunction(symbol, rows, [&](Place start, Value first, Value last) {
      e.loop(first, last, 1, [&](Value grain) { emitGrain(start, grain); });
    });
  }

private:
  /// Sums in the making, and where they read on: a of each row, then b.
  struct State {
    Numbers sums;
    Values pointers;
  };

  void emitGrain(const Place &start, Value grain);
  Numbers alongDepth(const Values &pointers, Numbers totals);
  State stretch(Value from, Value to, unsigned width, unsigned chains,
                State state);
  Values next(const Values &pointers, unsigned width, unsigned step);
  Numbers joinChains(const Numbers &sums);
  Number narrow(Number sum, unsigned from, unsigned to);

  const unsigned rows;
  const unsigned width;
  const unsigned chains; ///< of each row
};

/// Adds the products of [from, to) in steps of width * chains. sums: the chains
/// of row 0, then of row 1, ...
RowSums::State RowSums::stretch(Value from, Value to, unsigned width,
                                unsigned chains, State state) {
  const unsigned numSums = unsigned(state.sums.size());
  Values init;
  append(init, state.sums);
  init.append(state.pointers);
  Values done = e.loop(
      from, to, e.constant(int64_t(width) * chains), init,
      [&](Value, ValuesRef carried) {
        Numbers sums = take(carried, numSums);
        Values pointers(carried.drop_front(numSums * math.parts()));
        // Strided operands walk step by step, contiguous ones have offsets.
        for (unsigned chain = 0; chain < chains; ++chain) {
          Number b;
          auto at = [&](unsigned i, unsigned operand) {
            int64_t ahead =
                int64_t(chain) * width * types.unit(RoleA + operand);
            return form.vectors ? e.offset(pointers[i], ahead) : pointers[i];
          };
          if (numOperands == 2)
            b = load(1, at(rows, 1), width);
          for (unsigned row = 0; row < rows; ++row) {
            Number &sum = sums[row * chains + chain];
            sum = accumulate(sum, load(0, at(row, 0), width), b);
          }
          if (!form.vectors)
            pointers = next(pointers, 1, 1);
        }
        if (form.vectors)
          pointers = next(pointers, width, chains);
        Values result;
        append(result, sums);
        result.append(pointers);
        return result;
      });
  return {take(done, numSums),
          Values(ValuesRef(done).drop_front(numSums * math.parts()))};
}

/// Pointers `step` vectors further on.
RowSums::Values RowSums::next(const Values &pointers, unsigned width,
                              unsigned step) {
  Values moved;
  for (unsigned i = 0; i < pointers.size(); ++i) {
    unsigned operand = i < rows ? 0 : 1;
    moved.push_back(form.vectors
                        ? e.offset(pointers[i], int64_t(width) * step *
                                                    types.unit(RoleA + operand))
                        : e.offset(pointers[i], depthStrides[RoleA + operand]));
  }
  return moved;
}

/// One sum a row: neighbours first, a fixed tree.
Numbers RowSums::joinChains(const Numbers &sums) {
  Numbers joined = sums;
  for (unsigned count = chains; count > 1; count /= 2) {
    Numbers half;
    for (unsigned i = 0; i < joined.size(); i += 2)
      half.push_back(math.add(joined[i], joined[i + 1]));
    joined = half;
  }
  return joined;
}

/// A vector of `to` sums of a vector of `from`.
Number RowSums::narrow(Number sum, unsigned from, unsigned to) {
  while (from > to) {
    from /= 2;
    llvm::SmallVector<int32_t> low, high;
    for (unsigned i = 0; i < from; ++i) {
      low.push_back(int32_t(i));
      high.push_back(int32_t(i + from));
    }
    auto part = [&](llvm::ArrayRef<int32_t> mask) {
      return Number{e.shuffle(sum.re, sum.re, mask),
                    sum.im ? e.shuffle(sum.im, sum.im, mask) : Value()};
    };
    sum = math.add(part(low), part(high));
  }
  return sum;
}

/// The sums along the innermost k, added to `totals`.
Numbers RowSums::alongDepth(const Values &pointers, Numbers totals) {
  // Shorter vectors for what whole ones leave.
  constexpr unsigned shortWidth = 4;
  State state{Numbers(rows * chains, math.zero(width)), pointers};
  Value done = zero;
  auto along = [&](unsigned width, unsigned chains) {
    Value until =
        width * chains > 1 ? wholePart(depth, int64_t(width) * chains) : depth;
    state = stretch(done, until, width, chains, std::move(state));
    done = until;
  };
  if (chains > 1) {
    along(width, chains);
    state.sums = joinChains(state.sums);
  }
  along(width, 1);
  if (width > shortWidth) {
    for (Number &sum : state.sums)
      sum = narrow(sum, width, shortWidth);
    along(shortWidth, 1);
  }
  if (width > 1) {
    for (Number &sum : state.sums)
      sum = math.sum(sum);
    along(1, 1);
  }
  for (unsigned row = 0; row < rows; ++row)
    totals[row] = math.add(totals[row], state.sums[row]);
  return totals;
}

void RowSums::emitGrain(const Place &start, Value grain) {
  // Rows past the end are the last one again, and not stored.
  Value firstRow = e.mul(grain, rows);
  Values numbers, ways;
  for (unsigned row = 0; row < rows; ++row) {
    numbers.push_back(e.add(firstRow, row));
    Value index =
        row == 0 ? firstRow : e.min(numbers[row], e.sub(lineExtent, one));
    ways.push_back(e.mul(index, lineStrides[RoleA]));
  }
  Place place = start;
  if (numOperands == 2)
    place[RoleB] = e.offset(start[RoleB], e.mul(firstRow, lineStrides[RoleB]));

  Values init;
  append(init, Numbers(rows, math.zero()));
  Values sums = forOuterK(place, init, [&](Place at, ValuesRef carried) {
    Values pointers;
    for (Value way : ways)
      pointers.push_back(e.opaque(e.offset(at[RoleA], way)));
    if (numOperands == 2)
      pointers.push_back(e.opaque(at[RoleB]));
    Values result;
    append(result, alongDepth(pointers, take(carried, rows)));
    return result;
  });
  Numbers totals = take(sums, rows);
  for (unsigned row = 0; row < rows; ++row) {
    auto store = [&] {
      Value pointer =
          e.offset(start[0], e.mul(numbers[row], lineStrides[RoleC]));
      math.update(totals[row], scalars.alpha, scalars.beta, types.output,
                  pointer, 1);
    };
    if (row == 0)
      store();
    else
      e.ifThen(e.less(numbers[row], lineExtent), store);
  }
}

} // namespace

void emitRowSums(Emitter &emitter, const Schedule &schedule,
                 const SumForm &form, unsigned rowsAtOnce,
                 llvm::StringRef symbol) {
  RowSums(emitter, schedule, form, rowsAtOnce).emit(symbol);
}

} // namespace einc
