// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Extents and strides that are known only when a step runs: polynomials of the
/// open numbers, such as the stride 4 * e1 * e2 of a dense tensor.

#ifndef EINC_COMPILER_SCHEDULE_OPENSIZES_H
#define EINC_COMPILER_SCHEDULE_OPENSIZES_H

#include "einc-c/Artifact.h"

#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace einc {

/// A number of a step: what it is, or (id != 0) an example of what it may be,
/// which schedules are chosen by, and the polynomial that it will be.
struct Size {
  int64_t value = 0;
  uint32_t id = 0;
};

/// Postfix tokens; one of an artifact's expressions. Never empty.
using Formula = std::vector<EincToken>;

/// Whether a formula is this literal.
bool isLiteral(const Formula &formula, int64_t value);

/// Computed at once where both are literals.
Formula formula(int64_t value);
Formula combine(EincOpcode opcode, Formula a, const Formula &b);
inline Formula operator*(Formula a, const Formula &b) {
  return combine(EINC_OP_MUL, std::move(a), b);
}
inline Formula operator+(Formula a, const Formula &b) {
  return combine(EINC_OP_ADD, std::move(a), b);
}
/// Of divisors above 0.
inline Formula ceilDiv(Formula a, const Formula &b) {
  return combine(EINC_OP_CEILDIV, std::move(a), b);
}
inline Formula floorDiv(Formula a, const Formula &b) {
  return combine(EINC_OP_FLOORDIV, std::move(a), b);
}
inline Formula least(Formula a, const Formula &b) {
  return combine(EINC_OP_MIN, std::move(a), b);
}
inline Formula greatest(Formula a, const Formula &b) {
  return combine(EINC_OP_MAX, std::move(a), b);
}

/// Value of a formula without counters where open number n is examples[n]; 0 if
/// it overflows.
int64_t exampleOf(std::span<const EincToken> tokens,
                  const std::vector<int64_t> &examples);

/// The polynomials of a step list. Equal polynomials have equal ids, so that
/// what holds of ids holds for all open numbers.
class OpenSizes {
public:
  /// The next open number.
  Size addNumber(int64_t example);
  Size multiply(Size a, Size b);
  Size add(Size a, Size b);
  Formula formulaOf(Size size) const;

  const std::vector<int64_t> &examples() const { return numbers; }
  /// Whether a coefficient or an example passed 2^63 somewhere.
  bool overflowed() const { return hasOverflow; }

private:
  /// The numbers of a product, sorted, -> its coefficient, which is not 0.
  using Polynomial = std::map<std::vector<uint32_t>, int64_t>;

  Polynomial polynomialOf(Size size) const;
  Size intern(const Polynomial &polynomial, int64_t example);

  std::vector<Polynomial> polynomials; ///< of id - 1
  std::map<Polynomial, uint32_t> ids;
  std::vector<int64_t> numbers;
  bool hasOverflow = false;
};

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_OPENSIZES_H
