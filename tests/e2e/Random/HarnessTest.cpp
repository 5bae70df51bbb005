// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// That the random test would notice: what its memory and its checks catch.

#include "tests/e2e/Elements/DriverCall.h"
#include "tests/e2e/Random/CheckCase.h"
#include "tests/e2e/Random/OperandValues.h"
#include "tests/e2e/Random/RunCase.h"

#include <cmath>
#include <gtest/gtest.h>
#include <set>

using namespace einc;
using namespace einc::tests;

namespace {

/// ij->ji; the output has gaps and a negative stride.
Case makeTransposition(ElementType type = ElementType::F32) {
  Case test;
  test.origin = "by hand";
  test.equation = makeEquation("ij->ji", {{'i', 2}, {'j', 3}});
  test.operands.push_back({{2, 3}, {3, 1}, 0, 6, true, 0, type, false});
  test.output = {{3, 2}, {-3, 2}, 7, 10, false, 1, type, false};
  return test;
}

/// ij,jk->ik, dense.
Case makeProduct(ElementType type, CaseValues values) {
  Case test;
  test.seed = 5;
  test.origin = "by hand";
  test.equation = makeEquation("ij,jk->ik", {{'i', 2}, {'j', 9}, {'k', 3}});
  test.operands.push_back({{2, 9}, {9, 1}, 0, 18, true, 0, type, false});
  test.operands.push_back({{9, 3}, {3, 1}, 0, 27, true, 0, type, false});
  test.output = {{2, 3}, {3, 1}, 0, 6, true, 0, type, false};
  test.values = values;
  return test;
}

TEST(GuardedBufferDeathTest, StopsAtTheEnd) {
  GuardedBuffer buffer(100, GuardedBuffer::Place::AtEnd);
  volatile char *bytes = static_cast<char *>(buffer.data());
  bytes[0] = 1;
  bytes[99] = 2;
  EXPECT_DEATH((void)bytes[100], "");
  buffer.makeReadOnly();
  EXPECT_EQ(bytes[99], 2);
  EXPECT_DEATH(bytes[99] = 3, "");
}

TEST(GuardedBufferDeathTest, StopsBeforeTheStart) {
  GuardedBuffer buffer(100, GuardedBuffer::Place::AtStart, 12);
  volatile char *bytes = static_cast<char *>(buffer.data());
  bytes[-12] = 1;
  bytes[99] = 2;
  EXPECT_DEATH((void)bytes[-13], "");
}

TEST(CaseMemory, ValuesAreDistinctAndGapsAreNaN) {
  for (CaseValues values : {CaseValues::Exact, CaseValues::Fractions}) {
    Case test = makeTransposition();
    test.values = values;
    test.operands[0] = {{5, 7}, {-16, 2},         65,   79, false,
                        3,      ElementType::F32, false};
    CaseMemory memory(test);
    EXPECT_TRUE(memory.distinct());
    std::set<double> elements;
    auto at = [&](int64_t place) {
      return loadElement(ElementType::F32, memory.arguments()[0], place).re;
    };
    for (int64_t i = 0; i < 5; ++i)
      for (int64_t j = 0; j < 7; ++j)
        elements.insert(at(-16 * i + 2 * j));
    EXPECT_EQ(elements.size(), 35u);
    EXPECT_TRUE(std::isnan(at(1)));
  }
}

TEST(CaseMemory, PoisonsTheOutputUnlessItIsRead) {
  for (ElementType type :
       {ElementType::F32, ElementType::F64, ElementType::F16, ElementType::BF16,
        ElementType::C64, ElementType::C128}) {
    Case test = makeTransposition(type);
    CaseMemory poisoned(test);
    poisoned.resetOutput();
    EXPECT_TRUE(std::isnan(loadElement(type, poisoned.output(), -6 + 2).re));
    test.beta = 2;
    CaseMemory memory(test);
    memory.resetOutput();
    std::vector<char> previous = memory.previous();
    EXPECT_TRUE(equalElements(type, loadElement(type, memory.output(), -6 + 2),
                              loadElement(type, previous.data(), 5)));
    EXPECT_FALSE(equalElements(type, loadElement(type, memory.output(), -6),
                               loadElement(type, previous.data(), 5)));
  }
}

TEST(CaseMemory, NoticesWritesIntoGaps) {
  Case test = makeTransposition();
  CaseMemory memory(test);
  memory.resetOutput();
  EXPECT_EQ(memory.checkGaps(), "");
  storeElement(ElementType::F32, memory.output(), 2, 5.0); // element (0, 1)
  EXPECT_EQ(memory.checkGaps(), "");
  storeElement(ElementType::F32, memory.output(), 1, 5.0);
  EXPECT_EQ(memory.checkGaps(),
            "element 8 of the output's buffer is no element of the output but "
            "was written");
}

class EveryType : public testing::TestWithParam<size_t> {
protected:
  ElementType type() const { return ElementType(GetParam()); }
};

/// The naive formula of a product of two matrices.
ReferenceResult evaluateProduct(const Case &test, const CaseMemory &memory) {
  Result<Equation> equation = parseEquation(test.equation.text);
  Result<ShapedEquation> shaped = inferShapes(*equation, test.equation.shapes);
  std::vector<ReferenceTensor> operands;
  for (size_t i = 0; i < 2; ++i) {
    const CaseTensor &operand = test.operands[i];
    operands.push_back({memory.arguments()[i], operand.type, operand.shape,
                        operand.strides, operand.conjugate});
  }
  Result<ReferenceResult> result = evaluateReference(*shaped, operands);
  EXPECT_TRUE(result);
  return *result;
}

/// Puts a result beside its reference: right, then with one element changed.
void expectNotices(const Case &test, bool exact) {
  CaseMemory memory(test);
  memory.resetOutput();
  ReferenceResult reference = evaluateProduct(test, memory);
  bool complex = isComplex(test.type());
  for (int64_t i = 0; i < 6; ++i) {
    size_t place = size_t(complex ? 2 * i : i);
    Number number;
    if (!isFloating(test.type()))
      number = reference.integers[place];
    else
      number = {reference.values[place],
                complex ? reference.values[place + 1] : 0};
    storeElement(test.type(), memory.output(), i, number);
  }
  CaseCheck right = checkCase(test, memory, reference);
  EXPECT_EQ(right.wrong, "");
  EXPECT_EQ(right.exact, exact);
  EXPECT_EQ(right.numUnjudged, 0u);

  // The smallest change there is, and a twentieth where there are bounds.
  Number last = loadElement(test.type(), memory.output(), 5);
  Number wrong = last;
  wrong.whole = test.type() == ElementType::Bool ? !last.whole : last.whole + 1;
  wrong.re = exact ? last.re + std::fabs(last.re) / 250 + 1 : last.re * 1.05;
  storeElement(test.type(), memory.output(), 5, wrong);
  std::string message = checkCase(test, memory, reference).wrong;
  EXPECT_NE(message.find("element 5"), std::string::npos) << message;
  if (!complex)
    return;
  wrong = last;
  wrong.im = -last.im;
  storeElement(test.type(), memory.output(), 5, wrong);
  EXPECT_NE(checkCase(test, memory, reference).wrong, "");
}

TEST_P(EveryType, WrongExactResultsAreNoticed) {
  expectNotices(makeProduct(type(), CaseValues::Exact), true);
}

TEST_P(EveryType, WrongFractionsAreNoticed) {
  expectNotices(makeProduct(type(), CaseValues::Fractions),
                !isFloating(type()));
}

TEST_P(EveryType, MissingConjugationIsNoticed) {
  if (!isComplex(type()))
    return;
  Case test = makeProduct(type(), CaseValues::Exact);
  test.operands[1].conjugate = true;
  CaseMemory memory(test);
  ReferenceResult conjugated = evaluateProduct(test, memory);
  test.operands[1].conjugate = false;
  EXPECT_NE(conjugated.values, evaluateProduct(test, memory).values);
}

/// Numbers that make results of every kind.
TEST_P(EveryType, ResultsAreNeitherAllEqualNorZero) {
  Case test = makeProduct(type(), CaseValues::Exact);
  CaseMemory memory(test);
  ReferenceResult reference = evaluateProduct(test, memory);
  std::set<double> values(reference.values.begin(), reference.values.end());
  values.insert(reference.integers.begin(), reference.integers.end());
  EXPECT_GE(values.size(), type() == ElementType::Bool ? 2u : 5u);
}

INSTANTIATE_TEST_SUITE_P(Types, EveryType,
                         testing::Range(size_t(0), NumElementTypes),
                         [](const auto &info) {
                           return elementName(ElementType(info.param));
                         });

TEST(RunCase, CountsWhatACaseHas) {
  Coverage coverage;
  Case test = makeTransposition();
  EXPECT_EQ(runCase(test, coverage), "");
  for (const char *property :
       {"cases", "f32", "native", "1 operands", "strided", "strided output",
        "negative stride", "exact", "distinct", "one: out"})
    EXPECT_EQ(coverage[property], 1u) << property;
  for (const char *property :
       {"gemm", "zero stride", "zero extent", "beta", "parallel"})
    EXPECT_EQ(coverage[property], 0u) << property;
}

TEST(RunCase, NoticesAnotherMeaning) {
  Coverage coverage;
  Case test = makeTransposition();
  test.equation.outputShape = {2, 3};
  std::string wrong = runCase(test, coverage);
  EXPECT_NE(wrong.find("the output has shape"), std::string::npos) << wrong;
  EXPECT_NE(wrong.find("by hand: \"ij->ji\" native f32(2,3)/(3,1)@0 -> "
                       "f32(3,2)/(-3,2)@7 alpha 1 beta 0 exact"),
            std::string::npos)
      << wrong;
}

TEST(LabelGroups, AreThoseOfTheText) {
  const std::map<char, int64_t> extents = {
      {'a', 2}, {'b', 3}, {'c', 4}, {'z', 1}};
  auto groups = [&](const char *text) {
    return labelGroups(makeEquation(text, extents));
  };
  EXPECT_EQ(groups("ab,bc->ac"), "M N K");
  EXPECT_EQ(groups("ab,ab->ab"), "batch");
  EXPECT_EQ(groups("ab,ab->b"), "batch K");
  EXPECT_EQ(groups("az,zb->ab"), "M N");
  EXPECT_EQ(groups(",->"), "none");
  EXPECT_EQ(groups("ab->b"), "out sum");
  EXPECT_EQ(groups("z->"), "none");
  EXPECT_EQ(groups("a,b,c->"), "");
}

} // namespace
