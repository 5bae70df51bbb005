// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "DemoProgram.h"

using namespace einc::runtime;
using namespace einc::runtime::demo;

static void addParam(void *const *pointers, const int64_t *params, void *,
                     int64_t begin, int64_t end) {
  for (int64_t i = begin; i < end; ++i)
    static_cast<int64_t *>(pointers[0])[i] += params[0];
}

AddArtifact::AddArtifact(int64_t added) {
  artifact.numExtents = 1;
  artifact.scalarType = EINC_TYPE_I64;
  artifact.equation = "n->n";
  uint32_t vector = addArgument();
  arguments[0].type = EINC_TYPE_I64;
  arguments[0].rank = 1;
  arguments[0].extents = extents;
  arguments[0].name = "v";
  buffers[0].bytes = expression({extent(0), literal(8), op(EINC_OP_MUL)});
  bool hasCode = hostProcessor().architecture == EINC_ARCHITECTURE_X86_64;
  uint32_t kernel = hasCode ? addImageKernel(Code, CodeBytes, CodeAddParam, 1)
                            : addKernel(addParam, 1);
  addStep(kernel, {extent(0)}, {{vector}}, {{literal(added)}});
}

DemoProgram::DemoProgram() {
  artifacts[0] = std::make_unique<AddArtifact>(100);
  artifacts[1] = std::make_unique<AddArtifact>(10);
  artifacts[2] = std::make_unique<AddArtifact>(1000);
  EincExpression guard =
      artifacts[0]->expression({extent(0), literal(4), op(EINC_OP_EQUAL)});
  variants = {variant(2, 1u << 31), variant(0, 0, guard), variant(1)};
}

EincVariant DemoProgram::variant(size_t artifact, uint32_t cpu,
                                 EincExpression guard) {
  EincVariant result = {};
  result.artifact = &artifacts[artifact]->get();
  result.architecture = hostProcessor().architecture;
  result.cpu = cpu;
  result.guard = guard;
  return result;
}

const EincProgram &DemoProgram::get() {
  for (auto &artifact : artifacts)
    artifact->get();
  program.abi = EINC_ARTIFACT_ABI;
  program.size = sizeof(EincProgram);
  program.name = "add";
  program.compiler = "a test";
  program.variants = variants.data();
  program.numVariants = static_cast<uint32_t>(variants.size());
  program.openNumbers = openNumbers.data();
  program.numOpenNumbers = static_cast<uint32_t>(openNumbers.size());
  program.threads = 1;
  return program;
}
