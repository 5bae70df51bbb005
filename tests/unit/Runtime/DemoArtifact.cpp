// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The builder of artifacts and its kernels.

#include "DemoArtifact.h"

#include <gtest/gtest.h>

using namespace einc::runtime;
using namespace einc::runtime::demo;

DemoArtifact::DemoArtifact() {
  artifact.abi = EINC_ARTIFACT_ABI;
  artifact.size = sizeof(EincArtifact);
  artifact.equation = "demo";
  artifact.plan = "{}";
}

EincExpression DemoArtifact::expression(const Tokens &added) {
  const EincExpression result = {static_cast<uint32_t>(tokens.size()),
                                 static_cast<uint32_t>(added.size())};
  tokens.insert(tokens.end(), added.begin(), added.end());
  return result;
}

uint32_t DemoArtifact::addKernel(EincKernelFunction function,
                                 uint32_t numPointers, uint64_t scratchBytes) {
  EincKernel kernel = {};
  kernel.family = "demo";
  kernel.schedule = kernel.target = "";
  kernel.function = function;
  kernel.numPointers = numPointers;
  kernel.scratchBytes = scratchBytes;
  kernels.push_back(kernel);
  return static_cast<uint32_t>(kernels.size() - 1);
}

uint32_t DemoArtifact::addImageKernel(const void *image, uint64_t bytes,
                                      uint64_t entry, uint32_t numPointers) {
  const uint32_t index = addKernel(nullptr, numPointers);
  kernels[index].image = image;
  kernels[index].imageBytes = bytes;
  kernels[index].entryOffset = entry;
  return index;
}

uint32_t DemoArtifact::addArgument() {
  EincBuffer buffer = {};
  buffer.kind = EINC_BUFFER_ARGUMENT;
  buffer.argument = static_cast<uint32_t>(arguments.size());
  buffers.push_back(buffer);
  arguments.push_back({"argument", EINC_TYPE_F32, 0, nullptr, nullptr,
                       EINC_NO_OPEN_STRIDES, 0});
  return static_cast<uint32_t>(buffers.size() - 1);
}

uint32_t DemoArtifact::addWorkspace(int64_t offset, int64_t bytes) {
  EincBuffer buffer = {};
  buffer.kind = EINC_BUFFER_WORKSPACE;
  buffer.offset = number(offset);
  buffer.bytes = number(bytes);
  buffers.push_back(buffer);
  return static_cast<uint32_t>(buffers.size() - 1);
}

uint32_t DemoArtifact::addConstant(const void *data, int64_t bytes) {
  EincBuffer buffer = {};
  buffer.kind = EINC_BUFFER_CONSTANT;
  buffer.bytes = number(bytes);
  buffer.data = data;
  buffers.push_back(buffer);
  return static_cast<uint32_t>(buffers.size() - 1);
}

uint32_t DemoArtifact::addScalars() {
  EincBuffer buffer = {};
  buffer.kind = EINC_BUFFER_SCALARS;
  buffers.push_back(buffer);
  return static_cast<uint32_t>(buffers.size() - 1);
}

uint32_t DemoArtifact::addStep(uint32_t kernel, const Tokens &grains,
                               const std::vector<Pointer> &stepPointers,
                               const std::vector<Tokens> &stepParams,
                               int64_t minGrains) {
  EincStep step = {};
  step.kind = EINC_STEP_KERNEL;
  step.kernel = kernel;
  step.firstPointer = static_cast<uint32_t>(pointers.size());
  for (const Pointer &pointer : stepPointers)
    pointers.push_back({pointer.buffer, 0, expression(pointer.offset)});
  step.firstParam = static_cast<uint32_t>(params.size());
  for (const Tokens &param : stepParams)
    params.push_back(expression(param));
  step.numParams = static_cast<uint32_t>(stepParams.size());
  step.extent = expression(grains);
  step.minGrains = number(minGrains);
  steps.push_back(step);
  return static_cast<uint32_t>(steps.size() - 1);
}

uint32_t DemoArtifact::addLoop(uint32_t counter, const Tokens &extent,
                               uint32_t bodySteps) {
  EincStep step = {};
  step.kind = EINC_STEP_LOOP;
  step.counter = counter;
  step.bodySteps = bodySteps;
  step.extent = expression(extent);
  steps.push_back(step);
  return static_cast<uint32_t>(steps.size() - 1);
}

const EincArtifact &DemoArtifact::get() {
  auto set = [](auto *&data, uint32_t &count, const auto &vector) {
    data = vector.data();
    count = static_cast<uint32_t>(vector.size());
  };
  set(artifact.kernels, artifact.numKernels, kernels);
  set(artifact.tokens, artifact.numTokens, tokens);
  set(artifact.buffers, artifact.numBuffers, buffers);
  set(artifact.pointers, artifact.numPointers, pointers);
  set(artifact.params, artifact.numParams, params);
  set(artifact.steps, artifact.numSteps, steps);
  set(artifact.arguments, artifact.numArguments, arguments);
  return artifact;
}

std::shared_ptr<const Executable>
DemoArtifact::bind(std::vector<int64_t> extents) {
  std::shared_ptr<const Executable> executable;
  const Status status = Executable::create(get(), extents, executable);
  EXPECT_TRUE(status.ok()) << status.message();
  return executable;
}

void einc::runtime::demo::appendParams(void *const *pointers,
                                       const int64_t *params, void *, int64_t,
                                       int64_t) {
  auto *out = static_cast<int64_t *>(pointers[0]);
  for (int64_t i = 0; i < params[0]; ++i)
    out[++out[0]] = params[i + 1];
}

void einc::runtime::demo::affine(void *const *pointers, const int64_t *params,
                                 void *, int64_t begin, int64_t end) {
  auto *out = static_cast<int64_t *>(pointers[0]);
  const auto *in = static_cast<const int64_t *>(pointers[1]);
  for (int64_t g = begin; g < end; ++g)
    out[g] = 3 * in[g] + params[0];
}

void einc::runtime::demo::scaledSum(void *const *pointers,
                                    const int64_t *params, void *scratch,
                                    int64_t begin, int64_t end) {
  auto *out = static_cast<float *>(pointers[0]);
  const auto *in = static_cast<const float *>(pointers[1]);
  const auto *scalars = static_cast<const float *>(pointers[2]);
  auto *line = static_cast<float *>(scratch);
  for (int64_t g = begin; g < end; ++g) {
    for (int64_t i = 0; i < params[0]; ++i)
      line[i] = in[g * params[0] + i];
    float sum = 0;
    for (int64_t i = 0; i < params[0]; ++i)
      sum += line[i];
    out[g] = scalars[0] * sum + (scalars[1] == 0 ? 0 : scalars[1] * out[g]);
  }
}

// rdi: pointers, rsi: params, rcx: begin, r8: end.
alignas(16) const unsigned char einc::runtime::demo::Code[] = {
    0x48, 0x8b, 0x07,       // mov rax, [rdi]
    0x4c, 0x39, 0xc1,       // next: cmp rcx, r8
    0x7d, 0x09,             // jge done
    0x48, 0xff, 0x04, 0xc8, // inc qword [rax + 8 * rcx]
    0x48, 0xff, 0xc1,       // inc rcx
    0xeb, 0xf2,             // jmp next
    0xc3,                   // done: ret
    0xcc, 0xcc, 0xcc, 0xcc, 0xcc, 0xcc, 0xcc,
    0xcc, 0xcc, 0xcc, 0xcc, 0xcc, 0xcc, 0xcc, // up to CodeAddParam
    0x48, 0x8b, 0x07,                         // mov rax, [rdi]
    0x48, 0x8b, 0x16,                         // mov rdx, [rsi]
    0x4c, 0x39, 0xc1,                         // next: cmp rcx, r8
    0x7d, 0x09,                               // jge done
    0x48, 0x01, 0x14, 0xc8,                   // add [rax + 8 * rcx], rdx
    0x48, 0xff, 0xc1,                         // inc rcx
    0xeb, 0xf2,                               // jmp next
    0xc3,                                     // done: ret
};
const uint64_t einc::runtime::demo::CodeBytes = sizeof(Code);
