// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Appends buffers and kernel calls to a step list.

#ifndef EINC_COMPILER_SCHEDULE_STEPWRITER_H
#define EINC_COMPILER_SCHEDULE_STEPWRITER_H

#include "compiler/Schedule/ChooseSchedule.h"

#include <unordered_map>

namespace einc {

/// What every kernel of a step has in common.
struct StepTarget {
  uint32_t plan;    ///< step of the plan
  uint32_t output;  ///< buffer
  uint32_t scalars; ///< buffer of {alpha, beta}
  bool accumulate = false;
};

class StepWriter {
public:
  explicit StepWriter(StepList &list) : list(list) {}

  /// An expression that is a number; equal numbers share their token.
  EincExpression literal(int64_t value);

  uint32_t addArgument(uint32_t argument, int64_t bytes);
  uint32_t addScalars(ElementType element);
  /// {1, 0} in the element type.
  uint32_t addConstantScalars(ElementType element);
  uint32_t addWorkspace(uint64_t offset, int64_t bytes);

  /// One call. `names` spells labels in the printed groups.
  void addGemm(const GemmChoice &choice, const StepTarget &target, uint32_t a,
               uint32_t b, std::span<const std::string> names);
  void addGeneral(const GeneralChoice &choice, const StepTarget &target,
                  std::span<const uint32_t> operands,
                  std::span<const std::string> names);

private:
  void addStep(const Schedule &schedule, const StepTarget &target,
               std::span<const uint32_t> operands,
               std::span<const int64_t> params, int64_t grains,
               double grainWork, std::string groups);

  StepList &list;
  std::unordered_map<int64_t, uint32_t> literals;
  std::unordered_map<std::string, uint32_t> schedules;
};

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_STEPWRITER_H
