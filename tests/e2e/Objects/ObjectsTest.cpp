// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Objects beside the JIT: the same code, and the same results to the last bit.

#include "compiler/Support/OpenAxis.h"
#include "tests/e2e/Objects/LinkedProgram.h"

#include <cstdlib>
#include <cstring>
#include <gtest/gtest.h>

using namespace einc;
using namespace einc::test;

namespace {

size_t elements(const Shape &shape) {
  size_t count = 1;
  for (int64_t extent : shape)
    count *= static_cast<size_t>(extent);
  return count;
}

/// Operands, then the output; small whole numbers in each type.
struct Buffers {
  std::vector<std::vector<char>> all;

  explicit Buffers(const Layouts &layouts) {
    for (const TensorLayout &operand : layouts.operands)
      fill(operand);
    all.emplace_back(elements(layouts.output.extents) *
                         elementBytes(layouts.output.type),
                     '\x55');
  }
  std::vector<void *> pointers() {
    std::vector<void *> result;
    for (std::vector<char> &buffer : all)
      result.push_back(buffer.data());
    return result;
  }

private:
  void fill(const TensorLayout &layout) {
    const unsigned seed = static_cast<unsigned>(all.size()) * 100;
    size_t count = elements(layout.extents);
    std::vector<char> &bytes =
        all.emplace_back(count * elementBytes(layout.type));
    auto write = [&](auto one, size_t lanes) {
      for (size_t i = 0; i < count * lanes; ++i) {
        int number = int((seed + unsigned(i)) * 2654435761u >> 16) % 11 - 5;
        decltype(one) value = decltype(one)(number);
        std::memcpy(bytes.data() + i * sizeof value, &value, sizeof value);
      }
    };
    switch (layout.type) {
    case ElementType::F32:
      return write(float(), 1);
    case ElementType::F64:
      return write(double(), 1);
    case ElementType::C64:
      return write(float(), 2);
    case ElementType::C128:
      return write(double(), 2);
    case ElementType::I32:
      return write(int32_t(), 1);
    default:
      return write(int8_t(), 1);
    }
  }
};

/// The kernels of the JIT for a program are the functions f.kernelN.
void expectSameCode(const LinkedProgram &linked) {
  const EincProgram &program = linked.program->get();
  unsigned found = 0;
  for (uint32_t v = 0; v < program.numVariants; ++v) {
    const EincArtifact &artifact = *program.variants[v].artifact;
    for (uint32_t i = 0; i < artifact.numKernels; ++i) {
      std::string image(static_cast<const char *>(artifact.kernels[i].image),
                        artifact.kernels[i].imageBytes);
      bool same = false;
      for (unsigned n = 0;; ++n) {
        std::string code = linked.codeOf("f.kernel" + std::to_string(n));
        if (code.empty())
          break;
        same |= code == image;
      }
      EXPECT_TRUE(same) << artifact.kernels[i].schedule;
      ++found;
    }
  }
  EXPECT_GT(found, 0u);
}

class Objects : public testing::TestWithParam<Request> {};

TEST_P(Objects, ComputeWhatTheJITDoes) {
  const Request &request = GetParam();
  Layouts layouts = layoutsOf(request);
  LinkedProgram linked(request);
  ASSERT_TRUE(linked.program);
  // What is never called is not in the object.
  if (elements(layouts.output.extents) > 0)
    expectSameCode(linked);

  CompileOptions options;
  auto jit = compileExpression(layouts.equation, layouts.operands,
                               layouts.output, options, testCache());
  ASSERT_TRUE(jit) << jit.error().render();
  Buffers expected(layouts), plain(layouts), own(layouts), strided(layouts);
  std::vector<void *> pointers = expected.pointers();
  runtime::RunOptions single;
  single.threads = 1;
  ASSERT_TRUE((*jit)->run(pointers.data(), single));

  EXPECT_EQ(linked.call("", plain.pointers()), EINC_RESULT_OK);
  EXPECT_EQ(plain.all, expected.all);
  int64_t bytes = linked.workspaceBytes();
  ASSERT_GE(bytes, 0);
  void *workspace = std::aligned_alloc(64, std::max<size_t>(size_t(bytes), 64));
  EXPECT_EQ(linked.call("_ws", own.pointers(), {}, workspace), EINC_RESULT_OK);
  std::free(workspace);
  EXPECT_EQ(own.all, expected.all);

  // Another kernel, perhaps, but sums that are exact.
  std::vector<TensorLayout> tensors = layouts.operands;
  tensors.push_back(layouts.output);
  std::vector<void *> withStrides;
  for (size_t i = 0; i < tensors.size(); ++i) {
    withStrides.push_back(strided.all[i].data());
    withStrides.push_back(tensors[i].strides.data());
  }
  EXPECT_EQ(linked.call("_strided", withStrides), EINC_RESULT_OK);
  EXPECT_EQ(strided.all, expected.all);
}

INSTANTIATE_TEST_SUITE_P(
    Equations, Objects,
    testing::Values(
        Request{"ij,jk->ik", {{64, 64}, {64, 64}}},
        Request{"ij,jk->ik", {{1, 1}, {1, 1}}},
        Request{"ij,jk->ik", {{0, 3}, {3, 5}}},
        Request{"ij,jk->ik", {{3, 0}, {0, 5}}, ElementType::F64},
        Request{"ij,jk->ik", {{131, 257}, {257, 67}}, ElementType::C64},
        Request{"bhqd,bhkd->bhqk",
                {{2, 3, 33, 16}, {2, 3, 35, 16}},
                ElementType::F64},
        Request{"ij,jk,kl->il", {{30, 70}, {70, 40}, {40, 50}}},
        Request{"ab,bc,cd,de->ae",
                {{3, 11}, {11, 4}, {4, 13}, {13, 2}},
                ElementType::I32},
        Request{"ij->ji", {{100, 33}}},
        Request{"ij->", {{100, 33}}, ElementType::F64},
        Request{"ij->j", {{100, 33}}, ElementType::I8},
        Request{"i,i->", {{1000}, {1000}}, ElementType::C128},
        Request{"ii->i", {{17, 17}}},
        Request{"i,j->ij", {{17}, {19}}, ElementType::I8},
        Request{"ij,j->i", {{37, 41}, {41}}},
        Request{"abc,bad->dc", {{5, 7, 9}, {7, 5, 11}}, ElementType::F64}),
    [](const auto &info) { return "Row" + std::to_string(info.index); });

/// The shapes of a request with open axes for these extents: equal letters have
/// equal extents, in the order of their first occurrence.
std::vector<Shape> shapesFor(const Request &request,
                             const std::vector<int64_t> &extents) {
  std::vector<Shape> shapes = request.shapes;
  std::string open;
  size_t at = 0;
  for (Shape &shape : shapes) {
    for (int64_t &extent : shape) {
      const char letter = request.equation[at++];
      if (!isOpenAxis(extent))
        continue;
      if (open.find(letter) == std::string::npos)
        open += letter;
      extent = extents[open.find(letter)];
    }
    ++at; // the comma
  }
  return shapes;
}

/// Equal numbers; a sum of one product keeps the sign of its zero where no sum
/// is formed.
bool equalNumbers(const std::vector<char> &a, const std::vector<char> &b,
                  ElementType type) {
  auto equal = [&](auto one) {
    const size_t count = a.size() / sizeof one;
    for (size_t i = 0; i < count; ++i) {
      decltype(one) x, y;
      std::memcpy(&x, a.data() + i * sizeof one, sizeof one);
      std::memcpy(&y, b.data() + i * sizeof one, sizeof one);
      if (x != y)
        return false;
    }
    return a.size() == b.size();
  };
  switch (type) {
  case ElementType::F32:
  case ElementType::C64:
    return equal(float());
  case ElementType::F64:
  case ElementType::C128:
    return equal(double());
  default:
    return a == b;
  }
}

class OpenRows : public testing::TestWithParam<Request> {};

TEST_P(OpenRows, MatchTheJITOfFixedExtents) {
  const Request &request = GetParam();
  LinkedProgram linked(request);
  ASSERT_TRUE(linked.program);
  const size_t numOpen = linked.program->get().numOpenNumbers;
  for (std::vector<int64_t> extents : {std::vector<int64_t>{1, 1, 1},
                                       {0, 5, 2},
                                       {3, 0, 7},
                                       {2, 3, 0},
                                       {7, 13, 5},
                                       {64, 65, 63},
                                       {131, 17, 70}}) {
    extents.resize(numOpen);
    Layouts layouts = layoutsOf(
        {request.equation, shapesFor(request, extents), request.type});
    auto jit = compileExpression(layouts.equation, layouts.operands,
                                 layouts.output, {}, testCache());
    ASSERT_TRUE(jit);
    Buffers expected(layouts), actual(layouts);
    std::vector<void *> pointers = expected.pointers();
    ASSERT_TRUE((*jit)->run(pointers.data()));
    EXPECT_EQ(linked.call("", actual.pointers(), extents), EINC_RESULT_OK);
    EXPECT_TRUE(
        equalNumbers(actual.all.back(), expected.all.back(), request.type))
        << request.equation << " " << testing::PrintToString(extents);
  }
}

constexpr int64_t Open = openAxis();

INSTANTIATE_TEST_SUITE_P(
    Open, OpenRows,
    testing::Values(
        Request{"ij,jk->ik", {{Open, Open}, {Open, Open}}},
        Request{"ij,jk->ki", {{9, Open}, {Open, 33}}, ElementType::F64},
        Request{"bij,bjk->bik", {{Open, 8, 8}, {Open, 8, 8}}},
        Request{"ij,jk,kl->il", {{Open, 20}, {20, Open}, {Open, Open}}},
        Request{"ij->ji", {{Open, Open}}},
        Request{"ij->j", {{Open, Open}}, ElementType::I32},
        Request{"ij->", {{Open, 11}}, ElementType::I64},
        Request{"i,i->", {{Open}, {Open}}, ElementType::F64},
        Request{"ii->i", {{Open, Open}}},
        Request{"i->ii", {{Open}}, ElementType::F64},
        Request{"i,j->ij", {{Open}, {Open}}, ElementType::I8},
        Request{"ij,j->i", {{Open, Open}, {Open}}, ElementType::C64},
        Request{"bqd,bkd->bqk", {{2, Open, Open}, {2, Open, Open}}}),
    [](const auto &info) { return "Row" + std::to_string(info.index); });

TEST(OpenObjects, TakeExtentsWithEachCall) {
  // A hint makes a variant of its own for exactly that extent.
  LinkedProgram linked({"ij,jk->ik", {{openAxis(24), 31}, {31, openAxis(17)}}});
  ASSERT_TRUE(linked.program);
  EXPECT_EQ(linked.program->get().numVariants, 2u);
  expectSameCode(linked);
  for (auto [m, n] : {std::pair<int64_t, int64_t>{24, 17},
                      {24, 16},
                      {25, 17},
                      {1, 1},
                      {0, 3},
                      {100, 90}}) {
    Layouts layouts = layoutsOf({"ij,jk->ik", {{m, 31}, {31, n}}});
    auto jit = compileExpression(layouts.equation, layouts.operands,
                                 layouts.output, {}, testCache());
    ASSERT_TRUE(jit);
    Buffers expected(layouts), actual(layouts);
    std::vector<void *> pointers = expected.pointers();
    ASSERT_TRUE((*jit)->run(pointers.data()));
    EXPECT_EQ(linked.call("", actual.pointers(), {m, n}), EINC_RESULT_OK);
    EXPECT_EQ(actual.all, expected.all) << m << " " << n;
  }
  Layouts layouts = layoutsOf({"ij,jk->ik", {{2, 31}, {31, 2}}});
  Buffers buffers(layouts);
  const int64_t most = INT64_MAX;
  const struct {
    int64_t m, n;
    int result;
  } rows[] = {{-1, 2, EINC_RESULT_INVALID_ARGUMENT},
              {2, INT64_MIN, EINC_RESULT_INVALID_ARGUMENT},
              {most, 2, EINC_RESULT_LIMIT},
              {2, most / 31, EINC_RESULT_LIMIT},
              {most / 200, most / 200, EINC_RESULT_LIMIT},
              {0, most, EINC_RESULT_LIMIT}};
  for (const auto &row : rows)
    EXPECT_EQ(linked.call("", buffers.pointers(), {row.m, row.n}), row.result)
        << row.m << " " << row.n;
}

} // namespace
