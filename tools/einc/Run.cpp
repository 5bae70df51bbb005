// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// `einc run`: plan, compile, run, and whatever was asked for on top.

#include "compiler/Driver/Compiler.h"
#include "einc/TensorView.h"
#include "tools/einc/Commands.h"
#include "tools/einc/Emit.h"
#include "tools/einc/Operands.h"
#include "tools/einc/Report.h"
#include "tools/einc/RunReport.h"
#include "tools/einc/Verify.h"

#include <algorithm>
#include <chrono>
#include <sstream>

namespace einc {

using Clock = std::chrono::steady_clock;

static double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

static Result<CompileOptions> compileOptions(const CommandLine &line) {
  Result<Machine> machine = machineForCPU(line.cpu);
  if (!machine)
    return std::move(machine).error();
  CompileOptions options;
  options.search = searchOptions(line);
  options.machine = *machine;
  options.maxMemoryBytes = line.maxMemory;
  if (!line.noCache && !line.emit) {
    Result<DiskCacheOptions> disk = diskCacheOptions();
    if (disk)
      options.diskCache = *std::move(disk);
    else
      reportWarning("kernels are not kept: " + disk.error().message);
  }
  return options;
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

/// The result as numpy prints it.
static std::string tensorText(const TensorData &tensor) {
  std::ostringstream stream;
  stream << TensorView(
      tensor.elements.get(),
      TensorType(tensor.layout.type, IndexList(tensor.layout.extents)));
  return std::move(stream).str() + "\n";
}

namespace {

/// Operands, output and code of one run.
struct Execution {
  std::vector<TensorData> operands;
  TensorData output;
  std::shared_ptr<const CompiledExpression> compiled;
  RunReport report;
  /// Why there is no comparison although one was asked for.
  std::optional<Diagnostic> notVerified;

  Result<Success> call(unsigned threads) {
    std::vector<void *> arguments;
    for (const TensorData &operand : operands)
      arguments.push_back(operand.elements.get());
    arguments.push_back(output.elements.get());
    return compiled->run(arguments.data(), {.threads = threads});
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
static Result<Execution> execute(PlannedExpression planned, double planSeconds,
                                 Operands operands,
                                 const CompileOptions &options,
                                 const CommandLine &line) {
  Execution execution;
  Result<std::vector<TensorData>> loaded = std::move(operands).load();
  if (!loaded)
    return std::move(loaded).error();
  execution.operands = *std::move(loaded);
  Result<TensorData> output = TensorData::allocate(planned.output);
  if (!output)
    return std::move(output).error();
  execution.output = *std::move(output);

  Clock::time_point start = Clock::now();
  auto compiled = compileExpression(std::move(planned), options);
  if (!compiled)
    return std::move(compiled).error();
  execution.compiled = *std::move(compiled);
  const KernelTimings &kernels = execution.compiled->timings().kernels;
  if (!kernels.diskProblem.empty())
    reportWarning("kernels are not kept: " + kernels.diskProblem);
  if (Result<Success> called = execution.call(line.threads); !called)
    return std::move(called).error();
  const PlannedExpression &plan = execution.compiled->planned;
  execution.report.firstCallSeconds =
      planSeconds + secondsSince(start) - plan.timings.kernels.loadCompiler;
  execution.report.flops = treeCost(plan.network, plan.tree).flops;

  if (Result<Success> timed = timeWarmCalls(execution, line); !timed)
    return std::move(timed).error();
  if (line.verify) {
    execution.report.randomOperands = line.randomSeed.has_value();
    Result<Comparison> comparison =
        verify(plan.equation, plan.tree, execution.operands, execution.output);
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
    if (auto written = writeNpy(*line.output, execution.output); !written)
      return std::move(written).error();
  } else if (!line.json) {
    printResult(tensorText(execution.output));
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
  Result<CompileOptions> options = compileOptions(line);
  if (!options)
    return std::move(options).error();
  Result<Operands> operands = Operands::open(line, *problem);
  if (!operands)
    return std::move(operands).error();

  Clock::time_point start = Clock::now();
  TensorLayout output = TensorLayout::rowMajor(operands->resultType(),
                                               problem->shaped->outputShape);
  Result<PlannedExpression> planned =
      planExpression(*std::move(problem->shaped), operands->layouts(),
                     std::move(output), *options);
  if (!planned)
    return std::move(planned).error();
  double planSeconds = secondsSince(start);
  if (line.emit) {
    Result<std::string> text = emitStage(*line.emit, *planned, *options);
    if (!text)
      return std::move(text).error();
    if (auto sent = deliverText(line, *std::move(text)); !sent)
      return std::move(sent).error();
    return ExitOk;
  }
  Result<Execution> execution = execute(*std::move(planned), planSeconds,
                                        *std::move(operands), *options, line);
  if (!execution)
    return std::move(execution).error();
  return deliver(*execution, line);
}

int run(const CommandLine &line) {
  Result<int> status = runOrEmit(line);
  return status ? *status : reportError(status.error(), line.json);
}

} // namespace einc
