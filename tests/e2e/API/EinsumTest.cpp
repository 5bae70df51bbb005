// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "einc/Einsum.h"
#include "tests/e2e/API/Matrices.h"
#include "tests/unit/API/Throws.h"

#include <cstdlib>
#include <cstring>

using namespace einc;
using namespace einc::test;

TEST(Einsum, TakesTensorsAndViews) {
  Tensor a = distinct({5, 7}, 1);
  Tensor b = distinct({7, 3}, 2);
  Tensor expected = product(a, b);
  expectEqual(einsum("ij,jk->ik", a, b), expected);
  expectEqual(einsum("ij,jk->ik", a.view(), b), expected);
  expectEqual(einsum("ij,jk->ik", {a, b}), expected);
  expectEqual(einsum("ij,jk->ik", {a, b}, {.threads = 2}), expected);
  std::vector<TensorView> operands = {a, b};
  expectEqual(einsum("ij,jk->ik", operands), expected);
  expectEqual(einsum("ij,jk->ik", operands, {.cacheCompiled = false}),
              expected);
}

TEST(Einsum, SinglePrecision) {
  Tensor a({{1, 2}, {3, 4}}, ElementType::F32);
  Tensor b({{5, 6}, {7, 8}}, ElementType::F32);
  Tensor c = einsum("ij,jk->ik", a, b);
  EXPECT_EQ(c.element(), ElementType::F32);
  expectEqual(Tensor(c, ElementType::F64), Tensor{{19, 22}, {43, 50}});
}

TEST(Einsum, AnyStrides) {
  Tensor memory = distinct({12, 12}, 5);
  const double *data = memory.values<double>().data();
  const TensorView views[] = {
      {data, {6, 4}},
      {data, {6, 4}, {1, 6}},
      {data + 143, {6, 4}, {-12, -1}},
      {data + 11, {6, 4}, {12, -2}},
      {data, {6, 4}, {0, 1}},
      {data + 3, {6, 4}, {7, 0}},
      {data, {6, 4}, {0, 0}},
      {data, {6, 4}, {1, 1}},
  };
  Tensor b = distinct({4, 5}, 6);
  for (const TensorView &a : views) {
    expectEqual(einsum("ij,jk->ik", a, b), product(a, b));
    expectEqual(einsum("ij->ji", a), Tensor(a.transposed()));
  }
}

TEST(Einsum, OneOperand) {
  Tensor a = {{1, 2, 3}, {4, 5, 6}};
  expectEqual(einsum("ij->i", a), Tensor{6, 15});
  expectEqual(einsum("ij->j", a), Tensor{5, 7, 9});
  expectEqual(einsum("ij->", a), Tensor::fromValues({}, {21}));
  expectEqual(einsum("ij", a), a);
  expectEqual(einsum("ba", a), Tensor(a.view().transposed()));
  Tensor square = {{1, 2}, {3, 5}};
  expectEqual(einsum("ii", square), Tensor::fromValues({}, {6}));
  expectEqual(einsum("ii->i", square), Tensor{1, 5});
  expectEqual(einsum("i->ii", Tensor{7, 8}), Tensor{{7, 0}, {0, 8}});
}

TEST(Einsum, ScalarsAndEmptyTensors) {
  Tensor two = Tensor::fromValues({}, {2});
  Tensor a = {3, 4};
  expectEqual(einsum(",i->i", two, a), Tensor{6, 8});
  expectEqual(einsum(",->", two, two), Tensor::fromValues({}, {4}));
  expectEqual(einsum("", two), two);
  expectEqual(einsum("ij,jk->ik", Tensor::zeros({2, 0}), Tensor::zeros({0, 3})),
              Tensor::zeros({2, 3}));
  EXPECT_EQ(
      einsum("ij,jk->ik", Tensor::zeros({0, 2}), Tensor::zeros({2, 3})).shape(),
      (IndexList{0, 3}));
}

TEST(Einsum, ManyOperands) {
  // More than an argument list holds on the stack.
  std::vector<Tensor> tensors;
  std::string equation;
  Tensor expected = {{1, 0}, {0, 1}};
  for (int i = 0; i < 20; ++i) {
    tensors.push_back(Tensor{{1.0 + i % 2, 1}, {0, 1.0 - i % 3}});
    equation += i ? "," : "";
    equation += char('a' + i);
    equation += char('a' + i + 1);
    expected = product(expected, tensors.back());
  }
  std::vector<TensorView> views(tensors.begin(), tensors.end());
  expectEqual(einsum(equation + "->au", views), expected);
}

TEST(Einsum, Interleaved) {
  Tensor a = distinct({5, 7}, 1);
  Tensor b = distinct({7, 3}, 2);
  Tensor expected = product(a, b);
  expectEqual(einsum({{a, {0, 1}}, {b, {1, 2}}}, {0, 2}), expected);
  expectEqual(einsum({{a, {0, 1}}, {b, {1, 2}}}), expected);
  expectEqual(einsum({{a, {7, 3}}, {b, {3, 2147483648}}}, {2147483648, 7}),
              Tensor(expected.view().transposed()));
  expectEqual(einsum({{a, {Ellipsis, 1}}, {b, {1, 2}}}, {Ellipsis, 2}),
              expected);
  Tensor all = einsum({{Tensor{1, 2, 4}, {0}}}, {});
  EXPECT_EQ(all(), 7);
  Tensor out = Tensor::zeros({5, 3});
  einsumInto(out, {{a, {0, 1}}, {b, {1, 2}}}, {0, 2});
  expectEqual(out, expected);
  // The same labels with another output are another equation.
  expectEqual(einsum({{a, {0, 1}}, {b, {1, 2}}}, {2, 0}),
              Tensor(expected.view().transposed()));
}

TEST(Einsum, InterleavedMistakes) {
  Tensor a = distinct({2, 3}, 1);
  Tensor b = distinct({4, 5}, 2);
  auto kind = [](auto action) {
    std::string error = errorOf(action);
    return error.substr(0, error.find(':'));
  };
  EXPECT_EQ(kind([&] { einsum({{a, {0, 1}}, {b, {1, 2}}}, {0, 2}); }),
            "extent-mismatch");
  EXPECT_EQ(kind([&] { einsum({{a, {0, 1}}}, {3}); }), "unknown-output-label");
  EXPECT_EQ(kind([&] { einsum({{a, {0}}}, {0}); }), "rank-mismatch");
  EXPECT_EQ(kind([&] { einsum({{a, {0, -2}}}, {0}); }), "syntax");
  EXPECT_EQ(errorOf([&] {
              einsum(std::span<const LabeledOperand>(), std::nullopt);
            }).substr(0, 14),
            "operand-count:");
}

TEST(Einsum, Options) {
  Tensor a = distinct({40, 30}, 1);
  Tensor b = distinct({30, 20}, 2);
  Tensor c = distinct({20, 10}, 3);
  Tensor expected = product(product(a, b), c);
  auto compute = [&](const Options &options) {
    return einsum("ij,jk,kl->il", {a, b, c}, options);
  };
  for (const char *method : {"auto", "optimal", "greedy", "left-to-right"})
    expectEqual(compute({.optimize = method}), expected);
  expectEqual(compute({.path = {{1, 2}, {0, 1}}}), expected);
  expectEqual(compute({.path = {{1, 2}, {0, 3}}, .ssaPath = true}), expected);
  expectEqual(compute({.cpu = "x86-64"}), expected);
  expectEqual(einsum("(ij,jk),kl->il", a, b, c), expected);
  expectEqual(einsum("row mid, mid col -> row col", a, b), product(a, b));
}

TEST(Einsum, ResultsDoNotDependOnThreads) {
  Tensor a = distinct({130, 140}, 1, ElementType::F32);
  Tensor b = distinct({140, 150}, 2, ElementType::F32);
  Tensor one = einsum("ij,jk->ik", {a, b}, {.threads = 1});
  for (unsigned threads : {2, 3, 5, 8}) {
    Tensor many = einsum("ij,jk->ik", {a, b}, {.threads = threads});
    EXPECT_EQ(0, memcmp(one.data(), many.data(), one.size() * sizeof(float)));
  }
}

TEST(Einsum, Mistakes) {
  Tensor a = {{1, 2}, {3, 4}};
  Tensor b = {{5, 6}, {7, 8}};
  auto compute = [&](const Options &options) {
    return errorOf([&] { einsum("ij,jk->ik", {a, b}, options); });
  };
  EXPECT_EQ(errorOf([&] { einsum("ij,jk->iz", a, b); }).substr(0, 21),
            "unknown-output-label:");
  EXPECT_EQ(errorOf([&] { einsum("ij,jk->ik", a); }).substr(0, 14),
            "operand-count:");
  EXPECT_EQ(errorOf([&] { einsum("ij,jk->ik"); }).substr(0, 14),
            "operand-count:");
  EXPECT_EQ(compute({.cpu = "z80"}).substr(0, 19), "unsupported-target:");
  EXPECT_EQ(compute({.optimize = "magic"}).substr(0, 17), "invalid-argument:");
  EXPECT_EQ(compute({.path = {{0, 5}}}).substr(0, 17), "invalid-argument:");
  EXPECT_EQ(compute({.maxMemory = 10}).substr(0, 6), "limit:");
  // A mistake is not remembered.
  expectEqual(einsum("ij,jk->ik", a, b), product(a, b));
}

TEST(Einsum, MemoryIsCheckedBeforeItIsTaken) {
  // An outer product of 2^60 bytes from two small vectors.
  double zero = 0;
  TensorView vector(&zero, {int64_t(1) << 29}, {0});
  EXPECT_EQ(errorOf([&] { einsum("i,j->ij", vector, vector); }).substr(0, 6),
            "limit:");
}

namespace {
/// Calls einsum when the objects of the main thread are gone.
struct LateCall {
  ~LateCall() {
    // They take the memory that those objects have freed.
    std::vector<std::string> others;
    for (size_t bytes = 16; bytes < 4096; bytes += 16)
      others.emplace_back(bytes, 'x');
    Tensor a = {{1, 2}, {3, 4}};
    bool right = einsum("ij->ji", a)(0, 1) == 3;
    // Code that is not there yet, for a type of no other test, cannot be
    // generated any more.
    try {
      einsum("ij->", Tensor(a, ElementType::BF16));
      right = false;
    } catch (const Error &error) {
      right &= error.message().find("exits") != std::string::npos;
    }
    for (const std::string &text : others)
      right &= text.find_first_not_of('x') == text.npos;
    if (!right)
      std::_Exit(3);
  }
};
} // namespace

TEST(Einsum, MayBeCalledByDestructorsOfStaticObjects) {
  auto exitWithLateCall = [] {
    static LateCall late;
    Tensor a = {{1, 2}, {3, 4}};
    einsum("ij->ji", a);
    std::exit(0);
  };
  EXPECT_EXIT(exitWithLateCall(), testing::ExitedWithCode(0), "");
}
