// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Walks over loop records visit the lines that counting by division finds.

#include "compiler/Kernels/CPU/Lines.h"
#include "tests/unit/Kernels/JitKernel.h"

#include <gtest/gtest.h>

#include <random>

namespace einc::test {
namespace {

using Values = Emitter::Values;
using ValuesRef = Emitter::ValuesRef;
using mlir::Value;

constexpr unsigned firstTensor = 1, numTensors = 2;

/// For each line of [begin, end), or of [0, end): its place along the first
/// record, the offsets of operand 0 and 1, as three numbers at pointer 0.
/// Params are four words, the number of records, and the records.
std::unique_ptr<JitKernel> makeWalk(bool fromStart) {
  auto kernel = JitKernel::make(
      [&](Emitter &e, llvm::StringRef symbol) -> Result<Success> {
        mlir::Type pointer = e.pointer(), i64 = e.i64();
        Values args = e.beginFunction(
            symbol, {pointer, pointer, pointer, i64, i64}, {.exported = true});
        Value count = e.loadIndex(args[1], 8 * 4);
        Lines lines(e, e.offset(args[1], 8 * 5), count, firstTensor);
        Value out = e.loadPointer(args[0]);
        Values origin(numTensors, out);
        lines.walk(fromStart ? e.constant(0) : args[3], args[4], origin, {out},
                   [&](Value inner, ValuesRef now, ValuesRef carried) {
                     Value start = e.address(out);
                     Value numbers[] = {inner, e.sub(e.address(now[0]), start),
                                        e.sub(e.address(now[1]), start)};
                     for (unsigned i = 0; i < 3; ++i)
                       e.store(numbers[i], e.offset(carried[0], 8 * i), 8);
                     return Values{e.offset(carried[0], 24)};
                   });
        e.endFunction();
        return Success{};
      },
      Target{});
  EXPECT_TRUE(bool(kernel)) << kernel.error().render();
  return kernel ? std::move(*kernel) : nullptr;
}

/// The three numbers of a line, by division.
std::vector<int64_t> numbersOf(int64_t line,
                               const std::vector<LoopRecord> &records) {
  std::vector<int64_t> numbers = {line, 0, 0};
  if (!records.empty())
    numbers[0] = line % records[0].extent;
  for (const LoopRecord &record : records) {
    for (unsigned i = 0; i < numTensors; ++i)
      numbers[1 + i] += line % record.extent * record.strides[firstTensor + i];
    line /= record.extent;
  }
  return numbers;
}

TEST(Lines, AreThoseThatDivisionFinds) {
  std::mt19937_64 random(52);
  auto fromBegin = makeWalk(false), fromStart = makeWalk(true);
  ASSERT_TRUE(fromBegin && fromStart);
  for (unsigned repeat = 0; repeat < 300; ++repeat) {
    std::vector<LoopRecord> records;
    int64_t lines = 1;
    // From none to many of extent 2.
    for (unsigned i = random() % 12; i > 0; --i) {
      int64_t extent = lines < 300 ? 1 + int64_t(random() % 5) : 2;
      LoopRecord record = {extent, {}};
      for (int64_t &stride : record.strides)
        stride = int64_t(random() % 2001) - 1000;
      records.push_back(record);
      lines *= extent;
    }
    std::vector<int64_t> params = {7, 0, -3, 5, int64_t(records.size())};
    for (const LoopRecord &record : records) {
      params.push_back(record.extent);
      params.insert(params.end(), record.strides, record.strides + 3);
    }
    int64_t begin = int64_t(random() % lines);
    int64_t end = begin + int64_t(random() % (lines - begin + 1));
    if (repeat % 3 == 0)
      begin = 0, end = lines;
    const JitKernel &kernel =
        begin == 0 && repeat % 2 ? *fromStart : *fromBegin;
    std::vector<int64_t> expected;
    for (int64_t line = begin; line < end; ++line)
      for (int64_t number : numbersOf(line, records))
        expected.push_back(number);
    expected.push_back(-1);
    std::vector<int64_t> out(expected.size(), -1);
    void *pointers[] = {out.data()};
    ASSERT_TRUE(kernel.call(pointers, params, begin, end));
    ASSERT_EQ(out, expected) << records.size() << " records, lines " << begin
                             << " to " << end << " of " << lines;
  }
}

} // namespace
} // namespace einc::test
