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
/// "strides"). fill = [mul, add, mod, sub]: element j of the buffer is
/// (j * mul + add) % mod - sub. "checksum" stands for long results: the sum of
/// (i % 97 + 1) * value[i], i being the row-major place.

#ifndef EINC_TESTS_E2E_VALUES_VALUEROWS_H
#define EINC_TESTS_E2E_VALUES_VALUEROWS_H

#include "einc/Tensor.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace einc::tests {

struct ValueOperand {
  std::vector<int64_t> shape;
  std::vector<int64_t> strides;
  int64_t offset = 0;
  int64_t base = 0;
  std::array<int64_t, 4> fill = {};
};

struct ValueRow {
  std::string id;
  std::string equation;
  std::string dtype;
  std::vector<ValueOperand> operands;
  std::vector<int64_t> shape;
  std::vector<double> expected;
  std::optional<int64_t> checksum;

  /// The id up to its last dash.
  std::string group() const { return id.substr(0, id.rfind('-')); }
  /// Nothing for a type that einc has no kernels for.
  std::optional<ElementType> elementType() const;
  /// What is wrong with `values`, the result in row-major order; empty if it
  /// is exactly the row's.
  std::string mismatch(const std::vector<double> &values) const;
};

/// All rows of a file, of every type; none if it cannot be read. A malformed
/// row throws.
std::vector<ValueRow> readValueRows(const std::string &path);

/// The operands of a row, in buffers of its type.
class ValueBuffers {
public:
  ValueBuffers(const ValueRow &row, ElementType type);
  const std::vector<TensorView> &views() const { return operandViews; }

private:
  std::vector<std::vector<float>> floats;
  std::vector<std::vector<double>> doubles;
  std::vector<TensorView> operandViews;
};

} // namespace einc::tests

#endif // EINC_TESTS_E2E_VALUES_VALUEROWS_H
