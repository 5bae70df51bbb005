// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/Kernels/StepCheck.h"

#include <limits>

namespace einc::test {

std::vector<Machine> hostMachines() {
  std::vector<Machine> machines;
  for (Target::ISA isa :
       {Target::ISA::X86_64, Target::ISA::X86_64_V3, Target::ISA::X86_64_V4})
    if (hostSupports({isa})) {
      machines.push_back(hostMachine());
      machines.back().target = {isa};
    }
  return machines;
}

::testing::AssertionResult checkStep(SumProblem &problem, KernelChoice choice,
                                     ElementType output, const Machine &machine,
                                     KernelCollection &kernels, bool plain,
                                     std::mt19937_64 &random) {
  const std::string what = choice.schedule.text() + " on " +
                           machine.target.text() + ", " + problem.text();
  auto kernel = kernels.get(choice.schedule, machine.target);
  if (!kernel)
    return ::testing::AssertionFailure() << kernel.error().render() << what;

  const bool isBool = output == ElementType::Bool;
  const bool imaginary = isComplex(output) && random() % 2;
  const double numbers[] = {1, -2, 3, 0};
  Whole alpha(isBool ? random() % 4 > 0 : numbers[random() % 3],
              imaginary ? 2 : 0);
  Whole beta(isBool ? random() % 2 : numbers[random() % 4], 0);
  if (imaginary && random() % 2)
    beta.imag(-1);
  if (plain)
    alpha = 1, beta = 0;
  Whole counts = beta;
  if (!plain && random() % 6 == 0)
    choice.params[AccumulateParam] = 1, counts = 1;
  if (isFloating(output) && counts == 0.)
    problem.fillOutput(std::numeric_limits<double>::quiet_NaN());
  const auto expected = problem.expected(alpha, counts);
  if (!problem.run(**kernel, choice, alpha, beta, &random))
    return ::testing::AssertionFailure() << "scratch overrun by " << what;
  const auto result = problem.output();
  const size_t unit = elementBytes(output);
  for (size_t at = 0; at + unit <= result.size(); at += unit) {
    Whole is = readElement(output, &result[at]);
    Whole should = readElement(output, &expected[at]);
    bool bothNaN = is != is && should != should;
    if (is != should && !bothNaN)
      return ::testing::AssertionFailure()
             << "element " << at / unit << " is " << is << ", expected "
             << should << ", alpha " << alpha << " beta " << counts << "\n"
             << what;
  }
  return ::testing::AssertionSuccess();
}

} // namespace einc::test
