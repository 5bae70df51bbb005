// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The step list after binding: every number that can be known is a number.

#ifndef EINC_RUNTIME_STEPS_H
#define EINC_RUNTIME_STEPS_H

#include "einc-c/Artifact.h"
#include "runtime/Status.h"

#include <span>
#include <vector>

namespace einc::runtime {

/// A number, or (numTokens > 0) a folded expression of counters.
struct BoundValue {
  int64_t constant = 0;
  uint32_t firstToken = 0;
  uint32_t numTokens = 0;
};

/// Bytes a pointer moves by when a counter goes up by one.
struct BoundSlope {
  int64_t bytes;
  uint32_t counter;
};

/// base + offset + slopes; of a constant, offset is the whole address.
struct BoundPointer {
  int64_t offset = 0;
  uint32_t base = 0; ///< EincBufferKind
  uint32_t argument = 0;
  uint32_t firstSlope = 0;
  uint32_t numSlopes = 0;
};

/// A param that depends on counters.
struct BoundParam {
  BoundValue value;
  uint32_t index; ///< among the params of its step
};

struct BoundStep {
  EincKernelFunction function = nullptr; ///< null: a loop
  uint64_t firstParam = 0;               ///< into BoundSteps::params
  BoundValue extent;                     ///< grains, or iterations
  BoundValue minGrains;
  uint32_t numParams = 0;
  uint32_t firstPointer = 0; ///< into BoundSteps::pointers
  uint32_t numPointers = 0;
  uint32_t firstVarying = 0; ///< into BoundSteps::varyingParams
  uint32_t numVarying = 0;
  uint32_t counter = 0; ///< of a loop
  uint32_t endStep = 0; ///< of a loop: the first step after its body
};

struct BoundSteps {
  std::vector<BoundStep> steps;
  std::vector<BoundPointer> pointers;
  std::vector<BoundSlope> slopes;
  std::vector<int64_t> params; ///< where varying, of no meaning
  std::vector<BoundParam> varyingParams;
  std::vector<EincToken> tokens;
  uint64_t workspaceBytes = 0; ///< of intermediates; multiple of 64
  uint64_t frameBytes = 0;     ///< pointers and varying params of one step; 64n
  uint64_t scratchBytes = 0;   ///< of one thread, for any step; multiple of 64
  uint32_t maxTasks = 1;       ///< more threads than this are of no use
  uint32_t numArguments = 0;
  uint32_t scalarType = EINC_TYPE_F32;
};

/// Binds a checked artifact (ArtifactCheck.h). `functions`: one per kernel.
/// Errors: BadArtifact, Limit. Throws std::bad_alloc.
Status bindSteps(const EincArtifact &artifact, std::span<const int64_t> extents,
                 std::span<const EincKernelFunction> functions,
                 BoundSteps &bound);

} // namespace einc::runtime

#endif // EINC_RUNTIME_STEPS_H
