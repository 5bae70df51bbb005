// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Every way to read and write that the GEMM family has is chosen for some
/// product, for each instruction set, and computes it right.

#include "tests/unit/Kernels/JitKernel.h"
#include "tests/unit/Schedule/Expressions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <ostream>

namespace einc::test {
namespace {

struct Way {
  const char *name;
  /// Letters and extents of a product of two operands.
  const char *equation;
  std::map<char, int64_t> extents;
  const char *a, *b, *c;        ///< of the schedule's text
  int64_t aStep = 1, bStep = 1; ///< elements between those of an operand
  int64_t aPitch = 0; ///< rows of the last axis but one are so far apart
};

// L2 is 1 MiB. A is packed where its rows are a multiple of 4096 bytes apart.
const Way ways[] = {
    {"InPlace",
     "ij,jk->ik",
     {{'i', 20}, {'j', 300}, {'k', 150}},
     "direct",
     "direct",
     "direct"},
    {"InPlacePackA",
     "ij,jk->ik",
     {{'i', 20}, {'j', 1024}, {'k', 255}},
     "copy",
     "direct",
     "direct"},
    {"Copy",
     "ij,jk->ik",
     {{'i', 18}, {'j', 300}, {'k', 1000}},
     "direct",
     "copy",
     "direct"},
    {"CopyPackA",
     "ij,jk->ik",
     {{'i', 19}, {'j', 1024}, {'k', 301}},
     "copy",
     "copy",
     "direct"},
    {"TransposeK",
     "ik,jk->ij",
     {{'i', 23}, {'j', 90}, {'k', 300}},
     "direct",
     "transpose-k",
     "direct"},
    {"TransposeKPackA",
     "ik,jk->ij",
     {{'i', 21}, {'j', 330}, {'k', 1024}},
     "copy",
     "transpose-k",
     "direct"},
    {"TransposeN",
     "aced,eb->dcba",
     {{'a', 24}, {'b', 104}, {'c', 3}, {'d', 16}, {'e', 16}},
     "direct",
     "transpose-n",
     "direct"},
    {"TransposeNPackA",
     "aced,be->dcba",
     {{'a', 16}, {'b', 20}, {'c', 2}, {'d', 16}, {'e', 1024}},
     "copy",
     "transpose-n",
     "direct"},
    {"Scalar",
     "ij,jk->ik",
     {{'i', 20}, {'j', 200}, {'k', 100}},
     "direct",
     "scalar",
     "direct",
     3,
     3},
    {"ScalarPackA",
     "ij,jk->ik",
     {{'i', 20}, {'j', 1024}, {'k', 330}},
     "scalar",
     "scalar",
     "direct",
     3,
     3},
    {"BlockOfC",
     "aced,eb->dcba",
     {{'a', 24}, {'b', 24}, {'c', 3}, {'d', 24}, {'e', 72}},
     "direct",
     "direct",
     "transpose-n"},
    {"BlockOfCPackA",
     "aced,be->dcba",
     {{'a', 24}, {'b', 24}, {'c', 2}, {'d', 80}, {'e', 256}},
     "copy",
     "direct",
     "transpose-n",
     1,
     1,
     1024},
};

/// Elements that a layout spans.
int64_t spanOf(const TensorLayout &layout) {
  int64_t span = 1;
  for (size_t axis = 0; axis < layout.extents.size(); ++axis)
    span += (layout.extents[axis] - 1) * layout.strides[axis];
  return span;
}

void PrintTo(const Way &way, std::ostream *out) { *out << way.name; }

class Ways : public ::testing::TestWithParam<std::tuple<Target::ISA, Way>> {
protected:
  /// The equation's layouts and the strides of letters in them.
  void SetUp() override {
    const auto &[isa, way] = GetParam();
    std::string text = way.equation;
    std::vector<Shape> shapes(1);
    for (char letter : text.substr(0, text.find('-')))
      if (letter == ',')
        shapes.emplace_back();
      else
        shapes.back().push_back(way.extents.at(letter));
    e = expression(text, shapes, ElementType::F32, isa);
    TensorLayout &a = e.operands[text[0] == 'a' ? 1 : 0];
    if (way.aPitch)
      a.strides[a.strides.size() - 2] = way.aPitch;
    for (int64_t &stride : e.operands[0].strides)
      stride *= way.aStep;
    for (int64_t &stride : e.operands[1].strides)
      stride *= way.bStep;
  }

  std::map<char, int64_t> strides(const std::string &term,
                                  const TensorLayout &layout) const {
    std::map<char, int64_t> result;
    for (size_t axis = 0; axis < term.size(); ++axis)
      result[term[axis]] = layout.strides[axis];
    return result;
  }

  /// All of C by the formula.
  std::vector<float> expected(const std::vector<float> &x,
                              const std::vector<float> &y) const {
    const Way &way = std::get<1>(GetParam());
    std::string text = way.equation;
    size_t comma = text.find(','), arrow = text.find("->");
    std::string output = text.substr(arrow + 2);
    auto ofX = strides(text.substr(0, comma), e.operands[0]);
    auto ofY =
        strides(text.substr(comma + 1, arrow - comma - 1), e.operands[1]);
    auto ofC = strides(output, e.output);
    // The letters of C, then the one that is summed.
    std::string letters = output;
    for (auto [letter, extent] : way.extents)
      if (output.find(letter) == std::string::npos)
        letters += letter;
    std::vector<float> c(spanOf(e.output));
    std::vector<int64_t> index(letters.size());
    for (size_t i = 0; i < letters.size();) {
      int64_t atX = 0, atY = 0, atC = 0;
      for (size_t l = 0; l < letters.size(); ++l) {
        atX += index[l] * ofX[letters[l]];
        atY += index[l] * ofY[letters[l]];
        atC += index[l] * ofC[letters[l]];
      }
      int64_t sum = letters.back();
      for (int64_t k = 0; k < way.extents.at(char(sum)); ++k)
        c[atC] += x[atX + k * ofX[char(sum)]] * y[atY + k * ofY[char(sum)]];
      for (i = 0; i + 1 < letters.size(); ++i) {
        if (++index[i] < way.extents.at(letters[i]))
          break;
        index[i] = 0;
      }
      if (i + 1 == letters.size())
        break;
    }
    return c;
  }

  Expression e;
};

TEST_P(Ways, IsChosenAndRight) {
  const auto &[isa, way] = GetParam();
  StepList list = e.steps();
  ASSERT_EQ(list.steps.size(), 1u);
  ASSERT_EQ(list.schedules[0].family, Family::Gemm);
  std::string text = list.schedules[0].text();
  for (auto [key, value] :
       {std::pair{" a=", way.a}, {" b=", way.b}, {" c=", way.c}})
    EXPECT_NE(text.find(key + std::string(value) + " "), std::string::npos)
        << text;
  if (!hostSupports(Target{isa}))
    GTEST_SKIP() << "this processor does not run " << Target{isa}.text();

  std::vector<float> data[3];
  for (unsigned i : {0, 1}) {
    data[i].resize(spanOf(e.operands[i]));
    for (size_t at = 0; at < data[i].size(); ++at)
      data[i][at] = float(int(at * (13 + 4 * i) % 61) - 30);
  }
  data[2].assign(spanOf(e.output), NAN); // beta is 0: not read
  float scalars[] = {1, 0};

  auto number = [&](EincExpression x) {
    return x.count ? list.tokens[x.first].value : 0;
  };
  const EincStep &step = list.steps[0];
  std::vector<int64_t> params;
  for (uint32_t i = 0; i < step.numParams; ++i)
    params.push_back(number(list.params[step.firstParam + i]));
  std::vector<void *> pointers;
  for (uint32_t i = 0; i < 4; ++i) {
    const EincBuffer &buffer =
        list.buffers[list.pointers[step.firstPointer + i].buffer];
    pointers.push_back(buffer.kind == EINC_BUFFER_SCALARS
                           ? static_cast<void *>(scalars)
                           : data[buffer.argument].data());
  }
  auto kernel = JitKernel::make(list.schedules[0], Target{isa});
  ASSERT_TRUE(bool(kernel)) << kernel.error().render();
  ASSERT_TRUE((*kernel)->call(pointers.data(), params, 0, number(step.extent)))
      << "scratch overrun";
  EXPECT_EQ(data[2], expected(data[0], data[1])) << text;
}

INSTANTIATE_TEST_SUITE_P(
    All, Ways,
    ::testing::Combine(::testing::Values(Target::ISA::X86_64,
                                         Target::ISA::X86_64_V3,
                                         Target::ISA::X86_64_V4),
                       ::testing::ValuesIn(ways)),
    [](const auto &info) {
      Target target{std::get<0>(info.param)};
      std::string name = target.text();
      std::replace(name.begin(), name.end(), '-', '_');
      return name + "_" + std::get<1>(info.param).name;
    });

} // namespace
} // namespace einc::test
