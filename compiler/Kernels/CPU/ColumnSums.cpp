// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Column sums: a piece of a line of results stays in scratch, in the compute
/// type, while whole lines of the operands are added to it, several at once.

#include "compiler/Kernels/CPU/Sums.h"

namespace einc {

namespace {

class ColumnSums : SumKernel {
public:
  ColumnSums(Emitter &emitter, const Schedule &schedule, const SumForm &form)
      : SumKernel(emitter, schedule, form),
        width(form.vectors ? math.lanes() : 1),
        block(columnBlock(schedule.types)),
        linesAtOnce(math.parts() == 2 || !form.vectors ||
                            (numOperands == 2 && !form.constantB)
                        ? 4
                        : 8) {}

  void emit(llvm::StringRef symbol);

private:
  void emitBlock(const Place &place, Value count);
  void addLines(const Values &a, const Values &b, Value count);
  void forColumns(Value count, llvm::ArrayRef<unsigned> widths,
                  llvm::function_ref<void(Value, unsigned)> body);
  Value sumAt(Value column) {
    return e.offset(scratch,
                    e.mul(column, int64_t(elementBytes(math.compute()))));
  }

  const unsigned width;
  const int64_t block;
  /// Bounded by the registers that hold their pointers and elements of b.
  const unsigned linesAtOnce;
};

/// body(column, width) over [0, count): in each of `widths`, descending, as far
/// as it goes.
void ColumnSums::forColumns(Value count, llvm::ArrayRef<unsigned> widths,
                            llvm::function_ref<void(Value, unsigned)> body) {
  Value done = zero;
  for (size_t i = 0; i < widths.size(); ++i) {
    const unsigned width = widths[i];
    if (i > 0 && width == widths[i - 1])
      continue;
    Value until = width > 1 ? wholePart(count, width) : count;
    e.loop(done, until, width, [&](Value column) { body(column, width); });
    done = until;
  }
}

/// Adds lines of a, or their products with b, to the sums.
void ColumnSums::addLines(const Values &a, const Values &b, Value count) {
  Numbers constants;
  if (form.constantB)
    for (Value pointer : b)
      constants.push_back(load(1, pointer, 1));
  auto way = [&](Value column, unsigned role) {
    return form.vectors ? e.mul(column, types.unit(role))
                        : e.mul(column, lineStrides[role]);
  };
  // Short lines, many at once, are worth a loop of their own.
  const unsigned shortWidth = a.size() > 1 ? std::min(width, 4u) : 1;
  const unsigned widths[] = {width, shortWidth, 1};
  forColumns(count, widths, [&](Value column, unsigned width) {
    Value place = sumAt(column);
    Number sum = math.load(math.compute(), place, width);
    Value wayA = way(column, RoleA);
    Value wayB =
        numOperands == 2 && !form.constantB ? way(column, RoleB) : Value();
    for (unsigned i = 0; i < a.size(); ++i) {
      Number factor;
      if (form.constantB)
        factor = math.splat(constants[i], width);
      else if (numOperands == 2)
        factor = load(1, e.offset(b[i], wayB), width);
      sum = accumulate(sum, load(0, e.offset(a[i], wayA), width), factor);
    }
    math.store(sum, math.compute(), place);
  });
}

/// `count` columns at a place.
void ColumnSums::emitBlock(const Place &start, Value count) {
  // Whole vectors: a block is a multiple of them.
  e.loop(zero, count, width, [&](Value column) {
    math.store(math.zero(width), math.compute(), sumAt(column));
  });

  // The lines of one step of k: strides are of the innermost. Short lines are
  // asked for some steps ahead: their streams confuse the processor's own
  // prefetcher.
  auto lines = [&](const Place &place, unsigned number) {
    constexpr int64_t stepsAhead = 8;
    Value ahead = e.mul(depthStrides[RoleA], stepsAhead * number);
    Values a, b;
    Value nextA = place[RoleA];
    Value nextB = numOperands == 2 ? place[RoleB] : Value();
    for (unsigned i = 0; i < number; ++i) {
      a.push_back(e.opaque(nextA));
      if (number > 1)
        e.prefetch(e.offset(nextA, ahead));
      nextA = e.offset(nextA, depthStrides[RoleA]);
      if (numOperands == 2) {
        b.push_back(e.opaque(nextB));
        nextB = e.offset(nextB, depthStrides[RoleB]);
      }
    }
    addLines(a, b, count);
  };
  auto at = [&](const Place &place, Value k) {
    Place moved = place;
    for (unsigned t = RoleA; t < place.size(); ++t)
      moved[t] = e.offset(place[t], e.mul(k, depthStrides[t]));
    return moved;
  };
  forOuterK(start, {}, [&](Place place, ValuesRef) {
    Value whole = wholePart(depth, linesAtOnce);
    e.loop(zero, whole, linesAtOnce,
           [&](Value k) { lines(at(place, k), linesAtOnce); });
    e.loop(whole, depth, 1, [&](Value k) { lines(at(place, k), 1); });
    return Values();
  });

  const unsigned widths[] = {form.contiguousOutput ? width : 1, 1};
  forColumns(count, widths, [&](Value column, unsigned width) {
    Number sum = math.load(math.compute(), sumAt(column), width);
    Value way = form.contiguousOutput ? e.mul(column, types.unit(RoleC))
                                      : e.mul(column, lineStrides[RoleC]);
    math.update(sum, scalars.alpha, scalars.beta, types.output,
                e.offset(start[RoleC], way), width);
  });
}

void ColumnSums::emit(llvm::StringRef symbol) {
  emitFunction(symbol, columnGrain, [&](Place start, Value first, Value last) {
    Value end = e.min(e.mul(last, columnGrain), lineExtent);
    e.loop(e.mul(first, columnGrain), end, block, [&](Value column) {
      Place place;
      for (unsigned t = 0; t < start.size(); ++t)
        place.push_back(e.offset(start[t], e.mul(column, lineStrides[t])));
      emitBlock(place, e.min(e.sub(end, column), e.constant(block)));
    });
  });
}

} // namespace

void emitColumnSums(Emitter &emitter, const Schedule &schedule,
                    const SumForm &form, llvm::StringRef symbol) {
  ColumnSums(emitter, schedule, form).emit(symbol);
}

} // namespace einc
