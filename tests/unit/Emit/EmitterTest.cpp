// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What the emitter's operations become, and that it always verifies.

#include "compiler/Emit/Emitter.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/Verifier.h"
#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

namespace einc {
namespace {

using Values = Emitter::Values;
using ValuesRef = Emitter::ValuesRef;
using mlir::Value;

class EmitterTest : public ::testing::Test {
protected:
  /// The module after `body` ran inside of `f(ptr, i64)`, verified.
  std::string
  emit(llvm::function_ref<void(Emitter &, Value pointer, Value number)> body,
       Target target = {Target::ISA::X86_64_V3}) {
    mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
    Emitter emitter(context, target);
    Values arguments = emitter.beginFunction(
        "f", {emitter.pointer(), emitter.i64()}, {.exported = true});
    body(emitter, arguments[0], arguments[1]);
    emitter.endFunction();
    EXPECT_TRUE(mlir::succeeded(mlir::verify(emitter.module())));
    std::string text;
    llvm::raw_string_ostream stream(text);
    emitter.module()->print(stream);
    return text;
  }
};

size_t count(const std::string &text, const std::string &part) {
  size_t found = 0;
  for (size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at)
    ++found;
  return found;
}

TEST_F(EmitterTest, FoldsConstants) {
  std::string text = emit([](Emitter &e, Value pointer, Value number) {
    Value sum = e.add(e.mul(e.constant(6), e.constant(7)), 1);
    EXPECT_EQ(e.add(number, e.constant(0)), number);
    EXPECT_EQ(e.add(e.constant(0), number), number);
    EXPECT_EQ(e.sub(number, e.constant(0)), number);
    EXPECT_EQ(e.mul(number, e.constant(1)), number);
    EXPECT_EQ(e.mul(e.constant(1), number), number);
    EXPECT_EQ(e.div(number, e.constant(1)), number);
    EXPECT_EQ(e.offset(pointer, e.constant(0)), pointer);
    EXPECT_EQ(e.offset(pointer, int64_t(0)), pointer);
    e.store(sum, pointer, 8);
  });
  EXPECT_EQ(count(text, "llvm.add"), 0u) << text;
  EXPECT_EQ(count(text, "llvm.mul"), 0u) << text;
  EXPECT_EQ(count(text, "llvm.mlir.constant(43 : i64)"), 1u) << text;
}

TEST_F(EmitterTest, StreamsAreAlignedAndFenced) {
  std::string text = emit([](Emitter &e, Value pointer, Value) {
    mlir::Type type = e.vector(e.integer(32), 8);
    e.stream(e.load(type, pointer, 4), pointer);
    e.fenceStreams();
  });
  EXPECT_EQ(count(text, "alignment = 32 : i64, nontemporal"), 1u) << text;
  EXPECT_EQ(count(text, "llvm.x86.sse.sfence"), 1u) << text;
}

TEST_F(EmitterTest, OffsetsBeyond31BitsAreExact) {
  std::string text = emit([](Emitter &e, Value pointer, Value number) {
    e.store(number, e.offset(pointer, int64_t(1) << 33), 8);
    e.store(number, e.offset(pointer, int64_t(-24)), 8);
  });
  EXPECT_EQ(count(text, "llvm.mlir.constant(8589934592 : i64)"), 1u) << text;
  EXPECT_EQ(count(text, "[-24]"), 1u) << text;
}

TEST_F(EmitterTest, MultiplyAddFusesOnlyWhereTheTargetDoes) {
  auto body = [](Emitter &e, Value pointer, Value) {
    mlir::Type type = e.vector(e.element(ElementType::F32), 4);
    Value a = e.load(type, pointer, 4);
    e.store(e.fma(a, a, a), pointer, 4);
  };
  std::string fused = emit(body);
  EXPECT_EQ(count(fused, "llvm.intr.fma"), 1u) << fused;
  std::string split = emit(body, {Target::ISA::X86_64});
  EXPECT_EQ(count(split, "llvm.intr.fma"), 0u) << split;
  EXPECT_EQ(count(split, "llvm.fmul"), 1u) << split;
  EXPECT_EQ(count(split, "llvm.fadd"), 1u) << split;
}

TEST_F(EmitterTest, LoopsTestBeforeAndAfterTheirBody) {
  std::string text = emit([](Emitter &e, Value pointer, Value number) {
    Values sums =
        e.loop(e.constant(0), number, e.constant(2), {e.constant(5), number},
               [&](Value i, ValuesRef carried) {
                 return Values{e.add(carried[0], i), carried[1]};
               });
    ASSERT_EQ(sums.size(), 2u);
    e.store(sums[0], pointer, 8);
  });
  EXPECT_EQ(count(text, "llvm.cond_br"), 2u) << text;
  EXPECT_EQ(count(text, "\"slt\""), 2u) << text;
}

TEST_F(EmitterTest, BranchesNest) {
  std::string text = emit([](Emitter &e, Value pointer, Value number) {
    Value zero = e.constant(0);
    e.ifThenElse(
        e.equal(number, zero),
        [&] {
          e.ifThen(e.less(number, e.constant(9)),
                   [&] { e.store(number, pointer, 8); });
        },
        [&] { e.store(zero, pointer, 8); });
    e.loop(zero, number, 1, [&](Value i) {
      e.ifThen(e.notEqual(i, zero), [&] { e.store(i, pointer, 8); });
    });
  });
  EXPECT_EQ(count(text, "llvm.cond_br"), 5u) << text;
  EXPECT_EQ(count(text, "llvm.store"), 3u) << text;
}

TEST_F(EmitterTest, SumsAVectorByHalving) {
  std::string text = emit([](Emitter &e, Value pointer, Value) {
    Value a = e.load(e.vector(e.element(ElementType::F64), 8), pointer, 8);
    e.store(e.sum(a), pointer, 8);
  });
  EXPECT_EQ(count(text, "llvm.fadd"), 3u) << text;
  EXPECT_EQ(count(text, "reduce"), 0u) << text;
}

TEST_F(EmitterTest, ElementsAreWhatLiesInMemory) {
  emit([](Emitter &e, Value, Value) {
    const std::pair<ElementType, mlir::Type> rows[] = {
        {ElementType::F32, mlir::Float32Type::get(e.i64().getContext())},
        {ElementType::C64, mlir::Float32Type::get(e.i64().getContext())},
        {ElementType::F64, mlir::Float64Type::get(e.i64().getContext())},
        {ElementType::C128, mlir::Float64Type::get(e.i64().getContext())},
        {ElementType::I8, e.integer(8)},
        {ElementType::U8, e.integer(8)},
        {ElementType::Bool, e.integer(8)},
        {ElementType::I16, e.integer(16)},
        {ElementType::F16, e.integer(16)},
        {ElementType::BF16, e.integer(16)},
        {ElementType::I32, e.integer(32)},
        {ElementType::I64, e.i64()}};
    for (auto [type, expected] : rows)
      EXPECT_EQ(e.element(type), expected) << elementName(type);
  });
}

TEST_F(EmitterTest, ConstantsFillVectorsAndConversionsKeepLanes) {
  std::string text = emit([](Emitter &e, Value pointer, Value) {
    mlir::Type bytes = e.vector(e.integer(8), 4);
    Value wide = e.extend(e.load(bytes, pointer, 1), 32, true);
    EXPECT_EQ(e.width(wide), 4u);
    EXPECT_EQ(e.extend(wide, 32, false), wide);
    EXPECT_EQ(e.truncate(wide, 32), wide);
    Value sum = e.add(wide, e.constant(wide.getType(), -7));
    Value floats = e.toFloat(sum, e.element(ElementType::F32));
    EXPECT_EQ(e.convertFloat(floats, e.element(ElementType::F32)), floats);
    Value doubles = e.convertFloat(floats, e.element(ElementType::F64));
    doubles = e.fadd(doubles, e.number(doubles.getType(), 0.5));
    e.store(doubles, pointer, 8);
    e.store(e.truncate(sum, 8), pointer, 1);
  });
  EXPECT_EQ(count(text, "dense<-7> : vector<4xi32>"), 1u) << text;
  EXPECT_EQ(count(text, "dense<5.000000e-01> : vector<4xf64>"), 1u) << text;
  EXPECT_EQ(count(text, "llvm.sext"), 1u) << text;
  EXPECT_EQ(count(text, "llvm.sitofp"), 1u) << text;
  EXPECT_EQ(count(text, "llvm.fpext"), 1u) << text;
  EXPECT_EQ(count(text, "llvm.trunc"), 1u) << text;
}

TEST_F(EmitterTest, SumsIntegersAndScalarsToo) {
  std::string text = emit([](Emitter &e, Value pointer, Value number) {
    EXPECT_EQ(e.sum(number), number);
    Value a = e.load(e.vector(e.integer(32), 8), pointer, 4);
    e.store(e.sum(a), pointer, 4);
  });
  EXPECT_EQ(count(text, "llvm.add"), 3u) << text;
  EXPECT_EQ(count(text, "llvm.fadd"), 0u) << text;
}

TEST_F(EmitterTest, ColdFunctionsAreNotOptimised) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  Emitter e(context, {});
  e.beginFunction("warm", {}, {});
  e.call("frozen", {});
  e.endFunction();
  e.beginFunction("frozen", {}, {.cold = true});
  e.endFunction();
  EXPECT_TRUE(mlir::succeeded(mlir::verify(e.module())));
  std::string text;
  llvm::raw_string_ostream stream(text);
  e.module()->print(stream);
  EXPECT_EQ(count(text, "optimize_none"), 1u) << text;
  EXPECT_EQ(count(text, "llvm.func internal"), 2u) << text;
}

} // namespace
} // namespace einc
