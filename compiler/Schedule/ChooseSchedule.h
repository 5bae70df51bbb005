// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// From the labels of a step to its kernel: each family says whether it takes
/// the step, in a fixed order. The number of threads is no input: results must
/// not depend on it.

#ifndef EINC_COMPILER_SCHEDULE_CHOOSESCHEDULE_H
#define EINC_COMPILER_SCHEDULE_CHOOSESCHEDULE_H

#include "compiler/Schedule/LabelGroups.h"
#include "compiler/Schedule/OpenSizes.h"
#include "compiler/Schedule/Schedule.h"

#include <optional>

namespace einc {

/// Serial work, in multiply-adds, below which a thread is not worth starting.
constexpr int64_t ThreadWork = 200'000;

/// A step before its kernel is chosen. With two operands every label is in two
/// tensors or more; with one, in the operand; the output's labels have their
/// strides. Extents may be 0 in the output only. Where labels are open, what is
/// chosen must be right for all extents from 1 on and all strides; of Permute
/// only for extents of a tile or more (see OpenCall).
struct StepProblem {
  std::span<const StepLabel> labels;
  unsigned numOperands; ///< 0: fill
  StepTypes types;
  const Machine &machine;
  /// Spells labels in KernelChoice::groups.
  std::span<const std::string> names;
  /// Those the expression has already: one that costs little more than the
  /// best may be taken instead of it.
  std::span<const Schedule> existing = {};
};

struct KernelChoice;

/// The numbers of a call of a step with open numbers.
struct OpenCall {
  std::vector<Formula> params; ///< as KernelChoice::params
  Formula grains;              ///< none where the kernel is not right
  Formula minGrains;
  /// A second call, for the extents that the kernel is not right for.
  std::shared_ptr<const KernelChoice> otherwise;
};

/// A kernel call but for its pointers.
struct KernelChoice {
  Schedule schedule;
  /// As the family's head in KernelLayout.h says. The first is set later.
  std::vector<int64_t> params;
  /// The loops of the records at the end of params.
  Loops records;
  int64_t grains = 0;
  /// Multiply-adds (or elements moved) of a grain.
  double grainWork = 0;
  /// Expected time of one thread; compares the two ways round.
  double seconds = 0;
  /// For printing: "m(i=64) n(j=512) k(kl=32)".
  std::string groups;
  /// Place of the family in the order: lower ones are taken first.
  unsigned rank = 0;
  /// Of a step with open numbers; params and grains are examples then.
  std::shared_ptr<const OpenCall> call = {};
};

/// The families in their order; the last, General, takes everything.
/// Dot, Gemv, Small and Gemm look at the operands as given: the caller tries
/// both ways round.
KernelChoice chooseKernel(const StepProblem &problem);

/// Each family: what it makes of the step, or nothing.
std::optional<KernelChoice> chooseOuterKernel(const StepProblem &problem);
std::optional<KernelChoice> choosePermuteKernel(const StepProblem &problem);
std::optional<KernelChoice> chooseReduceKernel(const StepProblem &problem);
std::optional<KernelChoice> chooseDotKernel(const StepProblem &problem);
std::optional<KernelChoice> chooseGemvKernel(const StepProblem &problem);
std::optional<KernelChoice> chooseSmallKernel(const StepProblem &problem);
std::optional<KernelChoice> chooseGemmKernel(const StepProblem &problem);
KernelChoice chooseGeneralKernel(const StepProblem &problem);

/// Appends loop records to the params.
void addRecords(KernelChoice &choice, const Loops &loops);

struct GemmChoice {
  Schedule schedule;
  /// In the order the kernel walks them: loops may be moved or split.
  LabelGroups groups;
  /// Expected time of one thread; compares orientations.
  double seconds = 0;
};

/// Roles A and B are as grouped: B is the operand whose labels (N) are stored
/// as vectors. Of the schedules that the expression has already, one that costs
/// little more than the best is taken instead of it.
GemmChoice chooseGemm(LabelGroups groups, const StepTypes &types,
                      const Machine &machine,
                      std::span<const Schedule> existing = {});

struct GeneralChoice {
  Schedule schedule;
  GeneralLoops loops;
};

/// `loops` as from generalLoops, of a step with `numOperands` operands.
GeneralChoice chooseGeneral(GeneralLoops loops, unsigned numOperands,
                            const StepTypes &types, const Machine &machine);

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_CHOOSESCHEDULE_H
