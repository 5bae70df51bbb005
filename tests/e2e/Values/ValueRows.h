// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Rows of values.jsonl: an equation, operands made by a rule, and the exact
/// result. One JSON object a line:
///
///     {"id":"gemm-2","equation":"mk,kn->mn","dtype":"f32",
///      "operands":[{"shape":[7,5],"fill":[3,4,31,15]},
///                  {"shape":[5,9],"fill":[7,2,47,23],"strides":[1,-5],
///                   "offset":40,"base":45}],
///      "shape":[7,9],"expected":[...]}
///
/// An operand is a buffer of `base` elements; its element (i0, i1, ...) is
/// element offset + i0 * strides[0] + ... of it (dense, row-major without
/// "strides"). fill = [mul, add, mod, sub]: number j is (j * mul + add) % mod -
/// sub. Element j of the buffer is number j; of a complex type numbers 2j and
/// 2j + 1; of bool whether number j is negative. Results are whole numbers,
/// [re, im], 0 and 1, "inf" and "-inf". "checksum" stands for long results: the
/// sum of (i % 97 + 1) * value[i], i being the row-major place, modulo 2^64;
/// for complex types one of each part. "accumulate":"i32": sums, and the
/// result, have that type.

#ifndef EINC_TESTS_E2E_VALUES_VALUEROWS_H
#define EINC_TESTS_E2E_VALUES_VALUEROWS_H

#include "tests/e2e/Elements/Element.h"
#include "tests/e2e/Elements/GuardedBuffer.h"

#include <array>
#include <optional>

namespace einc::tests {

struct ValueOperand {
  std::vector<int64_t> shape;
  std::vector<int64_t> strides;
  int64_t offset = 0;
  int64_t base = 0;
  std::array<int64_t, 4> fill = {};

  /// Element j of the buffer.
  Number element(ElementType type, int64_t j) const;
};

struct ValueRow {
  std::string id;
  std::string equation;
  ElementType type = ElementType::F32;
  /// The type that sums have by request.
  std::optional<ElementType> accumulate;
  std::vector<ValueOperand> operands;
  std::vector<int64_t> shape;
  std::vector<Number> expected;
  /// Instead of `expected`: of the numbers or real parts, of imaginary parts.
  std::optional<std::array<int64_t, 2>> checksums;

  ElementType resultType() const { return accumulate.value_or(type); }
  /// The id up to its last dash.
  std::string group() const { return id.substr(0, id.rfind('-')); }
  /// `stride-021: "ij,jk->ik" i8`
  std::string describe() const;
  /// What is wrong with `values`, the result in row-major order; empty if it
  /// is exactly the row's.
  std::string mismatch(const std::vector<Number> &values) const;
};

using ValueRowList = std::vector<ValueRow>;

/// All rows of a file; none if it cannot be read. A malformed row throws.
ValueRowList readValueRows(const std::string &path);

/// values.jsonl of this folder, and that of the conformance data; the latter
/// may be missing.
const ValueRowList &ownRows();
const ValueRowList &sharedRows();
constexpr const char *NoSharedRows = "no conformance data beside the sources";

/// The operands of a row: buffers that end where memory ends.
class ValueBuffers {
public:
  explicit ValueBuffers(const ValueRow &row);
  /// The element of index zero of each operand.
  const std::vector<void *> &addresses() const { return firstElements; }

private:
  std::vector<GuardedBuffer> buffers;
  std::vector<void *> firstElements;
};

} // namespace einc::tests

#endif // EINC_TESTS_E2E_VALUES_VALUEROWS_H
