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

void OwnedArtifact::describeArgument(const TensorLayout &layout) {
  const size_t i = arguments.size();
  EincArgument result = {};
  result.name = extras.names[i].c_str();
  result.type = artifactType(layout.type);
  result.rank = static_cast<uint32_t>(layout.extents.size());
  result.extents = extras.extents[i].data();
  result.openStrides = EINC_NO_OPEN_STRIDES;
  if (extras.firstOpenStride != EINC_NO_OPEN_STRIDES) {
    result.openStrides = extras.firstOpenStride;
    for (const EincArgument &before : arguments)
      result.openStrides += before.rank;
  } else if (extras.extents[i] == layout.extents && !layout.strides.empty()) {
    result.strides = layout.strides.data();
  }
  result.flags = layout.conjugate ? EINC_ARGUMENT_CONJUGATE : 0;
  arguments.push_back(result);
}

OwnedArtifact::OwnedArtifact(
    const StepList &steps,
    std::span<const std::shared_ptr<const Kernel>> sharedKernels,
    std::span<const TensorLayout> operands, const TensorLayout &output,
    std::string equationText, std::string planText, ArtifactExtras given)
    : steps(&steps), extras(std::move(given)),
      equation(std::move(equationText)), plan(std::move(planText)) {
  for (const std::shared_ptr<const Kernel> &kernel : sharedKernels)
    kernels.push_back(describeKernel(*kernel));
  if (!extras.guard.empty()) {
    tokens = steps.tokens;
    tokens.insert(tokens.end(), extras.guard.begin(), extras.guard.end());
  }
  // All texts and extents first: the arguments point at them.
  if (extras.names.empty()) {
    for (size_t i = 0; i < operands.size(); ++i)
      extras.names.push_back("operand" + std::to_string(i));
    extras.names.push_back("output");
  }
  if (extras.extents.empty()) {
    for (const TensorLayout &operand : operands)
      extras.extents.push_back(operand.extents);
    extras.extents.push_back(output.extents);
  }
  for (const TensorLayout &operand : operands)
    describeArgument(operand);
  describeArgument(output);
}

EincExpression OwnedArtifact::guard() const {
  return {static_cast<uint32_t>(tokens.size() - extras.guard.size()),
          static_cast<uint32_t>(extras.guard.size())};
}

EincArtifact OwnedArtifact::get() const {
  EincArtifact result = {};
  result.abi = EINC_ARTIFACT_ABI;
  result.size = sizeof(EincArtifact);
  result.kernels = kernels.data();
  const std::vector<EincToken> &all = tokens.empty() ? steps->tokens : tokens;
  result.tokens = all.data();
  result.buffers = steps->buffers.data();
  result.pointers = steps->pointers.data();
  result.params = steps->params.data();
  result.steps = steps->steps.data();
  result.arguments = arguments.data();
  result.numKernels = static_cast<uint32_t>(kernels.size());
  result.numTokens = static_cast<uint32_t>(all.size());
  result.numBuffers = static_cast<uint32_t>(steps->buffers.size());
  result.numPointers = static_cast<uint32_t>(steps->pointers.size());
  result.numParams = static_cast<uint32_t>(steps->params.size());
  result.numSteps = static_cast<uint32_t>(steps->steps.size());
  result.numArguments = static_cast<uint32_t>(arguments.size());
  result.numExtents = extras.numOpenNumbers;
  result.numCounters = steps->numCounters;
  result.scalarType = artifactType(
      computeType(static_cast<ElementType>(arguments.back().type)));
  result.workspaceBytes = steps->workspaceBytes;
  result.equation = equation.c_str();
  result.plan = plan.c_str();
  return result;
}
