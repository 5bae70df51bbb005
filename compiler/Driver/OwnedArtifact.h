// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// An artifact in memory: EincArtifact's pointers and the arrays behind them.

#ifndef EINC_COMPILER_DRIVER_OWNEDARTIFACT_H
#define EINC_COMPILER_DRIVER_OWNEDARTIFACT_H

#include "compiler/Driver/KernelCache.h"
#include "compiler/Schedule/Steps.h"

namespace einc {

/// What an artifact has beyond its steps, kernels and arguments.
struct ArtifactExtras {
  /// Operands, then the output; empty: "operand0", ..., "output".
  std::vector<std::string> names = {};
  /// Their extents, where open number n is -1 - n; empty: the layouts'.
  std::vector<Shape> extents = {};
  /// The strides are open numbers from this one on.
  uint32_t firstOpenStride = EINC_NO_OPEN_STRIDES;
  uint32_t numOpenNumbers = 0;
  /// Goes behind the tokens of the steps.
  std::vector<EincToken> guard = {};
};

/// Points into the steps and kernels it was made from, which must outlive it,
/// and into arrays of its own, so that it can be moved.
class OwnedArtifact {
public:
  OwnedArtifact() = default;
  /// `kernels[i]` computes `steps.schedules[i]`. `operands` and `output`: the
  /// arguments in order.
  OwnedArtifact(const StepList &steps,
                std::span<const std::shared_ptr<const Kernel>> kernels,
                std::span<const TensorLayout> operands,
                const TensorLayout &output, std::string equation,
                std::string plan, ArtifactExtras extras = {});

  EincArtifact get() const;
  /// Where the guard is among the artifact's tokens.
  EincExpression guard() const;

private:
  void describeArgument(const TensorLayout &layout);

  const StepList *steps = nullptr;
  std::vector<EincKernel> kernels;
  std::vector<EincArgument> arguments;
  std::vector<EincToken> tokens; ///< with a guard; else those of `steps`
  ArtifactExtras extras;
  std::string equation;
  std::string plan;
};

} // namespace einc

#endif // EINC_COMPILER_DRIVER_OWNEDARTIFACT_H
