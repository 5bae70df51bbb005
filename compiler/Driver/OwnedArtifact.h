// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// An artifact in memory: EincArtifact's pointers and the arrays behind them.

#ifndef EINC_COMPILER_DRIVER_OWNEDARTIFACT_H
#define EINC_COMPILER_DRIVER_OWNEDARTIFACT_H

#include "compiler/Driver/KernelCache.h"
#include "compiler/Schedule/Steps.h"

namespace einc {

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
                std::string plan);

  EincArtifact get() const;

private:
  const StepList *steps = nullptr;
  std::vector<EincKernel> kernels;
  std::vector<EincArgument> arguments;
  std::vector<std::string> argumentNames;
  std::string equation;
  std::string plan;
};

} // namespace einc

#endif // EINC_COMPILER_DRIVER_OWNEDARTIFACT_H
