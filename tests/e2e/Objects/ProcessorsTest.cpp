// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What objects do on other processors than this one, which the tests tell them
/// that they run on.

#include "compiler/Support/OpenAxis.h"
#include "runtime/CpuFeatures.h"
#include "tests/e2e/Objects/LinkedProgram.h"

#include <cstring>
#include <gtest/gtest.h>

using namespace einc;
using namespace einc::test;

namespace {

constexpr uint32_t Known = 1u << 31;

Machine machine(Target::ISA isa) {
  Machine result = hostMachine();
  result.target = {isa};
  return result;
}
const Machine v4 = machine(Target::ISA::X86_64_V4),
              v3 = machine(Target::ISA::X86_64_V3),
              base = machine(Target::ISA::X86_64);

Request product(std::vector<Machine> machines) {
  return {
      "ij,jk->ik", {{37, 41}, {41, 43}}, ElementType::F32, std::move(machines)};
}

struct Matrices {
  std::vector<float> a, b, c, expected;

  Matrices() : a(37 * 41), b(41 * 43), c(37 * 43), expected(37 * 43) {
    for (size_t i = 0; i < a.size(); ++i)
      a[i] = float(i * 7 % 19) - 9;
    for (size_t i = 0; i < b.size(); ++i)
      b[i] = float(i * 5 % 23) - 11;
    for (size_t i = 0; i < 37; ++i)
      for (size_t j = 0; j < 41; ++j)
        for (size_t k = 0; k < 43; ++k)
          expected[i * 43 + k] += a[i * 41 + j] * b[j * 43 + k];
  }
  std::vector<void *> pointers() { return {a.data(), b.data(), c.data()}; }
};

TEST(Processors, AreDetectedAsTheRuntimeDoes) {
  LinkedProgram linked(product({base, v3}));
  ASSERT_NE(linked.processor(), nullptr);
  EXPECT_EQ(*linked.processor(), 0u);
  Matrices matrices;
  EXPECT_EQ(linked.call("", matrices.pointers()), EINC_RESULT_OK);
  // The first variant fits every processor, but the question comes first.
  EXPECT_EQ(*linked.processor(), Known | runtime::hostProcessor().cpu);
}

TEST(Processors, AreNotAskedForCodeThatRunsOnAll) {
  LinkedProgram linked(product({base}));
  EXPECT_EQ(linked.processor(), nullptr);
}

TEST(Processors, LackingTheInstructionsGetAnError) {
  const struct {
    Machine machine;
    uint32_t bits;
  } rows[] = {
      {v3, 0},
      {v3, EINC_CPU_X86_64_V4},
      {v4, EINC_CPU_X86_64_V3},
      {v4, 0},
  };
  for (const auto &row : rows) {
    LinkedProgram linked(product({row.machine}));
    ASSERT_NE(linked.processor(), nullptr);
    *linked.processor() = Known | row.bits;
    Matrices matrices;
    for (const char *suffix : {"", "_ws"})
      EXPECT_EQ(linked.call(suffix, matrices.pointers()),
                EINC_RESULT_UNSUPPORTED_CPU);
    EXPECT_EQ(linked.workspaceBytes(), -1);
    EXPECT_EQ(matrices.c, std::vector<float>(37 * 43, 0.0f));
    int64_t strides[3][2] = {{41, 1}, {43, 1}, {43, 1}};
    EXPECT_EQ(linked.call("_strided",
                          {matrices.a.data(), strides[0], matrices.b.data(),
                           strides[1], matrices.c.data(), strides[2]}),
              EINC_RESULT_UNSUPPORTED_CPU);
  }
}

TEST(Processors, GetTheBestVariantTheyCanRun) {
  LinkedProgram all(product({v4, v3, base}));
  ASSERT_NE(all.processor(), nullptr);
  const struct {
    Machine machine;
    uint32_t bits;
  } rows[] = {
      {base, 0},
      {v3, EINC_CPU_X86_64_V3},
      {v4, EINC_CPU_X86_64_V3 | EINC_CPU_X86_64_V4},
      {v4, EINC_CPU_X86_64_V3 | EINC_CPU_X86_64_V4 | EINC_CPU_AVX512_BF16}};
  std::vector<int64_t> sizes;
  for (const auto &row : rows) {
    *all.processor() = Known | row.bits;
    LinkedProgram one(product({row.machine}));
    if (one.processor())
      *one.processor() = Known | row.bits;
    // Their workspaces tell the variants apart.
    EXPECT_EQ(all.workspaceBytes(), one.workspaceBytes());
    sizes.push_back(all.workspaceBytes());
    if (!hostSupports(row.machine.target))
      continue;
    Matrices matrices;
    EXPECT_EQ(all.call("", matrices.pointers()), EINC_RESULT_OK);
    EXPECT_EQ(matrices.c, matrices.expected);
  }
  EXPECT_FALSE(sizes[0] == sizes[1] && sizes[1] == sizes[2]);
}

} // namespace
