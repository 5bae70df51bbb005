// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Binds steps: buffers become bases with offsets, expressions become numbers.

#include "runtime/Steps.h"

#include "runtime/Expressions.h"
#include "runtime/ThreadPool.h"
#include "runtime/Workspace.h"

#include <algorithm>
#include <cstring>

using namespace einc::runtime;

namespace {

/// Bytes of intermediates that a call may ask for.
constexpr int64_t MaxWorkspaceBytes = int64_t{1} << 56;

uint64_t alignUp(uint64_t bytes) {
  return (bytes + WorkspaceAlignment - 1) & ~(WorkspaceAlignment - 1);
}

/// An EincBuffer in numbers.
struct Buffer {
  int64_t offset;
  int64_t bytes;
};

class Binder {
public:
  Binder(const EincArtifact &artifact, std::span<const int64_t> extents,
         std::span<const EincKernelFunction> functions, BoundSteps &bound)
      : artifact(artifact), extents(extents), functions(functions),
        bound(bound) {}

  Status bind() {
    bound.numArguments = artifact.numArguments;
    bound.scalarType = artifact.scalarType;
    if (Status status = bindBuffers(); !status)
      return status;
    bound.steps.reserve(artifact.numSteps);
    for (uint32_t i = 0; i < artifact.numSteps; ++i)
      if (Status status = bindStep(i, artifact.steps[i]); !status)
        return status;
    return {};
  }

private:
  Status bindBuffers();
  Status bindBuffer(uint32_t index, const EincBuffer &buffer);
  Status bindStep(uint32_t index, const EincStep &step);
  Status bindPointer(uint32_t step, uint32_t index, const EincPointer &pointer);
  void countTasks(const BoundStep &step);

  std::span<const EincToken> tokensOf(EincExpression expression) const {
    return {artifact.tokens + expression.first, expression.count};
  }
  /// Value of an expression without counters.
  Problem valueOf(EincExpression expression, int64_t &value) const {
    return evaluate(tokensOf(expression), extents, nullptr, value);
  }
  Problem bindValue(EincExpression expression, BoundValue &value);
  Status bad(const char *part, uint32_t index, const char *field,
             Problem problem) const {
    return Status::error(codeOf(problem), "%s %u: %s %s", part, index, field,
                         problem);
  }
  Status bad(uint32_t step, const char *field, uint32_t item,
             Problem problem) const {
    return Status::error(codeOf(problem), "step %u: %s %u %s", step, field,
                         item, problem);
  }
  /// With open numbers an overflow is the fault of who gave them.
  StatusCode codeOf(Problem problem) const {
    return !extents.empty() && std::strcmp(problem, "overflows") == 0
               ? StatusCode::Limit
               : StatusCode::BadArtifact;
  }

  const EincArtifact &artifact;
  std::span<const int64_t> extents;
  std::span<const EincKernelFunction> functions;
  BoundSteps &bound;
  std::vector<Buffer> buffers;
  std::vector<EincToken> folded; ///< of the pointer at hand
};

Status Binder::bindBuffers() {
  int64_t bytes = 0;
  Problem problem = valueOf(artifact.workspaceBytes, bytes);
  if (!problem && bytes < 0)
    problem = "is negative";
  if (problem)
    return Status::error(codeOf(problem), "artifact: workspaceBytes %s",
                         problem);
  if (bytes > MaxWorkspaceBytes)
    return Status::error(StatusCode::Limit, "the intermediates need %lld bytes",
                         static_cast<long long>(bytes));
  bound.workspaceBytes = alignUp(static_cast<uint64_t>(bytes));
  buffers.reserve(artifact.numBuffers);
  for (uint32_t i = 0; i < artifact.numBuffers; ++i)
    if (Status status = bindBuffer(i, artifact.buffers[i]); !status)
      return status;
  return {};
}

Status Binder::bindBuffer(uint32_t index, const EincBuffer &buffer) {
  Buffer numbers;
  Problem problem = valueOf(buffer.offset, numbers.offset);
  if (problem)
    return bad("buffer", index, "offset", problem);
  problem = valueOf(buffer.bytes, numbers.bytes);
  if (!problem && numbers.bytes < 0)
    problem = "is negative";
  if (problem)
    return bad("buffer", index, "bytes", problem);
  if (buffer.kind != EINC_BUFFER_WORKSPACE) {
    if (numbers.offset != 0)
      return bad("buffer", index, "offset", "is not 0 outside the workspace");
    if (buffer.kind == EINC_BUFFER_CONSTANT && numbers.bytes > 0 &&
        !buffer.data)
      return bad("buffer", index, "data", "is missing");
  } else {
    int64_t end;
    if (numbers.offset < 0 || numbers.offset % WorkspaceAlignment != 0)
      return bad("buffer", index, "offset", "is not a multiple of 64");
    if (__builtin_add_overflow(numbers.offset, numbers.bytes, &end) ||
        static_cast<uint64_t>(end) > bound.workspaceBytes)
      return bad("buffer", index, "bytes", "reaches past the workspace");
  }
  buffers.push_back(numbers);
  return {};
}

Problem Binder::bindValue(EincExpression expression, BoundValue &value) {
  std::span<const EincToken> tokens = tokensOf(expression);
  if (tokens.size() == 1 && tokens[0].opcode == EINC_OP_LITERAL) {
    value.constant = tokens[0].value;
    return nullptr;
  }
  const size_t first = bound.tokens.size();
  if (Problem problem = fold(tokens, extents, bound.tokens))
    return problem;
  const EincToken &token = bound.tokens[first];
  if (token.opcode == EINC_OP_LITERAL && bound.tokens.size() == first + 1) {
    value.constant = token.value;
    bound.tokens.resize(first);
  } else {
    value.firstToken = static_cast<uint32_t>(first);
    value.numTokens = static_cast<uint32_t>(bound.tokens.size() - first);
  }
  return nullptr;
}

Status Binder::bindStep(uint32_t index, const EincStep &step) {
  BoundStep result;
  Problem problem = bindValue(step.extent, result.extent);
  if (!problem && result.extent.constant < 0)
    problem = "is negative";
  if (problem)
    return bad("step", index, "extent", problem);
  if (step.kind == EINC_STEP_LOOP) {
    result.counter = step.counter;
    result.endStep = index + 1 + step.bodySteps;
    bound.steps.push_back(result);
    return {};
  }

  const EincKernel &kernel = artifact.kernels[step.kernel];
  result.function = functions[step.kernel];
  problem = bindValue(step.minGrains, result.minGrains);
  if (!problem && result.minGrains.constant < 0)
    problem = "is negative";
  if (problem)
    return bad("step", index, "minGrains", problem);

  result.firstPointer = static_cast<uint32_t>(bound.pointers.size());
  result.numPointers = kernel.numPointers;
  for (uint32_t p = 0; p < kernel.numPointers; ++p)
    if (Status status =
            bindPointer(index, p, artifact.pointers[step.firstPointer + p]);
        !status)
      return status;

  result.firstParam = bound.params.size();
  result.numParams = step.numParams;
  result.firstVarying = static_cast<uint32_t>(bound.varyingParams.size());
  for (uint32_t p = 0; p < step.numParams; ++p) {
    BoundValue value;
    problem = bindValue(artifact.params[step.firstParam + p], value);
    if (problem)
      return bad(index, "param", p, problem);
    bound.params.push_back(value.constant);
    if (value.numTokens > 0)
      bound.varyingParams.push_back({value, p});
  }
  result.numVarying =
      static_cast<uint32_t>(bound.varyingParams.size()) - result.firstVarying;

  const uint64_t frameWords =
      uint64_t{result.numPointers} + (result.numVarying ? result.numParams : 0);
  bound.frameBytes =
      std::max(bound.frameBytes, alignUp(frameWords * sizeof(int64_t)));
  bound.scratchBytes =
      std::max(bound.scratchBytes, alignUp(kernel.scratchBytes));
  countTasks(result);
  bound.steps.push_back(result);
  return {};
}

void Binder::countTasks(const BoundStep &step) {
  int64_t tasks = MaxThreads;
  if (step.minGrains.numTokens == 0) {
    if (step.minGrains.constant == 0)
      tasks = 1;
    else if (step.extent.numTokens == 0)
      tasks = step.extent.constant / step.minGrains.constant;
  }
  bound.maxTasks = static_cast<uint32_t>(
      std::clamp<int64_t>(tasks, bound.maxTasks, MaxThreads));
}

Status Binder::bindPointer(uint32_t step, uint32_t index,
                           const EincPointer &pointer) {
  folded.clear();
  Problem problem = fold(tokensOf(pointer.offset), extents, folded);
  Affine offset;
  if (!problem)
    problem = makeAffine(folded, offset);
  if (problem)
    return bad(step, "pointer", index, problem);

  BoundPointer result;
  result.firstSlope = static_cast<uint32_t>(bound.slopes.size());
  for (uint32_t c = 0; c < artifact.numCounters; ++c)
    if (offset.slopes[c] != 0)
      bound.slopes.push_back({offset.slopes[c], c});
  result.numSlopes =
      static_cast<uint32_t>(bound.slopes.size()) - result.firstSlope;

  const EincBuffer &buffer = artifact.buffers[pointer.buffer];
  const Buffer &numbers = buffers[pointer.buffer];
  // Arguments may be walked backwards from their first element.
  if (buffer.kind != EINC_BUFFER_ARGUMENT && result.numSlopes == 0 &&
      (offset.constant < 0 || offset.constant > numbers.bytes))
    return bad(step, "pointer", index, "lies outside of its buffer");
  int64_t base = numbers.offset;
  if (buffer.kind == EINC_BUFFER_CONSTANT)
    base = static_cast<int64_t>(reinterpret_cast<uintptr_t>(buffer.data));
  if (__builtin_add_overflow(base, offset.constant, &result.offset))
    return bad(step, "pointer", index, "overflows");
  result.base = buffer.kind;
  result.argument = buffer.argument;
  bound.pointers.push_back(result);
  return {};
}

} // namespace

Status einc::runtime::bindSteps(const EincArtifact &artifact,
                                std::span<const int64_t> extents,
                                std::span<const EincKernelFunction> functions,
                                BoundSteps &bound) {
  return Binder(artifact, extents, functions, bound).bind();
}
