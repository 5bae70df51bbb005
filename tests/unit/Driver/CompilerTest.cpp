// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/Compiler.h"
#include "tests/unit/Driver/TestCompiler.h"

#include <gtest/gtest.h>

using namespace einc;
using namespace einc::test;

static ShapedEquation shaped(const char *text, std::vector<Shape> shapes) {
  auto equation = parseEquation(text);
  EXPECT_TRUE(equation);
  auto result = inferShapes(*equation, shapes);
  EXPECT_TRUE(result);
  return *result;
}

static std::vector<TensorLayout> rowMajor(std::vector<Shape> shapes) {
  std::vector<TensorLayout> result;
  for (Shape &shape : shapes)
    result.push_back(TensorLayout::rowMajor(ElementType::F32, shape));
  return result;
}

/// A compiled product of three matrices.
static Result<std::shared_ptr<const CompiledExpression>>
compileChain(KernelCache &cache, const CompileOptions &options) {
  std::vector<Shape> shapes = {{30, 7}, {7, 40}, {40, 5}};
  return compileExpression(shaped("ij,jk,kl->il", shapes), rowMajor(shapes),
                           TensorLayout::rowMajor(ElementType::F32, {30, 5}),
                           options, cache);
}

TEST(Compiler, BindsStepsAndKernels) {
  TestCompiler compiler;
  KernelCache cache(compiler.source());
  auto compiled = compileChain(cache, {});
  ASSERT_TRUE(compiled) << compiled.error().render();
  const CompiledExpression &expression = **compiled;
  EXPECT_EQ(expression.kernels.size(),
            expression.planned.steps.schedules.size());
  EXPECT_EQ(compiler.calls, 1);
  EXPECT_EQ(expression.timings().kernels.compiled, expression.kernels.size());
  EXPECT_EQ(expression.executable->numArguments(), 4u);
  EXPECT_EQ(expression.target, hostMachine().target);

  // Two steps of the plan, each with a kernel.
  ASSERT_EQ(expression.planned.steps.planSteps.size(), 2u);
  for (uint32_t step = 0; step < 2; ++step)
    EXPECT_FALSE(expression.kernelsOf(step).empty());
  EXPECT_TRUE(expression.kernelsOf(2).empty());
}

TEST(Compiler, DescribesTheArtifact) {
  TestCompiler compiler;
  KernelCache cache(compiler.source());
  auto compiled = compileChain(cache, {});
  ASSERT_TRUE(compiled);
  EincArtifact artifact = (*compiled)->artifact.get();
  EXPECT_EQ(artifact.abi, EINC_ARTIFACT_ABI);
  EXPECT_EQ(artifact.size, sizeof(EincArtifact));
  EXPECT_STREQ(artifact.equation, "ij,jk,kl->il");
  EXPECT_EQ(artifact.plan[0], '{');
  EXPECT_EQ(artifact.scalarType, uint32_t(EINC_TYPE_F32));
  ASSERT_EQ(artifact.numArguments, 4u);
  EXPECT_STREQ(artifact.arguments[1].name, "operand1");
  EXPECT_EQ(artifact.arguments[1].extents[1], 40);
  EXPECT_EQ(artifact.arguments[1].strides[0], 40);
  EXPECT_STREQ(artifact.arguments[3].name, "output");
  EXPECT_EQ(artifact.arguments[3].rank, 2u);
  const Kernel &kernel = *(*compiled)->kernels[0];
  EXPECT_STREQ(artifact.kernels[0].family, familyName(kernel.family));
  EXPECT_EQ(artifact.kernels[0].schedule, kernel.schedule);
  EXPECT_EQ(artifact.kernels[0].imageBytes, kernel.image.size());
  EXPECT_EQ(artifact.kernels[0].imageHash[31], kernel.imageHash[31]);
}

TEST(Compiler, RunsAndKeepsWhatItRuns) {
  TestCompiler compiler;
  std::shared_ptr<const CompiledExpression> expression;
  {
    KernelCache cache(compiler.source());
    auto compiled = compileChain(cache, {});
    ASSERT_TRUE(compiled);
    expression = *compiled;
  } // The kernels outlive their cache.
  std::vector<float> a(30 * 7), b(7 * 40), c(40 * 5), out(30 * 5);
  void *arguments[] = {a.data(), b.data(), c.data(), out.data()};
  auto done = expression->run(arguments);
  EXPECT_TRUE(done) << done.error().render();
}

TEST(Compiler, RefusesToRunForeignCode) {
  TestCompiler compiler;
  KernelCache cache(compiler.source());
  auto compiled = compileChain(cache, {});
  ASSERT_TRUE(compiled);
  auto &foreign = const_cast<CompiledExpression &>(**compiled);
  foreign.runnable = false;
  foreign.target = {Target::ISA::X86_64_V4};
  void *arguments[4] = {};
  auto done = foreign.run(arguments);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::UnsupportedTarget);
  EXPECT_EQ(done.error().message,
            std::string("code for x86-64-v4 cannot run on this machine, which "
                        "has ") +
                hostMachine().target.text());
}

TEST(Compiler, CountsMemoryBeforeCompiling) {
  TestCompiler compiler;
  KernelCache cache(compiler.source());
  CompileOptions options;
  options.maxMemoryBytes = 1000;
  auto compiled = compileChain(cache, options);
  ASSERT_FALSE(compiled);
  EXPECT_EQ(compiled.error().kind, ErrorKind::Limit);
  EXPECT_EQ(compiler.timesAsked, 0);
}

TEST(Compiler, PassesOnThePlannersErrors) {
  TestCompiler compiler;
  KernelCache cache(compiler.source());
  CompileOptions options;
  options.search.method = "clairvoyant";
  auto compiled = compileChain(cache, options);
  ASSERT_FALSE(compiled);
  EXPECT_EQ(compiled.error().kind, ErrorKind::InvalidArgument);
}

TEST(Compiler, EmitsTextOfAllKernels) {
  TestCompiler compiler;
  KernelCache cache(compiler.source());
  auto compiled = compileChain(cache, {});
  ASSERT_TRUE(compiled);
  CompileOptions options;
  options.machine.target = {Target::ISA::X86_64};
  const StepList &steps = (*compiled)->planned.steps;
  auto text = emitText(steps, EINC_FORM_ASM, options, cache);
  ASSERT_TRUE(text);
  for (const Schedule &schedule : steps.schedules)
    EXPECT_NE(text->find(schedule.text() + " x86-64"), std::string::npos);

  compiler.failures = 1000;
  auto failed = emitText(steps, EINC_FORM_ASM, options, cache);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().message, "the compiler failed: no registers left");
}
