// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/OwnedArtifact.h"

#include <algorithm>

using namespace einc;

static EincKernel describeKernel(const Kernel &kernel) {
  EincKernel result = {};
  result.family = familyName(kernel.family);
  result.schedule = kernel.schedule.c_str();
  result.target = kernel.target.text();
  result.image = kernel.image.data();
  result.imageBytes = kernel.image.size();
  result.entryOffset = kernel.entryOffset;
  std::copy(kernel.imageHash.begin(), kernel.imageHash.end(), result.imageHash);
  result.scratchBytes = kernel.scratchBytes;
  result.numPointers = kernel.numPointers;
  return result;
}

static uint32_t artifactType(ElementType type) {
  static_assert(uint32_t(ElementType::F32) == EINC_TYPE_F32 &&
                uint32_t(ElementType::C64) == EINC_TYPE_C64 &&
                uint32_t(ElementType::I8) == EINC_TYPE_I8 &&
                uint32_t(ElementType::U8) == EINC_TYPE_U8 &&
                uint32_t(ElementType::Bool) == EINC_TYPE_BOOL &&
                uint32_t(ElementType::BF16) == EINC_TYPE_BF16);
  return static_cast<uint32_t>(type);
}

static EincArgument describeArgument(const TensorLayout &layout,
                                     const std::string &name) {
  EincArgument result = {};
  result.name = name.c_str();
  result.type = artifactType(layout.type);
  result.rank = static_cast<uint32_t>(layout.extents.size());
  result.extents = layout.extents.data();
  result.strides = layout.strides.data();
  result.openStrides = EINC_NO_OPEN_STRIDES;
  result.flags = layout.conjugate ? EINC_ARGUMENT_CONJUGATE : 0;
  return result;
}

OwnedArtifact::OwnedArtifact(
    const StepList &steps,
    std::span<const std::shared_ptr<const Kernel>> sharedKernels,
    std::span<const TensorLayout> operands, const TensorLayout &output,
    std::string equationText, std::string planText)
    : steps(&steps), equation(std::move(equationText)),
      plan(std::move(planText)) {
  for (const std::shared_ptr<const Kernel> &kernel : sharedKernels)
    kernels.push_back(describeKernel(*kernel));
  // All names first: the arguments point at them.
  for (size_t i = 0; i < operands.size(); ++i)
    argumentNames.push_back("operand" + std::to_string(i));
  argumentNames.push_back("output");
  for (size_t i = 0; i < operands.size(); ++i)
    arguments.push_back(describeArgument(operands[i], argumentNames[i]));
  arguments.push_back(describeArgument(output, argumentNames.back()));
}

EincArtifact OwnedArtifact::get() const {
  EincArtifact result = {};
  result.abi = EINC_ARTIFACT_ABI;
  result.size = sizeof(EincArtifact);
  result.kernels = kernels.data();
  result.tokens = steps->tokens.data();
  result.buffers = steps->buffers.data();
  result.pointers = steps->pointers.data();
  result.params = steps->params.data();
  result.steps = steps->steps.data();
  result.arguments = arguments.data();
  result.numKernels = static_cast<uint32_t>(kernels.size());
  result.numTokens = static_cast<uint32_t>(steps->tokens.size());
  result.numBuffers = static_cast<uint32_t>(steps->buffers.size());
  result.numPointers = static_cast<uint32_t>(steps->pointers.size());
  result.numParams = static_cast<uint32_t>(steps->params.size());
  result.numSteps = static_cast<uint32_t>(steps->steps.size());
  result.numArguments = static_cast<uint32_t>(arguments.size());
  result.numCounters = steps->numCounters;
  result.scalarType = artifactType(
      computeType(static_cast<ElementType>(arguments.back().type)));
  result.workspaceBytes = steps->workspaceBytes;
  result.equation = equation.c_str();
  result.plan = plan.c_str();
  return result;
}
