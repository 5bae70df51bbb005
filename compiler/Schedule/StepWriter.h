// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Appends buffers and kernel calls to a step list.

#ifndef EINC_COMPILER_SCHEDULE_STEPWRITER_H
#define EINC_COMPILER_SCHEDULE_STEPWRITER_H

#include "compiler/Schedule/ChooseSchedule.h"

#include <map>
#include <unordered_map>

namespace einc {

/// What every kernel of a step has in common.
struct StepTarget {
  uint32_t plan;    ///< step of the plan
  uint32_t output;  ///< buffer
  uint32_t scalars; ///< buffer of {alpha, beta}
  bool accumulate = false;
  int64_t offset = 0; ///< of the output's first element, in bytes
  /// 1 or 0: whether the kernel runs at all. None: it does.
  const Formula *condition = nullptr;
};

class StepWriter {
public:
  explicit StepWriter(StepList &list) : list(list) {}

  /// The start of a buffer, or a place in it.
  EincPointer pointer(uint32_t buffer, int64_t offset = 0) {
    return {buffer, 0, literal(offset)};
  }
  /// An expression that is a number; equal numbers share their token.
  EincExpression literal(int64_t value);
  /// Equal formulas share their tokens.
  EincExpression expression(const Formula &formula);
  /// Whether a formula was longer than artifacts may have.
  bool passedLimit() const { return isTooLong; }

  uint32_t addArgument(uint32_t argument, EincExpression bytes);
  /// {alpha, beta} of the call, in the compute type of the result.
  uint32_t addScalars(ElementType compute);
  /// {1, 0} in a compute type.
  uint32_t addConstantScalars(ElementType compute);
  uint32_t addWorkspace(EincExpression offset, EincExpression bytes);

  /// One call of the kernel of `choice`.
  void addKernel(const KernelChoice &choice, const StepTarget &target,
                 std::span<const EincPointer> operands);

private:
  StepList &list;
  std::unordered_map<int64_t, uint32_t> literals;
  std::unordered_map<std::string, uint32_t> schedules;
  std::map<std::vector<int64_t>, EincExpression> expressions;
  bool isTooLong = false;
};

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_STEPWRITER_H
