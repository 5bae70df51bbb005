// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Programs and their headers, from a compiler whose kernels do nothing.

#include "compiler/Driver/HeaderText.h"
#include "compiler/Driver/ObjectFile.h"
#include "compiler/Support/OpenAxis.h"
#include "tests/unit/Driver/TestCompiler.h"

#include <gtest/gtest.h>

using namespace einc;
using namespace einc::test;

namespace {

struct Expression {
  ShapedEquation equation;
  std::vector<TensorLayout> operands;
  TensorLayout output;

  Expression(const char *text, std::vector<Shape> shapes,
             ElementType type = ElementType::F32) {
    auto parsed = parseEquation(text);
    EXPECT_TRUE(parsed);
    auto shaped = inferShapes(*parsed, shapes);
    EXPECT_TRUE(shaped);
    equation = *shaped;
    for (size_t i = 0; i < shapes.size(); ++i) {
      for (size_t axis = 0; axis < shapes[i].size(); ++axis)
        if (isOpenAxis(shapes[i][axis]))
          shapes[i][axis] = equation.extents[equation.operand(i)[axis]];
      operands.push_back(TensorLayout::rowMajor(type, shapes[i]));
    }
    output = TensorLayout::rowMajor(type, equation.outputShape);
  }
};

Machine machine(Target target) {
  Machine result = hostMachine();
  result.target = target;
  return result;
}
const Machine v4 = machine({Target::ISA::X86_64_V4, true, true}),
              v3 = machine({Target::ISA::X86_64_V3}),
              base = machine({Target::ISA::X86_64});

class Programs : public testing::Test {
protected:
  Result<std::shared_ptr<const Program>>
  compile(const Expression &expression, const ProgramOptions &options) {
    return compileProgram(expression.equation, expression.operands,
                          expression.output, {}, options, cache);
  }
  std::string messageOf(const ProgramOptions &options) {
    auto program = compile(product, options);
    if (program)
      return "compiled";
    EXPECT_EQ(program.error().kind, ErrorKind::InvalidArgument);
    return program.error().message;
  }

  TestCompiler compiler;
  KernelCache cache{compiler.source()};
  Expression product{"ij,jk->ik", {{30, 40}, {40, 50}}};
};

TEST_F(Programs, HaveAVariantForEachMachine) {
  ProgramOptions options;
  options.name = "product";
  options.machines = {v4, v3, base};
  options.threads = 3;
  auto made = compile(product, options);
  ASSERT_TRUE(made) << made.error().render();
  const EincProgram &program = (*made)->get();
  EXPECT_EQ(program.abi, EINC_ARTIFACT_ABI);
  EXPECT_STREQ(program.name, "product");
  EXPECT_EQ(std::string(program.compiler).find("einc "), 0u);
  EXPECT_EQ(program.threads, 3u);
  EXPECT_EQ(program.numOpenNumbers, 0u);
  ASSERT_EQ(program.numVariants, 3u);
  const uint32_t bits[] = {EINC_CPU_X86_64_V3 | EINC_CPU_X86_64_V4 |
                               EINC_CPU_AVX512_BF16 | EINC_CPU_AVX512_VNNI,
                           EINC_CPU_X86_64_V3, 0};
  const char *targets[] = {"x86-64-v4+bf16+vnni", "x86-64-v3", "x86-64"};
  for (uint32_t i = 0; i < 3; ++i) {
    const EincVariant &variant = program.variants[i];
    EXPECT_EQ(variant.architecture, uint32_t(EINC_ARCHITECTURE_X86_64));
    EXPECT_EQ(variant.cpu, bits[i]);
    EXPECT_EQ(variant.guard.count, 0u);
    ASSERT_GT(variant.artifact->numKernels, 0u);
    EXPECT_STREQ(variant.artifact->kernels[0].target, targets[i]);
    const EincArgument *arguments = variant.artifact->arguments;
    EXPECT_STREQ(arguments[0].name, "A");
    EXPECT_STREQ(arguments[2].name, "C");
    EXPECT_EQ(arguments[1].extents[1], 50);
    EXPECT_EQ(arguments[1].strides[0], 50);
  }
  EXPECT_EQ(summarize(program).targets,
            "x86-64-v4+bf16+vnni, x86-64-v3, x86-64");
}

TEST_F(Programs, HaveAVariantForHintedExtents) {
  Expression open("ij,jk->ik", {{openAxis(8), 40}, {40, openAxis(9)}});
  ProgramOptions options;
  options.machines = {base};
  auto made = compile(open, options);
  ASSERT_TRUE(made) << made.error().render();
  const EincProgram &program = (*made)->get();
  ASSERT_EQ(program.numVariants, 2u);
  ASSERT_EQ(program.numOpenNumbers, 2u);
  EXPECT_STREQ(program.openNumbers[0].name, "i");
  EXPECT_EQ(program.openNumbers[0].hint, 8);
  EXPECT_STREQ(program.openNumbers[1].name, "k");
  EXPECT_EQ(program.variants[1].guard.count, 0u);
  const EincExpression guard = program.variants[0].guard;
  const EincArtifact &fixed = *program.variants[0].artifact;
  ASSERT_EQ(guard.count, 7u);
  ASSERT_LE(guard.first + guard.count, fixed.numTokens);
  const EincToken *tokens = fixed.tokens + guard.first;
  const uint32_t opcodes[] = {EINC_OP_EXTENT, EINC_OP_LITERAL, EINC_OP_EQUAL,
                              EINC_OP_EXTENT, EINC_OP_LITERAL, EINC_OP_EQUAL,
                              EINC_OP_MUL};
  for (uint32_t i = 0; i < 7; ++i)
    EXPECT_EQ(tokens[i].opcode, opcodes[i]);
  EXPECT_EQ(tokens[1].value, 8);
  EXPECT_EQ(tokens[3].value, 1);
  EXPECT_EQ(tokens[4].value, 9);
  for (uint32_t v = 0; v < 2; ++v) {
    const EincArgument *arguments = program.variants[v].artifact->arguments;
    EXPECT_EQ(arguments[0].extents[0], -1);
    EXPECT_EQ(arguments[0].extents[1], 40);
    EXPECT_EQ(arguments[2].extents[1], -2);
    EXPECT_EQ(arguments[2].strides, nullptr);
  }

  // Without a hint for each there is only the general one.
  Expression half("ij,jk->ik", {{openAxis(8), 40}, {40, openAxis()}});
  auto general = compile(half, options);
  ASSERT_TRUE(general);
  EXPECT_EQ((*general)->get().numVariants, 1u);
  EXPECT_EQ((*general)->get().openNumbers[1].hint, -1);
}

TEST_F(Programs, NumberOpenStridesAfterExtents) {
  Expression open("ij,jk->ik", {{openAxis(8), 40}, {40, 50}});
  ProgramOptions options;
  options.machines = {base};
  options.openStrides = true;
  auto made = compile(open, options);
  ASSERT_TRUE(made) << made.error().render();
  const EincProgram &program = (*made)->get();
  EXPECT_EQ(program.numVariants, 1u);
  ASSERT_EQ(program.numOpenNumbers, 7u);
  EXPECT_STREQ(program.openNumbers[2].name, "A.stride1");
  EXPECT_STREQ(program.openNumbers[5].name, "C.stride0");
  const EincArgument *arguments = program.variants[0].artifact->arguments;
  EXPECT_EQ(arguments[0].openStrides, 1u);
  EXPECT_EQ(arguments[1].openStrides, 3u);
  EXPECT_EQ(arguments[2].openStrides, 5u);
}

TEST_F(Programs, RefuseNames) {
  ProgramOptions options;
  EXPECT_EQ(messageOf(options), "no processor to compile for");
  options.machines = {base};
  EXPECT_EQ(messageOf(options), "compiled");
  options.name = "a b";
  EXPECT_EQ(messageOf(options), "'a b' cannot be the name of a C function");
  options.name = "f";
  options.argumentNames = {"x", "y"};
  EXPECT_EQ(messageOf(options), "2 names for 2 operands and the output");
  options.argumentNames = {"x", "y", "x"};
  EXPECT_EQ(messageOf(options), "two arguments have the name 'x'");
  options.argumentNames = {"x", "y", "long"};
  EXPECT_EQ(messageOf(options), "'long' cannot be the name of a C parameter");
  options.argumentNames = {"x", "y", "z"};
  EXPECT_EQ(messageOf(options), "compiled");
}

TEST_F(Programs, HeadersDeclareTypesAndExtents) {
  Expression open("Ab,bc->Ac", {{openAxis(8), 4}, {4, openAxis()}},
                  ElementType::C64);
  open.operands[1].conjugate = true;
  ProgramOptions options;
  options.name = "mix";
  options.machines = {base};
  auto made = compile(open, options);
  ASSERT_TRUE(made);
  HeaderOptions headerOptions;
  headerOptions.axes = {{"A", "b"}, {"b", "c"}, {"A", "c"}};
  std::string header = headerText((*made)->get(), headerOptions);
  // The label A has the name of an operand.
  for (const char *line :
       {"/* mix: Ab,bc->Ac\n", " *   A: c64, extent0 x 4 (A, b)\n",
        " *   B: c64, 4 x c (b, c), read as its conjugate\n",
        "#ifndef EINC_COMPILED_mix_H\n", "#include <complex>\n",
        "typedef std::complex<float> mix_c64;\n",
        "typedef float _Complex mix_c64;\n",
        "int mix(const mix_c64 *A, const mix_c64 *B, mix_c64 *C,",
        "int64_t mix_workspace_bytes(int64_t extent0, int64_t c);\n",
        "extern const struct mix_info_t mix_info;\n"})
    EXPECT_NE(header.find(line), std::string::npos) << line << header;
  EXPECT_EQ(header.find("mix_strided"), std::string::npos);
  EXPECT_EQ(header.find("libeinc-runtime"), std::string::npos);
  headerOptions.strided = headerOptions.byRuntime = true;
  header = headerText((*made)->get(), headerOptions);
  EXPECT_NE(header.find("int mix_strided(const mix_c64 *A, const int64_t "
                        "*A_strides,"),
            std::string::npos);
  EXPECT_NE(header.find("libeinc-runtime"), std::string::npos);
}

TEST_F(Programs, ObjectsPassOnTheLinkersErrors) {
  ProgramOptions options;
  options.machines = {base};
  auto made = compile(product, options);
  ASSERT_TRUE(made);
  compiler.table.link = [](const EincProgram *, const EincObjectOptions *,
                           uint32_t, int, EincSink, void *, char *error,
                           size_t size) {
    strncpy(error, "no room", size - 1);
    return 1;
  };
  auto object = makeObject(**made, EINC_FORM_OBJECT, {}, cache);
  ASSERT_FALSE(object);
  EXPECT_EQ(object.error().kind, ErrorKind::Internal);
  EXPECT_EQ(object.error().message, "the compiler failed: no room");

  compiler.table.link =
      [](const EincProgram *program, const EincObjectOptions *objectOptions,
         uint32_t form, int, EincSink sink, void *context, char *, size_t) {
        std::string text = std::string(program->name) + " " +
                           std::to_string(objectOptions->flags) + " " +
                           std::to_string(form);
        sink(context, 0, form, text.data(), text.size(), 0);
        return 0;
      };
  object =
      makeObject(**made, EINC_FORM_LLVM, {.flags = EINC_OBJECT_QUERY}, cache);
  ASSERT_TRUE(object);
  EXPECT_EQ(*object, "f 2 4");
}

} // namespace
