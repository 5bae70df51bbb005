// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// One call to check: an equation, the types of its tensors, where they lie and
/// what they hold.

#ifndef EINC_TESTS_E2E_RANDOM_CASE_H
#define EINC_TESTS_E2E_RANDOM_CASE_H

#include "tests/e2e/Elements/Element.h"
#include "tests/e2e/Random/RandomEquation.h"

namespace einc::tests {

/// A tensor in a buffer of `count` elements; element (0, 0, ...) is at
/// `offset`.
struct CaseTensor {
  std::vector<int64_t> shape;
  std::vector<int64_t> strides;
  int64_t offset = 0;
  int64_t count = 0;
  /// Whether the buffer ends where memory ends, or starts `lead` elements
  /// after its start.
  bool atEnd = false;
  unsigned lead = 0;
  ElementType type = ElementType::F32;
  /// Operands of complex types only.
  bool conjugate = false;

  bool isRowMajor() const;
};

/// What the operands hold.
enum class CaseValues {
  /// Whole numbers, so small that floating-point results are exact; integers
  /// of the whole range.
  Exact,
  /// Fractions between -4 and 4, integers among them below 20.
  Fractions,
  /// Fractions, and some infinities, NaN and subnormal numbers.
  Special,
};

struct Case {
  uint64_t seed = 0;
  /// How to draw the same case again, for messages.
  std::string origin;
  RandomEquation equation;
  std::string cpu = "native";
  std::vector<CaseTensor> operands;
  CaseTensor output;
  Number alpha = 1;
  Number beta = 0;
  CaseValues values = CaseValues::Exact;
  /// Call einsumInto, of the public interface, and not the driver below it.
  bool throughAPI = false;

  ElementType type() const { return output.type; }
  bool readsOutput() const { return !isZero(beta); }
  /// Whether sums have a type that the operands are not promoted to by
  /// themselves.
  bool hasWiderSums() const;
  /// One line: how to call it.
  std::string describe() const;

  static bool isZero(const Number &number) {
    return number.re == 0 && number.im == 0 && number.whole == 0;
  }
};

/// The types of a call.
struct CaseTypes {
  std::vector<ElementType> operands;
  ElementType result = ElementType::F32;

  /// One type for all.
  static CaseTypes uniform(size_t numOperands, ElementType type) {
    return {std::vector<ElementType>(numOperands, type), type};
  }
  friend bool operator==(const CaseTypes &, const CaseTypes &) = default;
};

/// One type, mostly; else two that are promoted, or integers summed in a wider
/// type. Only types of `allowed`, which holds one or more.
CaseTypes makeTypes(Dice &dice, size_t numOperands,
                    const std::vector<ElementType> &allowed);

/// How a tensor's elements may lie.
enum class LayoutKind { RowMajor, Any, Operand };

/// RowMajor: dense. Any: axes in any order, gaps, negative strides; no two
/// elements share memory. Operand: also zero strides and overlaps.
CaseTensor makeLayout(Dice &dice, const std::vector<int64_t> &shape,
                      LayoutKind kind);

/// Draws everything but equation and types: layouts, conjugation, processor,
/// values, scaling.
Case makeCase(Dice &dice, uint64_t seed, RandomEquation equation,
              const CaseTypes &types);

/// The processor levels of this host, "native" first.
const std::vector<std::string> &hostLevels();

} // namespace einc::tests

#endif // EINC_TESTS_E2E_RANDOM_CASE_H
