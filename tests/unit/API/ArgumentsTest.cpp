// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/API/Arguments.h"
#include "tests/unit/API/Throws.h"

#include <gtest/gtest.h>

using namespace einc;
using einc::test::errorOf;

static TensorType f64(IndexList shape, IndexList strides) {
  return {ElementType::F64, std::move(shape), std::move(strides)};
}

TEST(Arguments, CompatibleTypes) {
  TensorType type = f64({2, 3}, {3, 1});
  EXPECT_TRUE(isCompatible(type, TensorType(ElementType::F64, {2, 3})));
  EXPECT_FALSE(isCompatible(type, TensorType(ElementType::F32, {2, 3})));
  EXPECT_FALSE(isCompatible(type, f64({2, 3}, {1, 2})));
  EXPECT_FALSE(isCompatible(type, f64({3, 2}, {3, 1})));
  EXPECT_FALSE(isCompatible(type, f64({2, 3, 1}, {3, 1, 1})));
  // Along one element, or with none, strides say nothing.
  EXPECT_TRUE(isCompatible(f64({1, 3}, {3, 1}), f64({1, 3}, {-8, 1})));
  EXPECT_FALSE(isCompatible(f64({1, 3}, {3, 1}), f64({1, 3}, {3, 2})));
  EXPECT_TRUE(isCompatible(f64({0, 3}, {3, 1}), f64({0, 3}, {5, 7})));
}

TEST(Arguments, SaysWhatIsIncompatible) {
  TensorType type = f64({2, 3}, {3, 1});
  size_t one = 1;
  EXPECT_EQ(errorOf([&] {
              requireCompatible(type, {ElementType::F32, {2, 3}}, &one);
            }),
            "invalid-argument: operand 1 has elements of type f32 but the "
            "expression was compiled for f64");
  EXPECT_EQ(errorOf([&] {
              requireCompatible(type, {ElementType::F64, {2, 4}}, nullptr);
            }),
            "invalid-argument: the output has shape (2, 4) but the expression "
            "was compiled for (2, 3)");
  EXPECT_EQ(
      errorOf([&] { requireCompatible(type, f64({2, 3}, {1, 2}), &one); }),
      "invalid-argument: operand 1 has strides (1, 2) but the expression was "
      "compiled for (3, 1)");
  EXPECT_EQ(errorOf([&] { requireCompatible(type, type, &one); }), "no error");
}

TEST(Arguments, SharedElements) {
  using Row = std::tuple<IndexList, IndexList, bool>;
  const Row rows[] = {
      {{}, {}, false},
      {{2, 3}, {3, 1}, false},
      {{2, 3}, {1, 2}, false},
      {{2, 3}, {-3, -1}, false},
      {{2, 3}, {2, 1}, true},
      {{2, 3}, {0, 1}, true},
      {{5}, {0}, true},
      {{1}, {0}, false},
      {{0, 4}, {0, 0}, false},
      // Interleaved without meeting: 0 2 4 and 3 5 7.
      {{2, 3}, {3, 2}, false},
      // Interleaved and meeting: 0 2 4 6 and 4 6 8 10.
      {{2, 4}, {4, 2}, true},
      {{3, 5}, {5, 3}, false},
      {{4, 5}, {5, 3}, false},
      {{4, 6}, {5, 3}, true},
      // Too large to count; this layout is nested.
      {{1 << 12, 1 << 12}, {1 << 12, 1}, false},
      {{1 << 12, 1 << 12}, {1, 1 << 12}, false},
      {{1 << 12, 1 << 12}, {1, 2}, true},
  };
  for (const auto &[shape, strides, expected] : rows)
    EXPECT_EQ(sharesElements(f64(shape, strides)), expected)
        << testing::PrintToString(shape.toVector()) << " "
        << testing::PrintToString(strides.toVector());
}

TEST(Arguments, OverlapOfOutputAndOperand) {
  double memory[20] = {};
  auto check = [](const MutableTensorView &out, const TensorView &operand) {
    std::vector<TensorView> operands = {operand};
    return errorOf([&] { requireSoundMemory(out, operands); });
  };
  std::string overlap =
      "invalid-argument: the output overlaps operand 0 in memory";
  MutableTensorView out(memory + 6, {2, 3});
  EXPECT_EQ(check(out, TensorView(memory, {6})), "no error");
  EXPECT_EQ(check(out, TensorView(memory, {7})), overlap);
  EXPECT_EQ(check(out, TensorView(memory + 12, {3})), "no error");
  EXPECT_EQ(check(out, TensorView(memory + 11, {3})), overlap);
  EXPECT_EQ(check(out, TensorView(memory + 14, {3}, {-1})), "no error");
  EXPECT_EQ(check(out, TensorView(memory + 14, {4}, {-1})), overlap);
  EXPECT_EQ(check(out, TensorView(memory + 6, {0})), "no error");
  // The range counts, even if no element is shared.
  EXPECT_EQ(check(MutableTensorView(memory, {3}, {2}),
                  TensorView(memory + 1, {3}, {2})),
            overlap);
  // Types may differ.
  EXPECT_EQ(check(out, TensorView(reinterpret_cast<float *>(memory), {12})),
            "no error");
  EXPECT_EQ(check(out, TensorView(reinterpret_cast<float *>(memory), {13})),
            overlap);
}

TEST(Arguments, AddressesMustBeSound) {
  alignas(8) char memory[64] = {};
  double result;
  MutableTensorView out(&result, {});
  auto check = [&](const TensorView &operand) {
    std::vector<TensorView> operands = {TensorView(memory, out.type()),
                                        operand};
    return errorOf([&] { requireSoundMemory(out, operands); });
  };
  EXPECT_EQ(check(TensorView(memory + 4, TensorType(ElementType::F64, {2}))),
            "invalid-argument: operand 1 of type f64 lies at an address that "
            "is no multiple of 8");
  EXPECT_EQ(check(TensorView(memory + 4, TensorType(ElementType::F32, {2}))),
            "no error");
  EXPECT_EQ(check(TensorView(nullptr, TensorType(ElementType::F32, {2}))),
            "invalid-argument: operand 1 has elements but its address is null");
  EXPECT_EQ(check(TensorView(nullptr, TensorType(ElementType::F32, {0}))),
            "no error");
  EXPECT_EQ(errorOf([&] {
              requireSoundMemory(
                  MutableTensorView(nullptr, TensorType(ElementType::F64, {})),
                  {});
            }),
            "invalid-argument: the output has elements but its address is "
            "null");
}

TEST(Arguments, ComplexElementsAlignAsTheirParts) {
  alignas(16) char memory[64] = {};
  float result;
  MutableTensorView out(&result, {});
  auto check = [&](size_t offset, ElementType type) {
    std::vector<TensorView> operands = {
        TensorView(memory + offset, TensorType(type, {2}))};
    return errorOf([&] { requireSoundMemory(out, operands); });
  };
  EXPECT_EQ(check(4, ElementType::C64), "no error");
  EXPECT_EQ(check(8, ElementType::C128), "no error");
  EXPECT_EQ(check(2, ElementType::C64),
            "invalid-argument: operand 0 of type c64 lies at an address that "
            "is no multiple of 4");
  EXPECT_EQ(check(4, ElementType::C128),
            "invalid-argument: operand 0 of type c128 lies at an address that "
            "is no multiple of 8");
  EXPECT_EQ(check(1, ElementType::BF16),
            "invalid-argument: operand 0 of type bf16 lies at an address that "
            "is no multiple of 2");
  for (ElementType type : {ElementType::I8, ElementType::U8, ElementType::Bool})
    EXPECT_EQ(check(3, type), "no error");
}

TEST(Arguments, ConjugationBelongsToTheType) {
  TensorType plain(ElementType::C64, {2, 3});
  TensorType conjugated = plain.conjugated();
  EXPECT_FALSE(isCompatible(plain, conjugated));
  EXPECT_TRUE(isCompatible(conjugated, conjugated));
  size_t zero = 0;
  EXPECT_EQ(errorOf([&] { requireCompatible(plain, conjugated, &zero); }),
            "invalid-argument: operand 0 is conjugated but the expression was "
            "compiled for one that is not");
  EXPECT_EQ(errorOf([&] { requireCompatible(conjugated, plain, &zero); }),
            "invalid-argument: operand 0 is not conjugated but the expression "
            "was compiled for one that is");
}
