// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Runs a bound step list. The hot path: no allocation, no hashing, no locks
/// outside of parallel steps.

#include "runtime/Executable.h"
#include "runtime/Expressions.h"
#include "runtime/Split.h"
#include "runtime/Workspace.h"

#include <algorithm>
#include <cstring>

using namespace einc::runtime;

namespace {

/// {1, 0} in each type; null: the type is unknown.
const void *defaultScalars(uint32_t type) noexcept {
  static constexpr float f32[4] = {1};
  static constexpr double f64[4] = {1};
  static constexpr int8_t i8[2] = {1};
  static constexpr int16_t i16[2] = {1};
  static constexpr int32_t i32[2] = {1};
  static constexpr int64_t i64[2] = {1};
  static constexpr uint16_t f16[2] = {0x3c00};
  static constexpr uint16_t bf16[2] = {0x3f80};
  switch (type) {
  case EINC_TYPE_F32:
  case EINC_TYPE_C64: // {1 + 0i, 0 + 0i}
    return f32;
  case EINC_TYPE_F64:
  case EINC_TYPE_C128:
    return f64;
  case EINC_TYPE_I8:
  case EINC_TYPE_U8:
  case EINC_TYPE_BOOL:
    return i8;
  case EINC_TYPE_I16:
    return i16;
  case EINC_TYPE_I32:
    return i32;
  case EINC_TYPE_I64:
    return i64;
  case EINC_TYPE_F16:
    return f16;
  case EINC_TYPE_BF16:
    return bf16;
  default: // ArtifactCheck refuses it
    return nullptr;
  }
}

/// One call of run().
class Call {
public:
  Call(const BoundSteps &bound, void *const *arguments, const void *scalars,
       uint32_t threads, const Executor *executor, char *workspace) noexcept
      : bound(bound), arguments(arguments), scalars(scalars), threads(threads),
        executor(executor), workspace(workspace),
        frame(workspace + bound.workspaceBytes),
        scratch(frame + bound.frameBytes) {}

  Status run() noexcept;

private:
  Status runKernel(uint32_t index) noexcept;
  void *address(const BoundPointer &pointer) const noexcept;

  /// Null if the value is known, else why it is not.
  Problem valueOf(const BoundValue &value, int64_t &result) const noexcept {
    if (value.numTokens == 0) {
      result = value.constant;
      return nullptr;
    }
    return evaluate({bound.tokens.data() + value.firstToken, value.numTokens},
                    {}, counters, result);
  }

  const BoundSteps &bound;
  void *const *arguments;
  const void *scalars;
  uint32_t threads;
  const Executor *executor;
  char *workspace;
  char *frame;
  char *scratch;
  int64_t counters[MaxCounters];
};

[[gnu::cold]] Status fail(uint32_t step, const char *field, int64_t item,
                          Problem problem) {
  if (item < 0)
    return Status::error(StatusCode::BadArtifact, "step %u: %s %s", step, field,
                         problem);
  return Status::error(StatusCode::BadArtifact, "step %u: %s %lld %s", step,
                       field, static_cast<long long>(item), problem);
}

void *Call::address(const BoundPointer &pointer) const noexcept {
  // Unsigned: an argument without elements may be null, with any offset.
  uintptr_t address = static_cast<uintptr_t>(pointer.offset);
  switch (pointer.base) {
  case EINC_BUFFER_ARGUMENT:
    address += reinterpret_cast<uintptr_t>(arguments[pointer.argument]);
    break;
  case EINC_BUFFER_WORKSPACE:
    address += reinterpret_cast<uintptr_t>(workspace);
    break;
  case EINC_BUFFER_SCALARS:
    address += reinterpret_cast<uintptr_t>(scalars);
    break;
  default: // EINC_BUFFER_CONSTANT
    break;
  }
  const BoundSlope *slopes = bound.slopes.data() + pointer.firstSlope;
  for (uint32_t i = 0; i < pointer.numSlopes; ++i)
    address += static_cast<uintptr_t>(slopes[i].bytes) *
               static_cast<uintptr_t>(counters[slopes[i].counter]);
  return reinterpret_cast<void *>(address);
}

Status Call::runKernel(uint32_t index) noexcept {
  const BoundStep &step = bound.steps[index];
  int64_t grains, minGrains;
  if (Problem problem = valueOf(step.extent, grains))
    return fail(index, "extent", -1, problem);
  if (Problem problem = valueOf(step.minGrains, minGrains))
    return fail(index, "minGrains", -1, problem);
  if (grains <= 0)
    return grains == 0 ? Status() : fail(index, "extent", -1, "is negative");

  void **pointers = reinterpret_cast<void **>(frame);
  const BoundPointer *bindings = bound.pointers.data() + step.firstPointer;
  for (uint32_t i = 0; i < step.numPointers; ++i)
    pointers[i] = address(bindings[i]);

  const int64_t *params = bound.params.data() + step.firstParam;
  if (step.numVarying > 0) {
    int64_t *copy = reinterpret_cast<int64_t *>(pointers + step.numPointers);
    std::memcpy(copy, params, step.numParams * sizeof(int64_t));
    const BoundParam *varying = bound.varyingParams.data() + step.firstVarying;
    for (uint32_t i = 0; i < step.numVarying; ++i)
      if (Problem problem = valueOf(varying[i].value, copy[varying[i].index]))
        return fail(index, "param", varying[i].index, problem);
    params = copy;
  }

  const KernelCall call = {step.function, pointers, params, scratch,
                           bound.scratchBytes};
  if (executor && executor->parallelRanges && minGrains > 0) {
    runRanges(call, grains, threads, *executor);
    return {};
  }
  const uint32_t tasks = threads > 1 && minGrains > 0
                             ? static_cast<uint32_t>(std::min<int64_t>(
                                   threads, grains / minGrains))
                             : 1;
  if (tasks <= 1)
    call(0, 0, grains);
  else
    runSplit(call, grains, minGrains, tasks, executor);
  return {};
}

Status Call::run() noexcept {
  struct Loop {
    uint32_t begin;
    uint32_t end;
    uint32_t counter;
    int64_t extent;
  };
  Loop loops[MaxCounters];
  uint32_t depth = 0;
  const uint32_t end = static_cast<uint32_t>(bound.steps.size());
  for (uint32_t i = 0;;) {
    while (depth > 0 && loops[depth - 1].end == i) {
      const Loop &loop = loops[depth - 1];
      if (++counters[loop.counter] < loop.extent)
        i = loop.begin;
      else
        --depth;
    }
    if (i == end)
      return {};
    const BoundStep &step = bound.steps[i];
    if (step.function) {
      if (Status status = runKernel(i); !status)
        return status;
      ++i;
      continue;
    }
    int64_t extent;
    if (Problem problem = valueOf(step.extent, extent))
      return fail(i, "extent", -1, problem);
    if (extent < 0)
      return fail(i, "extent", -1, "is negative");
    if (extent == 0) {
      i = step.endStep;
      continue;
    }
    counters[step.counter] = 0;
    loops[depth++] = {i + 1, step.endStep, step.counter, extent};
    ++i;
  }
}

uint32_t threadsFor(const BoundSteps &bound, unsigned wanted) {
  if (bound.maxTasks == 1)
    return 1;
  return std::min(wanted ? wanted : defaultThreads(), bound.maxTasks);
}

uint64_t bytesFor(const BoundSteps &bound, uint32_t threads) {
  return bound.workspaceBytes + bound.frameBytes + bound.scratchBytes * threads;
}

} // namespace

uint64_t Executable::workspaceBytes(unsigned threads) const noexcept {
  return bytesFor(bound, threadsFor(bound, threads));
}

Status Executable::run(void *const *arguments,
                       const RunOptions &options) const noexcept {
  uint32_t threads = threadsFor(bound, options.threads);
  if (options.executor && options.executor->parallelRanges)
    threads = std::clamp(options.threads, 1u, MaxThreads); // whatever grains
  const uint64_t bytes = bytesFor(bound, threads);
  const void *scalars = options.scalars;
  if (!scalars)
    scalars = defaultScalars(bound.scalarType);
  if (!arguments && bound.numArguments > 0)
    return Status::error(StatusCode::InvalidArgument, "no arguments are given");
  if (options.executor && !options.executor->parallelFor &&
      !options.executor->parallelRanges)
    return Status::error(StatusCode::InvalidArgument,
                         "the executor has no parallelFor");
  if (options.workspace) {
    if (options.workspaceBytes < bytes)
      return Status::error(
          StatusCode::InvalidArgument,
          "the workspace has %llu bytes, %llu are needed for %u threads",
          static_cast<unsigned long long>(options.workspaceBytes),
          static_cast<unsigned long long>(bytes), threads);
    if (reinterpret_cast<uintptr_t>(options.workspace) % WorkspaceAlignment)
      return Status::error(StatusCode::InvalidArgument,
                           "the workspace is not 64-byte aligned");
    return Call(bound, arguments, scalars, threads, options.executor,
                static_cast<char *>(options.workspace))
        .run();
  }
  WorkspaceLease lease(bytes);
  if (!lease.data())
    return Status::error(StatusCode::OutOfMemory,
                         "no memory for a workspace of %llu bytes",
                         static_cast<unsigned long long>(bytes));
  return Call(bound, arguments, scalars, threads, options.executor,
              static_cast<char *>(lease.data()))
      .run();
}
