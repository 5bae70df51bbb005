// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The element types of a step: of its tensors in memory, and of its sums.

#ifndef EINC_COMPILER_SCHEDULE_STEPTYPES_H
#define EINC_COMPILER_SCHEDULE_STEPTYPES_H

#include "einc/ElementType.h"

#include <cstdint>
#include <string>

namespace einc {

class ScheduleReader;

/// The tensors of a step, in the order of LoopRecord::strides.
enum TensorRole : unsigned { RoleC, RoleA, RoleB };

/// Operands are converted to the compute type when they are loaded, sums from
/// it when they are stored.
struct StepTypes {
  ElementType output = ElementType::F32;
  /// Of operands that a step lacks: the output's.
  ElementType operands[2] = {ElementType::F32, ElementType::F32};
  /// Operands that are read as their complex conjugates; false of real types.
  bool conjugate[2] = {false, false};

  StepTypes() = default;
  /// One type for all tensors.
  StepTypes(ElementType type) : output(type), operands{type, type} {}
  StepTypes(ElementType output, ElementType a, ElementType b)
      : output(output), operands{a, b} {}

  /// What sums, alpha and beta have: f32 for halves, i32 for small integers.
  constexpr ElementType compute() const { return computeType(output); }
  /// Of a tensor, by role.
  ElementType of(unsigned role) const {
    return role == RoleC ? output : operands[role - RoleA];
  }
  /// Bytes of an element of a tensor, by role.
  int64_t unit(unsigned role) const { return int64_t(elementBytes(of(role))); }
  bool isUniform() const {
    return operands[0] == output && operands[1] == output && !conjugate[0] &&
           !conjugate[1];
  }
  /// Whether every operand converts to the compute type without loss of kind:
  /// to a type that it promotes to, or it has that type already (partial sums
  /// of a result that is stored in fewer bits).
  bool areSound() const;
  /// The same step with its operands exchanged.
  StepTypes swapped() const;

  /// "f32" where all are the same, else OUTPUT(A,B) with a star after what is
  /// conjugated: "c64(c64*,f32)".
  std::string text() const;
  static StepTypes read(ScheduleReader &reader);

  friend bool operator==(const StepTypes &, const StepTypes &) = default;
};

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_STEPTYPES_H
