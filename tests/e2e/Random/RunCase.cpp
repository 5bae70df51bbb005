// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Random/RunCase.h"
#include "tests/e2e/Elements/DriverCall.h"
#include "tests/e2e/Random/CheckCase.h"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <set>
#include <unistd.h>
#include <xmmintrin.h>

using namespace einc;
using namespace einc::tests;

namespace {

/// The case that is running, for the signal handler.
char runningCase[4096];

extern "C" void printRunningCase(int signal) {
  const char head[] = "\nstopped by a signal in ";
  (void)!write(STDERR_FILENO, head, sizeof head - 1);
  (void)!write(STDERR_FILENO, runningCase, strlen(runningCase));
  (void)!write(STDERR_FILENO, "\n", 1);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void announce(const std::string &description) {
  static const bool installed = [] {
    for (int signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT})
      std::signal(signal, printRunningCase);
    return true;
  }();
  (void)installed;
  size_t count = std::min(description.size(), sizeof runningCase - 1);
  std::memcpy(runningCase, description.data(), count);
  runningCase[count] = 0;
}

/// The part of MXCSR that a caller sets: rounding, masks, flushing to zero.
unsigned floatingPointMode() { return _mm_getcsr() & 0xFFC0; }

TensorLayout toLayout(const CaseTensor &tensor) {
  return {tensor.type, tensor.shape, tensor.strides, tensor.conjugate};
}

/// Keeps the code of every case, so that none is compiled twice.
void keepKernels(const CompiledExpression &compiled) {
  static std::set<std::shared_ptr<const Kernel>> kernels;
  kernels.insert(compiled.kernels.begin(), compiled.kernels.end());
}

/// What the call left, with each number of threads.
std::string callWithThreads(const Case &test,
                            const CompiledExpression &compiled,
                            CaseMemory &memory) {
  std::vector<unsigned> threads = {1, 2, 3, 7};
  if (!isParallel(test)) // one of the others runs as one thread does
    threads = {1, threads[1 + test.seed % 3]};
  std::vector<char> first;
  for (unsigned number : threads) {
    memory.resetOutput();
    unsigned mode = floatingPointMode();
    Result<Success> done =
        runCall(compiled, memory.arguments(), number, test.alpha, test.beta);
    if (!done)
      return done.error().render();
    if (floatingPointMode() != mode)
      return "the floating-point mode was changed";
    std::string wrong = memory.checkGaps();
    if (!wrong.empty())
      return wrong + " with " + std::to_string(number) + " threads";
    if (number == 1)
      first = memory.outputBytes();
    else if (memory.outputBytes() != first)
      return std::to_string(number) + " threads give other bits than one";
  }
  return "";
}

std::string run(const Case &test, Coverage &coverage) {
  std::vector<TensorLayout> operands;
  for (const CaseTensor &operand : test.operands)
    operands.push_back(toLayout(operand));
  Result<CompiledPtr> compiled = compileCall(
      test.equation.text, std::move(operands), toLayout(test.output), test.cpu);
  if (!compiled)
    return compiled.error().render();
  const PlannedExpression &planned = (*compiled)->planned;
  if (planned.equation.outputShape != test.equation.outputShape)
    return "the output has shape " + formatShape(planned.equation.outputShape) +
           " instead of " + formatShape(test.equation.outputShape);
  keepKernels(**compiled);
  CaseMemory memory(test);
  std::string wrong = callWithThreads(test, **compiled, memory);
  if (!wrong.empty())
    return wrong;
  Result<ReferenceResult> reference =
      referenceOfCall(**compiled, memory.arguments());
  if (!reference)
    return reference.error().message;
  CaseCheck check = checkCase(test, memory, *reference);

  coverage.addCase(test);
  coverage.addKernels(test, planned.steps);
  coverage.add("exact", check.exact);
  coverage.add("not judged", check.numUnjudged > 0);
  coverage.add("distinct", memory.distinct());
  for (uint32_t i = 0; i < planned.timings.kernels.compiled; ++i)
    coverage.add("compiled kernels");
  return check.wrong;
}

} // namespace

std::string einc::tests::runCase(const Case &test, Coverage &coverage) {
  std::string description = test.describe();
  announce(description);
  std::string wrong = run(test, coverage);
  announce("no case");
  return wrong.empty() ? "" : wrong + "\n  " + description;
}
