// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A compiled expression allocates nothing after a thread's first call. This
/// program's own allocation functions, which the library then uses too, count.

#include "einc-c/einc.h"
#include "einc/Einsum.h"
#include "tests/e2e/API/Matrices.h"

#include <cerrno>
#include <cstdlib>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define EINC_COUNTS_ALLOCATIONS 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||     \
    __has_feature(memory_sanitizer)
#define EINC_COUNTS_ALLOCATIONS 0
#endif
#endif
#ifndef EINC_COUNTS_ALLOCATIONS
#define EINC_COUNTS_ALLOCATIONS 1
#endif

static thread_local int numAllocations = 0;

#if EINC_COUNTS_ALLOCATIONS
#define EINC_EXPORTED extern "C" __attribute__((visibility("default")))

extern "C" void *__libc_malloc(size_t);
extern "C" void *__libc_calloc(size_t, size_t);
extern "C" void *__libc_realloc(void *, size_t);
extern "C" void *__libc_memalign(size_t, size_t);

EINC_EXPORTED void *malloc(size_t size) {
  ++numAllocations;
  return __libc_malloc(size);
}
EINC_EXPORTED void *calloc(size_t count, size_t size) {
  ++numAllocations;
  return __libc_calloc(count, size);
}
EINC_EXPORTED void *realloc(void *pointer, size_t size) {
  ++numAllocations;
  return __libc_realloc(pointer, size);
}
EINC_EXPORTED void *aligned_alloc(size_t alignment, size_t size) {
  ++numAllocations;
  return __libc_memalign(alignment, size);
}
EINC_EXPORTED int posix_memalign(void **out, size_t alignment, size_t size) {
  ++numAllocations;
  *out = __libc_memalign(alignment, size);
  return *out ? 0 : ENOMEM;
}
#endif

using namespace einc;
using namespace einc::test;

/// Allocations of `action` on its second and third call.
template <typename Action> static int allocationsOf(Action action) {
  action();
  int before = numAllocations;
  action();
  action();
  return numAllocations - before;
}

class Allocation : public testing::Test {
protected:
  void SetUp() override {
    if (!EINC_COUNTS_ALLOCATIONS)
      GTEST_SKIP() << "a sanitizer has the allocation functions";
  }
};

TEST_F(Allocation, IsCounted) {
  EXPECT_EQ(allocationsOf([] { delete new std::string(100, 'x'); }), 4);
  EXPECT_EQ(allocationsOf([] { Tensor::zeros({3, 4}); }), 2);
}

TEST_F(Allocation, NoneInARun) {
  Tensor a = distinct({70, 50}, 1), b = distinct({50, 40}, 2),
         c = distinct({40, 30}, 3);
  Tensor out = Tensor::zeros({70, 30});
  Expression expression =
      einc::compile("ij,jk,kl->il", {a.type(), b.type(), c.type()});
  for (unsigned threads : {1, 2})
    EXPECT_EQ(allocationsOf([&] {
                expression.run(out, {a, b, c}, {.threads = threads});
              }),
              0);
}

TEST_F(Allocation, NoneForManyOperandsOrAxes) {
  std::vector<Tensor> tensors(25, Tensor{{1, 1}, {0, 1}});
  std::string equation;
  for (int i = 0; i < 25; ++i)
    equation += std::string(i ? "," : "") + char('a' + i) + char('a' + i + 1);
  std::vector<TensorView> views(tensors.begin(), tensors.end());
  std::vector<TensorType> types;
  for (const TensorView &view : views)
    types.push_back(view.type());
  Expression expression = einc::compile(equation + "->az", types);
  Tensor out = Tensor::zeros({2, 2});
  EXPECT_EQ(allocationsOf([&] { expression.run(out.view(), views); }), 0);
  EXPECT_EQ(out(0, 1), 25);
}

TEST_F(Allocation, NoneInARunFromC) {
  const int64_t shape[2] = {2, 2};
  double memory[9][4] = {{1, 2, 3, 4}, {5, 6, 7, 8}};
  std::vector<EincTensor> tensors(9);
  for (size_t i = 0; i < 9; ++i) {
    tensors[i].data = memory[i];
    tensors[i].extents = shape;
    tensors[i].rank = 2;
    tensors[i].type = EINC_TYPE_F64;
  }
  EincEquation *equation = nullptr;
  ASSERT_EQ(
      eincEquationParse("ab,bc,cd,de,ef,fg,gh,hi->ai", &equation, nullptr),
      EINC_OK);
  EincExecutable *executable = nullptr;
  ASSERT_EQ(eincExecutableCompile(equation, 8, tensors.data(), nullptr, nullptr,
                                  &executable, nullptr),
            EINC_OK);
  EXPECT_EQ(allocationsOf([&] {
              eincExecutableRun(executable, 8, tensors.data(), &tensors[8],
                                nullptr, nullptr);
            }),
            0);
  eincExecutableDestroy(executable);
  eincEquationDestroy(equation);
}

TEST_F(Allocation, OnlyTheResultOfACachedEinsum) {
  Tensor a = distinct({20, 30}, 1), b = distinct({30, 10}, 2);
  EXPECT_EQ(allocationsOf([&] { einsum("ij,jk->ik", a, b); }), 2);
  Tensor out = Tensor::zeros({20, 10});
  EXPECT_EQ(allocationsOf([&] { einsumInto(out, "ij,jk->ik", {a, b}); }), 0);
}
