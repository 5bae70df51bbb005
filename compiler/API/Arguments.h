// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Checks of the tensors that a caller passes: types, memory, overlaps. None
/// allocates unless it fails.

#ifndef EINC_COMPILER_API_ARGUMENTS_H
#define EINC_COMPILER_API_ARGUMENTS_H

#include "einc/TensorView.h"

#include <span>
#include <string>
#include <vector>

namespace einc {

/// Whether code for `expected` is right for `given`: strides matter only along
/// axes with more than one element, and not at all where there are none.
bool isCompatible(const TensorType &expected, const TensorType &given);

/// Throws InvalidArgument, saying how `given` differs, unless isCompatible.
/// `index`: the operand's number; none: the output.
void requireCompatible(const TensorType &expected, const TensorType &given,
                       const size_t *index);

/// Throws InvalidArgument for an extent so far below 0 that the compiler would
/// take it for one that is given later (Support/OpenAxis.h).
void requireNoOpenExtents(std::span<const std::vector<int64_t>> shapes);

/// Throws InvalidArgument if an operand or the output has no memory or lies at
/// an address that its element type does not allow, or if the addresses of the
/// output and of an operand overlap.
void requireSoundMemory(const MutableTensorView &out,
                        std::span<const TensorView> operands);

/// Whether two elements of the tensor share memory. Exact up to 2^20 elements;
/// beyond that a few layouts that interleave their axes count as sharing.
bool sharesElements(const TensorType &type);

} // namespace einc

#endif // EINC_COMPILER_API_ARGUMENTS_H
