// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Walks an artifact once and refuses what the runtime could not stand.

#include "runtime/ArtifactCheck.h"

#include "runtime/Expressions.h"

using namespace einc::runtime;

namespace {

/// Expressions that all steps together may use, counted in tokens: steps may
/// share params, so a small artifact could ask for endless work and memory.
constexpr uint64_t MaxTokensUsed = uint64_t{1} << 26;

/// Of one thread.
constexpr uint64_t MaxScratchBytes = uint64_t{1} << 40;

class Checker {
public:
  explicit Checker(const EincArtifact &artifact) : artifact(artifact) {}

  Status check() {
    Status (Checker::*const parts[])() = {
        &Checker::checkHead,     &Checker::checkArguments,
        &Checker::checkKernels,  &Checker::checkBuffers,
        &Checker::checkPointers, &Checker::checkSteps};
    for (auto part : parts)
      if (Status status = (this->*part)(); !status)
        return status;
    return {};
  }

private:
  Status checkHead();
  Status checkArguments();
  Status checkKernels();
  Status checkBuffers();
  Status checkPointers();
  Status checkSteps();
  Status checkLoop(uint32_t index, const EincStep &step, uint64_t end);
  Status checkKernelStep(uint32_t index, const EincStep &step);

  Status bad(const char *part, uint32_t index, const char *problem) const {
    return Status::error(StatusCode::BadArtifact, "%s %u: %s", part, index,
                         problem);
  }

  /// `item`: which of several, as in "step 3: param 2 overflows".
  Status checkValue(const char *part, uint32_t index, const char *field,
                    EincExpression expression, int64_t item = -1);

  const EincArtifact &artifact;
  uint64_t tokensUsed = 0;
  uint32_t openCounters = 0;
};

Status Checker::checkValue(const char *part, uint32_t index, const char *field,
                           EincExpression expression, int64_t item) {
  ExpressionScope scope{
      {artifact.tokens, artifact.numTokens}, artifact.numExtents, openCounters};
  if (Problem problem = checkExpression(expression, scope)) {
    if (item < 0)
      return Status::error(StatusCode::BadArtifact, "%s %u: %s %s", part, index,
                           field, problem);
    return Status::error(StatusCode::BadArtifact, "%s %u: %s %lld %s", part,
                         index, field, static_cast<long long>(item), problem);
  }
  tokensUsed += uint64_t{expression.count} + 1;
  if (tokensUsed > MaxTokensUsed)
    return Status::error(StatusCode::Limit,
                         "%s %u: the steps use too many expressions", part,
                         index);
  return {};
}

Status Checker::checkHead() {
  auto badHead = [](const char *problem) {
    return Status::error(StatusCode::BadArtifact, "artifact: %s", problem);
  };
  if (artifact.abi != EINC_ARTIFACT_ABI)
    return Status::error(StatusCode::BadArtifact,
                         "artifact: its ABI is %u, this runtime's is %u",
                         artifact.abi, EINC_ARTIFACT_ABI);
  if (artifact.size != sizeof(EincArtifact))
    return Status::error(StatusCode::BadArtifact,
                         "artifact: its size is %u, not %zu", artifact.size,
                         sizeof(EincArtifact));
  if ((artifact.numKernels && !artifact.kernels) ||
      (artifact.numTokens && !artifact.tokens) ||
      (artifact.numBuffers && !artifact.buffers) ||
      (artifact.numPointers && !artifact.pointers) ||
      (artifact.numParams && !artifact.params) ||
      (artifact.numSteps && !artifact.steps) ||
      (artifact.numArguments && !artifact.arguments))
    return badHead("an array is missing");
  if (artifact.numCounters > MaxCounters)
    return badHead("it has more than 16 loop counters");
  if (artifact.scalarType > EINC_TYPE_BF16)
    return badHead("its scalars have an unknown type");
  ExpressionScope scope{{artifact.tokens, artifact.numTokens},
                        artifact.numExtents,
                        /*openCounters=*/0};
  if (Problem problem = checkExpression(artifact.workspaceBytes, scope))
    return Status::error(StatusCode::BadArtifact, "artifact: workspaceBytes %s",
                         problem);
  return {};
}

Status Checker::checkArguments() {
  for (uint32_t i = 0; i < artifact.numArguments; ++i) {
    const EincArgument &argument = artifact.arguments[i];
    if (argument.type > EINC_TYPE_BF16)
      return bad("argument", i, "its type is unknown");
    if (argument.flags & ~uint32_t{EINC_ARGUMENT_CONJUGATE})
      return bad("argument", i, "it has unknown flags");
    if (argument.rank > 0 && !argument.extents)
      return bad("argument", i, "its extents are missing");
    for (uint32_t axis = 0; axis < argument.rank; ++axis)
      if (int64_t extent = argument.extents[axis];
          extent < 0 && -1 - extent >= int64_t{artifact.numExtents})
        return bad("argument", i,
                   "it names an open extent that does not "
                   "exist");
    if (argument.openStrides == EINC_NO_OPEN_STRIDES)
      continue;
    if (argument.strides)
      return bad("argument", i, "its strides are both open and given");
    if (uint64_t{argument.openStrides} + argument.rank > artifact.numExtents)
      return bad("argument", i, "it names open strides that do not exist");
  }
  return {};
}

Status Checker::checkKernels() {
  for (uint32_t i = 0; i < artifact.numKernels; ++i) {
    const EincKernel &kernel = artifact.kernels[i];
    if (kernel.image && kernel.entryOffset >= kernel.imageBytes)
      return bad("kernel", i, "its entry lies outside of its image");
    if (kernel.scratchBytes > MaxScratchBytes)
      return bad("kernel", i, "its scratch is larger than 2^40 bytes");
  }
  return {};
}

Status Checker::checkBuffers() {
  for (uint32_t i = 0; i < artifact.numBuffers; ++i) {
    const EincBuffer &buffer = artifact.buffers[i];
    if (buffer.kind > EINC_BUFFER_SCALARS)
      return bad("buffer", i, "its kind is unknown");
    if (buffer.kind == EINC_BUFFER_ARGUMENT &&
        buffer.argument >= artifact.numArguments)
      return bad("buffer", i, "it names an argument that does not exist");
    if (Status status = checkValue("buffer", i, "offset", buffer.offset);
        !status)
      return status;
    if (Status status = checkValue("buffer", i, "bytes", buffer.bytes); !status)
      return status;
  }
  return {};
}

Status Checker::checkPointers() {
  for (uint32_t i = 0; i < artifact.numPointers; ++i)
    if (artifact.pointers[i].buffer >= artifact.numBuffers)
      return bad("pointer", i, "it names a buffer that does not exist");
  return {};
}

Status Checker::checkSteps() {
  // Loops around the current step. Each has a counter of its own, so they nest
  // at most MaxCounters deep.
  struct Loop {
    uint64_t end;
    uint32_t counter;
  };
  Loop loops[MaxCounters];
  uint32_t depth = 0;
  for (uint32_t i = 0; i < artifact.numSteps; ++i) {
    while (depth > 0 && loops[depth - 1].end == i)
      openCounters &= ~(1u << loops[--depth].counter);
    const EincStep &step = artifact.steps[i];
    if (step.kind > EINC_STEP_LOOP)
      return bad("step", i, "its kind is unknown");
    if (Status status = checkValue("step", i, "extent", step.extent); !status)
      return status;
    if (step.kind == EINC_STEP_KERNEL) {
      if (Status status = checkKernelStep(i, step); !status)
        return status;
      continue;
    }
    const uint64_t end = depth ? loops[depth - 1].end : artifact.numSteps;
    if (Status status = checkLoop(i, step, end); !status)
      return status;
    openCounters |= 1u << step.counter;
    loops[depth++] = {uint64_t{i} + 1 + step.bodySteps, step.counter};
  }
  return {};
}

Status Checker::checkLoop(uint32_t index, const EincStep &step, uint64_t end) {
  if (step.bodySteps == 0)
    return bad("step", index, "the loop has no body");
  if (uint64_t{index} + 1 + step.bodySteps > end)
    return bad("step", index, "the loop's body reaches past its surroundings");
  if (step.counter >= artifact.numCounters)
    return bad("step", index, "the loop's counter does not exist");
  if (openCounters >> step.counter & 1)
    return bad("step", index, "the loop's counter is in use around it");
  return {};
}

Status Checker::checkKernelStep(uint32_t index, const EincStep &step) {
  if (step.kernel >= artifact.numKernels)
    return bad("step", index, "its kernel does not exist");
  const uint32_t numPointers = artifact.kernels[step.kernel].numPointers;
  if (uint64_t{step.firstPointer} + numPointers > artifact.numPointers)
    return bad("step", index, "its pointers do not exist");
  if (uint64_t{step.firstParam} + step.numParams > artifact.numParams)
    return bad("step", index, "its params do not exist");
  if (Status status = checkValue("step", index, "minGrains", step.minGrains);
      !status)
    return status;
  for (uint32_t p = 0; p < numPointers; ++p)
    if (Status status =
            checkValue("step", index, "pointer",
                       artifact.pointers[step.firstPointer + p].offset, p);
        !status)
      return status;
  for (uint32_t p = 0; p < step.numParams; ++p)
    if (Status status = checkValue("step", index, "param",
                                   artifact.params[step.firstParam + p], p);
        !status)
      return status;
  return {};
}

} // namespace

Status einc::runtime::checkArtifact(const EincArtifact &artifact) noexcept {
  return Checker(artifact).check();
}
