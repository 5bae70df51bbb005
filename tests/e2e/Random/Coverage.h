// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What the cases of a random test had and ran.

#ifndef EINC_TESTS_E2E_RANDOM_COVERAGE_H
#define EINC_TESTS_E2E_RANDOM_COVERAGE_H

#include "compiler/Driver/Compiler.h"
#include "tests/e2e/Random/Case.h"

#include <map>

namespace einc::tests {

class Coverage {
public:
  /// How many cases had a property, by its name.
  unsigned operator[](const std::string &property) const;
  void add(const std::string &property, bool holds = true) {
    counts[property] += holds;
  }

  /// Counts what can be seen of a case: types, layouts, labels.
  void addCase(const Case &test);
  /// Counts the families of the kernels it runs, by type and whether threads
  /// share the work.
  void addKernels(const Case &test, const StepList &steps);

  /// The families of each type, then every other property, in a few lines.
  std::string print() const;

private:
  std::map<std::string, unsigned> counts;
  /// By family and type.
  std::map<std::string, std::map<ElementType, unsigned>> families;
};

/// Whether a case has work for several threads.
bool isParallel(const Case &test);

/// What the kernel is counted as: the name of its family.
/// "split sum" counts steps whose sum is cut.
inline constexpr const char *SplitSumName = "split sum";

} // namespace einc::tests

#endif // EINC_TESTS_E2E_RANDOM_COVERAGE_H
