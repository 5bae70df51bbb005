// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Steps of the families of sums over buffers of any element types, with
/// layouts that lead to every form, and what their kernels must store.

#ifndef EINC_TESTS_UNIT_KERNELS_SUMPROBLEM_H
#define EINC_TESTS_UNIT_KERNELS_SUMPROBLEM_H

#include "compiler/Schedule/ChooseSchedule.h"
#include "tests/unit/Kernels/JitKernel.h"

#include <complex>
#include <map>
#include <random>

namespace einc::test {

/// A whole number of any element type; bool counts as 0 or 1.
using Whole = std::complex<double>;

Whole readElement(ElementType type, const void *from);
/// Rounds and wraps as a kernel must that has `value` exactly.
void writeElement(ElementType type, void *to, Whole value);

/// Loops in the order of memory that most layouts take, the first innermost.
struct SumLoop {
  int64_t extent;
  bool in[3]; ///< output, operand 0, operand 1
};

/// How a random layout is drawn.
struct SumLayout {
  /// Operands in order: the first loop has unit stride in those that have it,
  /// or operand 1 does not move along it.
  bool ordered = false;
  /// Else: loops of operands may have a stride of 0.
  bool zeroStrides = true;
};

class SumProblem {
public:
  SumProblem(std::vector<SumLoop> loops, StepTypes types, unsigned numOperands,
             SumLayout layout, std::mt19937_64 &random);

  StepProblem problem(const Machine &machine) const {
    return {labels, numOperands, types, machine, names};
  }
  /// What the output's whole buffer must be, padding included.
  std::vector<unsigned char> expected(Whole alpha, Whole beta) const;
  /// Runs the kernel over [0, grains), cut at random places or not at all.
  /// False if it leaves its scratch.
  bool run(const JitKernel &kernel, const KernelChoice &choice, Whole alpha,
           Whole beta, std::mt19937_64 *cuts);

  /// All elements of the output, those between its loops too.
  void fillOutput(double value);
  /// The operands' elements become numbers whose sums are rounded.
  void fillWithFractions(std::mt19937_64 &random);

  std::vector<unsigned char> output() const { return buffers[0]; }
  void setOutput(std::vector<unsigned char> bytes) {
    buffers[0] = std::move(bytes);
  }
  std::string text() const;

private:
  Whole element(unsigned tensor, int64_t place) const;

  StepTypes types;
  unsigned numOperands;
  std::vector<StepLabel> labels;
  std::vector<std::string> names;
  std::vector<unsigned char> buffers[3];
  int64_t origins[3] = {0, 0, 0}; ///< in bytes
};

/// Kernels by schedule and target: many problems share one.
class KernelCollection {
public:
  Result<const JitKernel *> get(const Schedule &schedule, const Target &target);

private:
  std::map<std::string, std::unique_ptr<JitKernel>> kernels;
};

/// Draws problems of the family until all of its forms have been met on every
/// target, in all types and some mixes, and compares with the formula.
void checkSumFamily(Family family, uint64_t seed);

/// Sums that round: every range of grains gives the same bits.
void checkSumRanges(Family family, uint64_t seed);

} // namespace einc::test

#endif // EINC_TESTS_UNIT_KERNELS_SUMPROBLEM_H
