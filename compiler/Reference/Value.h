// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What the loops of the reference read: dense copies of operands.

#ifndef EINC_COMPILER_REFERENCE_VALUE_H
#define EINC_COMPILER_REFERENCE_VALUE_H

#include "compiler/Reference/Numbers.h"
#include "compiler/Reference/Reference.h"

namespace einc::reference {

/// An operand or an intermediate, with its own distinct labels: the offset of
/// an element is the sum over them of index * stride. Only the output may have
/// a label more than once.
template <typename Number> struct Value {
  std::vector<LabelId> labels;
  std::vector<int64_t> strides;
  std::vector<Number> data;
};

/// The labels along which an operand's elements differ, and how far apart in
/// memory they lie: a repeated label has the sum of its strides; broadcast
/// labels and those of stride 0 are left out.
struct OperandLabels {
  std::vector<LabelId> labels;
  std::vector<int64_t> extents;
  std::vector<int64_t> strides;
};
OperandLabels findOperandLabels(std::span<const LabelId> axes,
                                const ReferenceTensor &tensor);

/// Copies what findOperandLabels finds, conjugated where the tensor is. The
/// tensor has no extent of 0, and elements that a Number can be.
template <typename Number>
Value<Number> loadOperand(std::span<const LabelId> axes,
                          const ReferenceTensor &tensor);

extern template Value<double> loadOperand(std::span<const LabelId>,
                                          const ReferenceTensor &);
extern template Value<long double> loadOperand(std::span<const LabelId>,
                                               const ReferenceTensor &);
extern template Value<Complex<double>> loadOperand(std::span<const LabelId>,
                                                   const ReferenceTensor &);
extern template Value<Complex<long double>>
loadOperand(std::span<const LabelId>, const ReferenceTensor &);
extern template Value<uint64_t> loadOperand(std::span<const LabelId>,
                                            const ReferenceTensor &);
extern template Value<Boolean> loadOperand(std::span<const LabelId>,
                                           const ReferenceTensor &);

std::vector<int64_t> rowMajorStrides(std::span<const int64_t> shape);

/// The product of extents in a double: never overflows.
double product(std::span<const int64_t> extents);

} // namespace einc::reference

#endif // EINC_COMPILER_REFERENCE_VALUE_H
