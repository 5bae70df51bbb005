// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Programs that the compiler's link() must refuse, with what it says.

#include "tests/e2e/Objects/LinkedProgram.h"

#include <functional>
#include <gtest/gtest.h>

using namespace einc;
using namespace einc::test;

namespace {

/// A sound program whose parts can be changed.
struct Damaged {
  std::shared_ptr<const Program> owner;
  EincProgram program;
  std::vector<EincVariant> variants;
  EincArtifact artifact;
  std::vector<EincKernel> kernels;
  std::vector<EincArgument> arguments;
  EincObjectOptions options = {sizeof(EincObjectOptions), 0, nullptr};
  uint32_t forms = EINC_FORM_OBJECT;

  Damaged() {
    Request request = {"ij,jk->ik", {{9, 8}, {8, 7}}};
    Layouts layouts = layoutsOf(request);
    ProgramOptions programOptions;
    programOptions.machines = {hostMachine()};
    auto made = compileProgram(layouts.equation, layouts.operands,
                               layouts.output, {}, programOptions, testCache());
    EXPECT_TRUE(made);
    owner = *made;
    program = owner->get();
    artifact = *program.variants[0].artifact;
    kernels.assign(artifact.kernels, artifact.kernels + artifact.numKernels);
    arguments.assign(artifact.arguments,
                     artifact.arguments + artifact.numArguments);
    artifact.kernels = kernels.data();
    artifact.arguments = arguments.data();
    variants = {program.variants[0], program.variants[0]};
    for (EincVariant &variant : variants)
      variant.artifact = &artifact;
    program.variants = variants.data();
    program.numVariants = 2;
  }

  std::string link() const {
    auto compiler = testCache().compiler();
    EXPECT_TRUE(compiler);
    char error[400] = "unset";
    std::string delivered;
    auto sink = [](void *context, uint32_t, uint32_t, const void *bytes,
                   size_t size, uint64_t) {
      static_cast<std::string *>(context)->append(
          static_cast<const char *>(bytes), size);
    };
    int failed = (*compiler)->link(&program, &options, forms, /*verify=*/1,
                                   sink, &delivered, error, sizeof error);
    EXPECT_EQ(failed != 0, delivered.empty());
    return failed ? error : "linked";
  }
};

TEST(LinkErrors, SayWhatIsWrong) {
  EXPECT_EQ(Damaged().link(), "linked");
  static const int64_t badExtents[] = {-2, 8};
  const struct {
    std::function<void(Damaged &)> damage;
    const char *message;
  } rows[] = {
      {[](Damaged &d) { d.options.size = 4; },
       "the options are of another version"},
      {[](Damaged &d) { d.options.flags = 4; }, "unknown kind of object"},
      {[](Damaged &d) { d.forms = EINC_FORM_MLIR; }, "unknown form of result"},
      {[](Damaged &d) { d.program.abi = 1; },
       "program: its ABI is 1, this runtime's is 2"},
      {[](Damaged &d) { d.program.size = 8; },
       "program: its size is 8, not 56"},
      {[](Damaged &d) { d.program.name = "a-b"; },
       "the program's name is no identifier"},
      {[](Damaged &d) { d.program.name = nullptr; },
       "the program's name is no identifier"},
      {[](Damaged &d) { d.program.numVariants = 0; },
       "program: it has no variants"},
      {[](Damaged &d) {
         static const EincOpenNumber open = {"n", -1};
         d.program.openNumbers = &open;
         d.program.numOpenNumbers = 1;
       },
       "variant 0: it has other open numbers than the program"},
      {[](Damaged &d) { d.variants[1].artifact = nullptr; },
       "variant 1: its artifact is missing"},
      {[](Damaged &d) { d.variants[1].architecture = 1; },
       "the variants are for different architectures"},
      {[](Damaged &d) { d.variants[1].guard = {0, 100000}; },
       "variant 1: guard has too many tokens"},
      {[](Damaged &d) { d.artifact.numExtents = 1; },
       "variant 0: it has other open numbers than the program"},
      {[](Damaged &d) { d.artifact.plan = nullptr; },
       "the equation or the plan is missing"},
      {[](Damaged &d) { d.arguments[1].name = nullptr; },
       "argument 1 has no name"},
      {[](Damaged &d) { d.arguments[0].extents = badExtents; },
       "variant 0: argument 0: it names an open extent that does not exist"},
      {[](Damaged &d) { d.arguments[2].openStrides = 0; },
       "variant 0: argument 2: its strides are both open and given"},
      {[](Damaged &d) { d.kernels[0].image = nullptr; },
       "kernel 0 has no image or no texts"},
      {[](Damaged &d) { d.kernels[0].entryOffset = d.kernels[0].imageBytes; },
       "variant 0: kernel 0: its entry lies outside of its image"},
      {[](Damaged &d) { d.options.strided = &d.program; },
       "the strided program has fixed strides"},
  };
  for (const auto &row : rows) {
    Damaged damaged;
    row.damage(damaged);
    EXPECT_EQ(damaged.link(), row.message);
  }
}

TEST(LinkErrors, SurviveMissingArguments) {
  auto compiler = testCache().compiler();
  ASSERT_TRUE(compiler);
  Damaged sound;
  char error[64];
  EXPECT_EQ((*compiler)->link(nullptr, &sound.options, EINC_FORM_OBJECT, 0,
                              nullptr, nullptr, error, sizeof error),
            1);
  EXPECT_STREQ(error, "no program or no options");
  EXPECT_EQ((*compiler)->link(&sound.program, nullptr, EINC_FORM_OBJECT, 0,
                              nullptr, nullptr, error, sizeof error),
            1);
  EXPECT_STREQ(error, "no program or no options");
  EXPECT_EQ((*compiler)->link(&sound.program, &sound.options, EINC_FORM_OBJECT,
                              0, nullptr, nullptr, error, sizeof error),
            1);
  EXPECT_STREQ(error, "no sink");
}

} // namespace
