// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Equations of steps that parse as they are meant.

#ifndef EINC_COMPILER_PASSES_STEPTEXT_H
#define EINC_COMPILER_PASSES_STEPTEXT_H

#include "compiler/Planner/ContractionTree.h"

#include <string>

namespace einc::ir {

/// Letter number `index` of an unlimited row: a to z, A to Z, then code points
/// from U+00C0 on, in UTF-8.
std::string labelLetter(uint32_t index);

/// Step `index` as `einc plan` spells it; with other letters where that would
/// be parsed differently, since a step may lose the term that shows its labels
/// to be words ("dim,dim->dim").
std::string stepText(const Network &network, const PairwiseStep &step,
                     size_t index);

/// The equation of a network of one operand, without parentheses.
std::string unaryText(const Network &network);

} // namespace einc::ir

#endif // EINC_COMPILER_PASSES_STEPTEXT_H
