// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Random/RunCase.h"
#include "einc/Einsum.h"
#include "tests/e2e/Elements/DriverCall.h"
#include "tests/e2e/Random/CheckCase.h"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <functional>
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

/// Runs a case once; what went wrong, if anything did.
using Call = std::function<std::string(unsigned threads)>;

Call driverCall(const Case &test, const CompiledExpression &compiled,
                const CaseMemory &memory) {
  return [&](unsigned threads) {
    Result<Success> done =
        runCall(compiled, memory.arguments(), threads, test.alpha, test.beta);
    return done ? "" : done.error().render();
  };
}

Scalar toScalar(ElementType type, const Number &number) {
  if (isComplex(type))
    return std::complex<double>(number.re, number.im);
  return isFloating(type) ? Scalar(number.re) : Scalar(number.whole);
}

/// einsumInto plans and compiles once and finds the expression again.
Call apiCall(const Case &test, const CaseMemory &memory) {
  std::vector<TensorView> operands;
  for (size_t i = 0; i < test.operands.size(); ++i) {
    const CaseTensor &operand = test.operands[i];
    TensorView view(memory.arguments()[i],
                    {operand.type, operand.shape, operand.strides});
    operands.push_back(operand.conjugate ? view.conjugated() : view);
  }
  MutableTensorView output(
      memory.output(), {test.type(), test.output.shape, test.output.strides});
  Options options;
  options.cpu = test.cpu;
  if (test.hasWiderSums())
    options.accumulate = test.type();
  return [=, &test](unsigned threads) -> std::string {
    RunOptions run{toScalar(test.type(), test.alpha),
                   toScalar(test.type(), test.beta), threads};
    try {
      einsumInto(output, test.equation.text, operands, run, options);
    } catch (const Error &error) {
      return error.what();
    }
    return "";
  };
}

/// Calls with several numbers of threads; what is wrong with what they left.
std::string callWithThreads(const Case &test, const Call &call,
                            CaseMemory &memory) {
  std::vector<unsigned> threads = {1, 2, 3, 7};
  if (!isParallel(test)) // one of the others runs as one thread does
    threads = {1, threads[1 + test.seed % 3]};
  std::vector<char> first;
  for (unsigned number : threads) {
    memory.resetOutput();
    unsigned mode = floatingPointMode();
    std::string wrong = call(number);
    if (!wrong.empty())
      return wrong;
    if (floatingPointMode() != mode)
      return "the floating-point mode was changed";
    wrong = memory.checkGaps();
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
  Call call = test.throughAPI ? apiCall(test, memory)
                              : driverCall(test, **compiled, memory);
  std::string wrong = callWithThreads(test, call, memory);
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
