// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Random/RunCase.h"
#include "compiler/API/ExpressionState.h"
#include "compiler/Reference/Reference.h"
#include "einc/Einsum.h"
#include "tests/e2e/Random/CaseMemory.h"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <sstream>
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

class Runner {
public:
  Runner(const Case &test, Coverage &coverage)
      : test(test), coverage(coverage), memory(test) {}
  std::string run();

private:
  void compile();
  std::string callWithThreads();
  std::string checkValues();
  std::string checkExact(const ReferenceResult &reference);
  std::string checkBound(const ReferenceResult &reference);
  void count(const std::string &property, bool holds) {
    coverage[property] += holds;
  }
  void countProperties();

  const Case &test;
  Coverage &coverage;
  CaseMemory memory;
  Options options;
  ExpressionAccess::StatePtr state;
};

void Runner::compile() {
  options.cpu = test.cpu;
  std::vector<TensorType> types;
  for (const TensorView &operand : memory.operands())
    types.push_back(operand.type());
  state = compileEquation(parseEquation(test.equation.text), types,
                          &memory.output().type(), options);
}

std::string Runner::callWithThreads() {
  std::vector<char> first;
  Expression expression = ExpressionAccess::make(state);
  for (unsigned threads : {1u, 2u, 3u}) {
    memory.resetOutput();
    RunOptions run{test.alpha, test.beta, threads};
    unsigned mode = floatingPointMode();
    if (test.throughCache)
      einsumInto(memory.output(), test.equation.text, memory.operands(), run,
                 options);
    else
      expression.run(memory.output(), memory.operands(), run);
    if (floatingPointMode() != mode)
      return "the floating-point mode was changed";
    std::string wrong = memory.checkGaps();
    if (!wrong.empty())
      return wrong + " with " + std::to_string(threads) + " threads";
    if (threads == 1)
      first = memory.outputBytes();
    else if (memory.outputBytes() != first)
      return std::to_string(threads) + " threads give other bits than one";
  }
  return "";
}

ReferenceTensor toReference(const TensorView &view) {
  return {view.data(),
          view.element(),
          {view.shape().begin(), view.shape().end()},
          {view.strides().begin(), view.strides().end()}};
}

std::string Runner::checkValues() {
  const PlannedExpression &planned = state->compiled->planned;
  if (planned.equation.outputShape != test.equation.outputShape)
    return "the output has shape " + formatShape(planned.equation.outputShape) +
           " instead of " + formatShape(test.equation.outputShape);
  std::vector<ReferenceTensor> tensors;
  for (const TensorView &operand : memory.operands())
    tensors.push_back(toReference(operand));
  Result<ReferenceResult> reference =
      evaluateReference(planned.equation, tensors, &planned.tree);
  if (!reference)
    return reference.error().message;
  return test.exact ? checkExact(*reference) : checkBound(*reference);
}

std::string Runner::checkExact(const ReferenceResult &reference) {
  std::vector<double> previous = memory.previous();
  IndexList index = IndexList::zeros(test.output.shape.size());
  double limit = test.element == ElementType::F32 ? 0x1p24 : 0x1p53;
  for (size_t i = 0; i < reference.values.size(); ++i) {
    double expected = test.alpha * reference.values[i];
    double magnitude = std::abs(test.alpha) * reference.magnitudes[i];
    if (test.beta != 0) {
      expected += test.beta * previous[i];
      magnitude += std::abs(test.beta * previous[i]);
    }
    if (magnitude >= limit)
      return "the case is not exact: a defect of the test";
    double actual = memory.output().read(index);
    if (!(actual == expected)) {
      std::ostringstream message;
      message << "element " << formatShape(index.toVector()) << " is " << actual
              << " instead of " << expected;
      return message.str();
    }
    for (size_t axis = index.size(); axis-- > 0;) {
      if (++index[axis] < test.output.shape[axis])
        break;
      index[axis] = 0;
    }
  }
  return "";
}

std::string Runner::checkBound(const ReferenceResult &reference) {
  std::vector<double> previous = memory.previous();
  std::vector<float> previousF32(previous.begin(), previous.end());
  std::vector<int64_t> strides(test.output.shape.size(), 1);
  for (size_t axis = strides.size(); axis-- > 1;)
    strides[axis - 1] = strides[axis] * test.output.shape[axis];
  bool isF32 = test.element == ElementType::F32;
  ReferenceScaling scaling{test.alpha, test.beta, {}};
  scaling.previous = {isF32 ? static_cast<const void *>(previousF32.data())
                            : previous.data(),
                      test.element, test.output.shape, strides};
  Result<Comparison> comparison =
      compareWithReference(reference, toReference(memory.output()), scaling);
  if (!comparison)
    return comparison.error().message;
  if (comparison->ok && !comparison->alarm)
    return "";
  std::ostringstream message;
  message << "the largest error is " << comparison->maxError << ", allowed "
          << comparison->bound << ", ratio " << comparison->worstRatio
          << (comparison->ok ? ", an alarm" : ", first at row-major place ");
  if (!comparison->ok)
    message << comparison->firstBadIndex;
  return message.str();
}

void Runner::countProperties() {
  ++coverage["cases"];
  ++coverage[elementName(test.element)];
  ++coverage[test.cpu];
  bool gemm = false;
  bool general = false;
  for (const auto &kernel : state->compiled->kernels)
    (kernel->family == Family::Gemm ? gemm : general) = true;
  count("gemm", gemm);
  count("general", general);
  count("parallel",
        test.equation.iterations > 4e5); // two threads' worth, and more
  count(std::to_string(test.operands.size()) + " operands", true);

  bool strided = !test.output.isRowMajor();
  bool negative = false;
  bool zeroStride = false;
  bool zeroExtent = false;
  bool one = false;
  auto look = [&](const CaseTensor &tensor) {
    for (size_t axis = 0; axis < tensor.shape.size(); ++axis) {
      zeroExtent |= tensor.shape[axis] == 0;
      one |= tensor.shape[axis] == 1;
      negative |= tensor.shape[axis] > 1 && tensor.strides[axis] < 0;
      zeroStride |= tensor.shape[axis] > 1 && tensor.strides[axis] == 0;
    }
  };
  bool unaligned = reinterpret_cast<uintptr_t>(memory.output().data()) % 16;
  look(test.output);
  count("strided output", strided);
  for (const CaseTensor &operand : test.operands) {
    look(operand);
    strided |= !operand.isRowMajor();
  }
  for (const TensorView &view : memory.operands())
    unaligned |= reinterpret_cast<uintptr_t>(view.data()) % 16 != 0;
  count("strided", strided);
  count("negative stride", negative);
  count("zero stride", zeroStride);
  count("unaligned", unaligned);
  count("zero extent", zeroExtent);
  count("extent one", one);
  count("repeated label", test.equation.repeatsInput);
  count("repeated output label", test.equation.repeatsOutput);
  count("broadcast", test.equation.broadcasts);
  count("ellipsis", test.equation.ellipsis);
  count("parentheses", test.equation.parentheses);
  count("alpha", test.alpha != 1);
  count("beta", test.beta != 0);
  count("exact", test.exact);
  count("infinities", test.special);
  count("distinct", memory.distinct());
}

std::string Runner::run() {
  try {
    compile();
    std::string wrong = callWithThreads();
    if (wrong.empty())
      wrong = checkValues();
    countProperties();
    return wrong;
  } catch (const Error &error) {
    return error.what();
  }
}

} // namespace

std::string einc::tests::runCase(const Case &test, Coverage &coverage) {
  std::string description = test.describe();
  announce(description);
  std::string wrong = Runner(test, coverage).run();
  announce("no case");
  return wrong.empty() ? "" : wrong + "\n  " + description;
}

std::string einc::tests::printCoverage(const Coverage &coverage) {
  std::ostringstream text;
  for (const auto &[property, count] : coverage)
    text << (text.tellp() > 0 ? ", " : "") << property << " " << count;
  return text.str();
}
