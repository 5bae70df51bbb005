// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A program with everything that a file can hold. Its code is never run.

#ifndef EINC_TESTS_UNIT_DRIVER_STOREDPROGRAM_H
#define EINC_TESTS_UNIT_DRIVER_STOREDPROGRAM_H

#include "compiler/Support/SHA256.h"
#include "einc-c/Artifact.h"

#include <algorithm>
#include <vector>

namespace einc::test {

struct StoredProgram {
  struct Arrays {
    std::vector<EincKernel> kernels;
    std::vector<EincToken> tokens;
    std::vector<EincBuffer> buffers;
    std::vector<EincPointer> pointers;
    std::vector<EincExpression> params;
    std::vector<EincStep> steps;
    std::vector<EincArgument> arguments;
    EincArtifact artifact = {};
  };

  std::vector<uint8_t> images[2] = {{0x90, 0xC3, 1, 2, 3, 4, 5},
                                    {0x91, 0xC3, 9, 8, 7, 6, 5, 4}};
  alignas(16) float constant[4] = {1, 0, 0.5f, -2};
  int64_t openExtent[1] = {-1};
  int64_t strides[1] = {-7};
  Arrays artifacts[2];
  EincVariant variants[2] = {};
  EincOpenNumber openNumbers[2] = {{"n", 64}, {"v.stride0", -1}};
  EincProgram program = {};

  StoredProgram() {
    addKernels(artifacts[0], {0});
    addKernels(artifacts[1], {0, 1});
    for (Arrays &arrays : artifacts)
      fill(arrays);
  }

  const EincProgram &get() {
    for (size_t i = 0; i < 2; ++i) {
      attach(artifacts[i]);
      variants[i].artifact = &artifacts[i].artifact;
    }
    // n == 16 is the guard of the first.
    variants[0].cpu = EINC_CPU_X86_64_V3 | EINC_CPU_X86_64_V4;
    variants[0].guard = {1, 3};
    program.abi = EINC_ARTIFACT_ABI;
    program.size = sizeof(EincProgram);
    program.name = "product";
    program.compiler = "einc test";
    program.variants = variants;
    program.numVariants = 2;
    program.openNumbers = openNumbers;
    program.numOpenNumbers = 2;
    program.threads = 3;
    return program;
  }

private:
  void addKernels(Arrays &arrays, std::vector<size_t> numbers) {
    for (size_t number : numbers) {
      EincKernel kernel = {};
      kernel.family = number ? "gemm" : "general";
      kernel.schedule = "a schedule";
      kernel.target = "x86-64-v4";
      kernel.image = images[number].data();
      kernel.imageBytes = images[number].size();
      kernel.entryOffset = number;
      std::ranges::copy(sha256(std::span<const uint8_t>(images[number])),
                        kernel.imageHash);
      kernel.scratchBytes = 640 * number;
      kernel.numPointers = 2;
      arrays.kernels.push_back(kernel);
    }
  }

  void fill(Arrays &arrays) {
    // 16 bytes; n == 16; n * 64; the loop's counter times 4.
    arrays.tokens = {{16, EINC_OP_LITERAL, 0}, {0, EINC_OP_EXTENT, 0},
                     {16, EINC_OP_LITERAL, 0}, {0, EINC_OP_EQUAL, 0},
                     {0, EINC_OP_EXTENT, 0},   {64, EINC_OP_LITERAL, 0},
                     {0, EINC_OP_MUL, 0},      {0, EINC_OP_COUNTER, 0},
                     {4, EINC_OP_LITERAL, 0},  {0, EINC_OP_MUL, 0}};
    arrays.buffers = {
        {EINC_BUFFER_ARGUMENT, 0, {0, 0}, {4, 3}, nullptr},
        {EINC_BUFFER_ARGUMENT, 1, {0, 0}, {4, 3}, nullptr},
        {EINC_BUFFER_CONSTANT, 0, {0, 0}, {0, 1}, constant},
        {EINC_BUFFER_WORKSPACE, 0, {0, 0}, {4, 3}, nullptr},
        {EINC_BUFFER_SCALARS, 0, {0, 0}, {0, 1}, nullptr},
    };
    arrays.pointers = {{0, 0, {7, 3}}, {2, 0, {0, 0}}};
    arrays.params = {{4, 1}, {7, 1}};
    EincStep loop = {};
    loop.kind = EINC_STEP_LOOP;
    loop.bodySteps = 1;
    loop.extent = {4, 1};
    EincStep step = {};
    step.numParams = 2;
    step.plan = 5;
    step.extent = {0, 1};
    step.minGrains = {2, 1};
    arrays.steps = {loop, step};
    arrays.arguments = {
        {"v", EINC_TYPE_C64, 1, openExtent, nullptr, 1,
         EINC_ARGUMENT_CONJUGATE},
        {"w", EINC_TYPE_C64, 1, openExtent, strides, EINC_NO_OPEN_STRIDES, 0}};
    arrays.artifact.numExtents = 2;
    arrays.artifact.numCounters = 1;
    arrays.artifact.scalarType = EINC_TYPE_C64;
    arrays.artifact.workspaceBytes = {4, 3};
    arrays.artifact.equation = "n->n";
    arrays.artifact.plan = "{\"steps\":[]}";
  }

  void attach(Arrays &arrays) {
    EincArtifact &artifact = arrays.artifact;
    artifact.abi = EINC_ARTIFACT_ABI;
    artifact.size = sizeof(EincArtifact);
    auto set = [](const auto &array, auto *&field, uint32_t &count) {
      field = array.data();
      count = uint32_t(array.size());
    };
    set(arrays.kernels, artifact.kernels, artifact.numKernels);
    set(arrays.tokens, artifact.tokens, artifact.numTokens);
    set(arrays.buffers, artifact.buffers, artifact.numBuffers);
    set(arrays.pointers, artifact.pointers, artifact.numPointers);
    set(arrays.params, artifact.params, artifact.numParams);
    set(arrays.steps, artifact.steps, artifact.numSteps);
    set(arrays.arguments, artifact.arguments, artifact.numArguments);
  }
};

} // namespace einc::test

#endif // EINC_TESTS_UNIT_DRIVER_STOREDPROGRAM_H
