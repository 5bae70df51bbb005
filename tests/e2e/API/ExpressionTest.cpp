// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "einc/Einsum.h"
#include "tests/e2e/API/Matrices.h"
#include "tests/unit/API/Throws.h"

#include <atomic>
#include <cstring>
#include <thread>

using namespace einc;
using namespace einc::test;

TEST(Expression, IsCompiledOnceAndCalledOften) {
  Expression expression = einc::compile(
      "ij,jk->ik", {{ElementType::F64, {8, 9}}, {ElementType::F64, {9, 10}}});
  EXPECT_EQ(expression.numOperands(), 2u);
  EXPECT_EQ(expression.operandType(1), TensorType(ElementType::F64, {9, 10}));
  EXPECT_EQ(expression.outputType(), TensorType(ElementType::F64, {8, 10}));
  EXPECT_EQ(expression.plan().flops, 2 * 8 * 9 * 10);
  for (int seed = 1; seed < 5; ++seed) {
    Tensor a = distinct({8, 9}, seed);
    Tensor b = distinct({9, 10}, 10 * seed);
    expectEqual(expression(a, b), product(a, b));
    Tensor out = Tensor::zeros({8, 10});
    expression.run(out, {a, b});
    expression.run(out, {a, b}, {.alpha = 1, .beta = -1});
    expectEqual(out, Tensor::zeros({8, 10}));
  }
}

TEST(Expression, FixesTheOutputsStridesToo) {
  TensorType output(ElementType::F64, {3, 2}, {1, 3});
  Tensor a = {{1, 2}, {3, 4}, {5, 6}};
  Expression copy = einc::compileInto(output, "ij->ij", {a.type()});
  std::vector<double> memory(6);
  copy.run(MutableTensorView(memory.data(), output), {a});
  EXPECT_EQ(memory, (std::vector<double>{1, 3, 5, 2, 4, 6}));
  EXPECT_EQ(errorOf([&] { copy(a); }),
            "invalid-argument: the expression was compiled for an output with "
            "strides, so that it cannot make one: use run");
}

TEST(Expression, RefusesOtherTypes) {
  Tensor a = distinct({3, 4}, 1), b = distinct({4, 5}, 2);
  Tensor out = Tensor::zeros({3, 5});
  Expression expression = einc::compile("ij,jk->ik", {a.type(), b.type()});
  auto run = [&](const MutableTensorView &out, std::vector<TensorView> views) {
    return errorOf([&] { expression.run(out, views); });
  };
  EXPECT_EQ(run(out, {a, b}), "no error");
  EXPECT_EQ(run(out, {a}), "operand-count: the expression was compiled for 2 "
                           "operands but 1 are given");
  EXPECT_EQ(run(out, {a, distinct({4, 6}, 3)}),
            "invalid-argument: operand 1 has shape (4, 6) but the expression "
            "was compiled for (4, 5)");
  EXPECT_EQ(run(out, {Tensor(a, ElementType::F32), b}),
            "invalid-argument: operand 0 has elements of type f32 but the "
            "expression was compiled for f64");
  Tensor transposed = distinct({4, 3}, 1);
  EXPECT_EQ(run(out, {transposed.view().transposed(), b}),
            "invalid-argument: operand 0 has strides (1, 3) but the expression "
            "was compiled for (4, 1)");
  Tensor wrong = Tensor::zeros({5, 3});
  EXPECT_EQ(run(wrong, {a, b}),
            "invalid-argument: the output has shape (5, 3) but the expression "
            "was compiled for (3, 5)");
  EXPECT_EQ(run(MutableTensorView(a.data(), out.type()), {a, b}),
            "invalid-argument: the output overlaps operand 0 in memory");
  EXPECT_EQ(errorOf([&] { expression.operandType(2); }),
            "invalid-argument: there is no operand 2 of 2");
}

namespace {
/// Runs tasks from the last to the first, and counts.
struct Backwards {
  int numCalls = 0;
  Executor executor = {[](void *context, uint32_t count,
                          void (*task)(void *, uint32_t), void *argument) {
                         ++static_cast<Backwards *>(context)->numCalls;
                         while (count-- > 0)
                           task(argument, count);
                       },
                       this};
};
} // namespace

TEST(Expression, TakesTheCallersWorkspaceAndThreads) {
  Tensor a = distinct({150, 140}, 1), b = distinct({140, 130}, 2),
         c = distinct({130, 120}, 3);
  Tensor expected = product(product(a, b), c);
  Tensor out = Tensor::zeros({150, 120});
  Expression expression =
      einc::compile("ij,jk,kl->il", {a.type(), b.type(), c.type()});
  uint64_t bytes = expression.workspaceBytes(2);
  EXPECT_GE(bytes, 8u * 120 * 140);
  std::vector<std::byte> memory(bytes + 64);
  auto misaligned = reinterpret_cast<uintptr_t>(memory.data()) % 64;
  std::byte *workspace = memory.data() + (64 - misaligned);
  Backwards backwards;
  RunOptions options = {.threads = 2,
                        .executor = &backwards.executor,
                        .workspace = workspace,
                        .workspaceBytes = bytes};
  expression.run(out, {a, b, c}, options);
  expectEqual(out, expected);
  EXPECT_GE(backwards.numCalls, 2);

  // Also where nothing was compiled by the caller.
  out = Tensor::zeros({150, 120});
  backwards.numCalls = 0;
  einsumInto(out, "ij,jk,kl->il", {a, b, c}, options);
  expectEqual(out, expected);
  EXPECT_GE(backwards.numCalls, 2);

  options.workspaceBytes = bytes - 1;
  EXPECT_EQ(errorOf([&] { expression.run(out, {a, b, c}, options); }),
            "invalid-argument: the workspace has " + std::to_string(bytes - 1) +
                " bytes, " + std::to_string(bytes) +
                " are needed for 2 threads");
  options.workspaceBytes = bytes;
  options.workspace = workspace + 32;
  EXPECT_EQ(errorOf([&] { expression.run(out, {a, b, c}, options); }),
            "invalid-argument: the workspace is not 64-byte aligned");
  options.workspace = nullptr;
  Executor none;
  options.executor = &none;
  EXPECT_EQ(errorOf([&] { expression.run(out, {a, b, c}, options); }),
            "invalid-argument: the executor has no parallelFor");
  expectEqual(out, expected);
}

TEST(Expression, ManyThreadsAtOnce) {
  Tensor a = distinct({60, 50}, 1), b = distinct({50, 40}, 2),
         c = distinct({40, 30}, 3);
  Tensor expected = product(product(a, b), c);
  Expression expression =
      einc::compile("ij,jk,kl->il", {a.type(), b.type(), c.type()});
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      for (int call = 0; call < 20; ++call) {
        Tensor out = expression(a, b, c);
        wrong += memcmp(out.data(), expected.data(),
                        expected.size() * sizeof(double)) != 0;
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(Expression, ManyThreadsCompileTheSame) {
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      Tensor a = distinct({11, 12}, 1), b = distinct({12, 37}, 2);
      Tensor c = einsum("xy,yz->zx", a, b);
      wrong += c(36, 10) != product(a, b)(10, 36);
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(wrong, 0);
}
