// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// `einc run`: plan, compile, run, and whatever was asked for on top.

#include "compiler/Driver/Compiler.h"
#include "tools/einc/Commands.h"
#include "tools/einc/Emit.h"
#include "tools/einc/Preparation.h"
#include "tools/einc/Report.h"
#include "tools/einc/RunReport.h"
#include "tools/einc/TensorText.h"
#include "tools/einc/Verify.h"

#include <algorithm>
#include <chrono>

namespace einc {

using Clock = std::chrono::steady_clock;

static double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

static Result<Success> writeText(const std::string &path,
                                 const std::string &text) {
  std::FILE *file = std::fopen(path.c_str(), "wbe");
  bool written =
      file && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  if (file)
    written = std::fclose(file) == 0 && written;
  if (written)
    return Success{};
  return Diagnostic{.kind = ErrorKind::IO,
                    .message = "cannot write '" + path + "'"};
}

static Result<Success> deliverText(const CommandLine &line, std::string text) {
  if (!text.ends_with('\n'))
    text += '\n';
  if (line.output)
    return writeText(*line.output, text);
  printResult(text);
  return Success{};
}

namespace {

/// Tensors and code of one run.
struct Execution {
  Tensors tensors;
  std::shared_ptr<const CompiledExpression> compiled;
  RunReport report;
  /// Why there is no comparison although one was asked for.
  std::optional<Diagnostic> notVerified;

  Result<Success> call(unsigned threads) {
    return compiled->run(tensors.arguments().data(), {.threads = threads});
  }
};

} // namespace

static Result<Success> timeWarmCalls(Execution &execution,
                                     const CommandLine &line) {
  std::vector<double> &seconds = execution.report.warmSeconds;
  for (unsigned i = 0; i < line.repeat; ++i) {
    Clock::time_point start = Clock::now();
    if (Result<Success> called = execution.call(line.threads); !called)
      return called;
    seconds.push_back(secondsSince(start));
  }
  std::sort(seconds.begin(), seconds.end());
  return Success{};
}

/// Everything from planned steps to a result and its times. The first call is
/// counted from planning on, but without reading or making operands, which
/// happens in between because the plan says whether they fit in memory.
static Result<Execution> execute(Preparation prepared,
                                 const CommandLine &line) {
  Execution execution;
  Result<Tensors> tensors = prepared.loadTensors();
  if (!tensors)
    return std::move(tensors).error();
  execution.tensors = *std::move(tensors);

  Clock::time_point start = Clock::now();
  auto compiled =
      compileExpression(std::move(prepared.planned), prepared.options);
  if (!compiled)
    return std::move(compiled).error();
  execution.compiled = *std::move(compiled);
  const KernelTimings &kernels = execution.compiled->timings().kernels;
  if (!kernels.diskProblem.empty())
    reportWarning("kernels are not kept: " + kernels.diskProblem);
  if (Result<Success> called = execution.call(line.threads); !called)
    return std::move(called).error();
  const PlannedExpression &plan = execution.compiled->planned;
  execution.report.firstCallSeconds = prepared.planSeconds +
                                      secondsSince(start) -
                                      plan.timings.kernels.loadCompiler;
  execution.report.flops = treeCost(plan.network, plan.tree).flops;

  if (Result<Success> timed = timeWarmCalls(execution, line); !timed)
    return std::move(timed).error();
  if (line.verify) {
    execution.report.randomOperands = line.randomSeed.has_value();
    Result<Comparison> comparison =
        verify(plan.equation, plan.tree, execution.tensors.operands,
               execution.tensors.output);
    if (comparison)
      execution.report.comparison = *comparison;
    else
      execution.notVerified = std::move(comparison).error();
  }
  return execution;
}

static Result<int> deliver(const Execution &execution,
                           const CommandLine &line) {
  if (line.output) {
    if (auto written = writeNpy(*line.output, execution.tensors.output);
        !written)
      return std::move(written).error();
  } else if (!line.json) {
    printResult(tensorText(execution.tensors.output));
  }
  // The result is delivered, whatever became of its verification; JSON is one
  // object, the mistake.
  const RunReport &report = execution.report;
  if (execution.notVerified && line.json)
    return *execution.notVerified;
  printResult(line.json ? reportJSON(report, *execution.compiled)
                        : reportText(report, *execution.compiled));
  if (execution.notVerified)
    return *execution.notVerified;
  return report.mismatch() ? ExitMismatch : ExitOk;
}

static Result<int> runOrEmit(const CommandLine &line) {
  Result<Problem> problem = readProblem(line);
  if (!problem)
    return std::move(problem).error();
  if (line.emit == Stage::Equation) {
    if (auto sent = deliverText(line, emitEquation(*problem)); !sent)
      return std::move(sent).error();
    return ExitOk;
  }
  Result<Preparation> prepared = Preparation::make(line, *std::move(problem));
  if (!prepared)
    return std::move(prepared).error();
  if (line.emit) {
    Result<std::string> text =
        emitStage(*line.emit, prepared->planned, prepared->options);
    if (!text)
      return std::move(text).error();
    if (auto sent = deliverText(line, *std::move(text)); !sent)
      return std::move(sent).error();
    return ExitOk;
  }
  Result<Execution> execution = execute(*std::move(prepared), line);
  if (!execution)
    return std::move(execution).error();
  return deliver(*execution, line);
}

int run(const CommandLine &line) {
  Result<int> status = runOrEmit(line);
  return status ? *status : reportError(status.error(), line.json);
}

} // namespace einc
