// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// `einc bench`: first and warm calls of one equation beside the roofs of this
/// machine and, if asked for, an opponent.

#include "tools/bench/Measure.h"
#include "tools/bench/OpenBLAS.h"
#include "tools/einc/Commands.h"
#include "tools/einc/Preparation.h"
#include "tools/einc/Report.h"
#include "tools/einc/Units.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace einc {

using JSON = nlohmann::ordered_json;

namespace {

struct BenchReport {
  bench::Measurement measured;
  double firstCallSeconds = 0;
  CompileTimings timings;
  std::string equation;
  ElementType type = ElementType::F32;
};

Diagnostic doesNotApply(std::string why) {
  Diagnostic error{.kind = ErrorKind::InvalidArgument,
                   .message = "OpenBLAS cannot compute this: " + why};
  error.notes.push_back("it multiplies two operands of f32, f64, c64 or c128 "
                        "as matrices, one for each batch index");
  return error;
}

Result<std::function<void()>> findOpponent(const CommandLine &line,
                                           const PlannedExpression &planned,
                                           unsigned threads) {
  if (!line.against)
    return std::function<void()>();
  Result<bench::OpenBLAS> openblas = bench::OpenBLAS::load(threads);
  if (!openblas)
    return std::move(openblas).error();
  auto product = bench::asMatrixProduct(planned.equation);
  if (!product)
    return doesNotApply("it is no product of two matrices");
  auto call = openblas->product(*product, planned.output.type);
  if (!call)
    return doesNotApply(std::string("there is no routine for ") +
                        elementName(planned.output.type));
  return call;
}

Result<BenchReport> measureLine(const CommandLine &line) {
  Result<Preparation> prepared = Preparation::make(line);
  if (!prepared)
    return std::move(prepared).error();
  const unsigned threads = line.threads ? line.threads : 1;
  Result<std::function<void()>> opponent =
      findOpponent(line, prepared->planned, threads);
  if (!opponent)
    return std::move(opponent).error();
  Result<Tensors> tensors = prepared->loadTensors();
  if (!tensors)
    return std::move(tensors).error();

  double start = bench::now();
  auto compiled =
      compileExpression(std::move(prepared->planned), prepared->options);
  if (!compiled)
    return std::move(compiled).error();
  std::vector<void *> arguments = tensors->arguments();
  if (auto called = (*compiled)->run(arguments.data(), {.threads = threads});
      !called)
    return std::move(called).error();
  BenchReport report;
  report.timings = (*compiled)->timings();
  report.firstCallSeconds = prepared->planSeconds + bench::now() - start -
                            report.timings.kernels.loadCompiler;
  report.equation = prepared->equationText;
  report.type = (*compiled)->planned.output.type;
  Result<bench::Measurement> measured = bench::measure(
      **compiled, arguments.data(), threads, line.turns, *opponent);
  if (!measured)
    return std::move(measured).error();
  report.measured = *std::move(measured);
  return report;
}

std::string families(const BenchReport &report) {
  std::string text;
  for (const std::string &family : report.measured.families)
    text += (text.empty() ? "" : ", ") + family;
  return text;
}

std::string benchText(const BenchReport &report) {
  const bench::Measurement &m = report.measured;
  const CompileTimings &t = report.timings;
  double operations = m.work.flops / (m.peak * m.threads);
  std::string text = fmt::format("{}  {}, {} thread{}\n", report.equation,
                                 elementName(report.type), m.threads,
                                 m.threads == 1 ? "" : "s");
  text += fmt::format("  first call  {} (plan {}, compile {}; loading the "
                      "compiler, {}, apart)\n",
                      timeText(report.firstCallSeconds),
                      timeText(t.search + t.steps),
                      timeText(t.kernels.compile + t.kernels.map),
                      timeText(t.kernels.loadCompiler));
  text += fmt::format("  warm call   {} median, {} best of {}\n",
                      timeText(m.warm.median()), timeText(m.warm.best()),
                      m.warm.values.size());
  text += fmt::format("  speed       {:.4g} GFLOP/s, {:.4g} GB/s\n", m.gflops(),
                      m.gigabytes());
  text += fmt::format("  roofs       {:.4g} GFLOP/s, {:.4g} GB/s of copying, "
                      "measured in turn\n",
                      m.peak * m.threads * 1e-9, m.copy * 1e-9);
  text +=
      fmt::format("  ratio       {:.3g} of the roof of {}\n", m.ratio(),
                  operations > m.work.bytes / m.copy ? "operations" : "memory");
  text += "  families    " + families(report) + "\n";
  if (!m.opponent.values.empty())
    text +=
        fmt::format("  openblas    {} median, {} best: {:.3g} times ours\n",
                    timeText(m.opponent.median()), timeText(m.opponent.best()),
                    m.opponent.best() / m.warm.best());
  return text;
}

std::string benchJSON(const BenchReport &report) {
  const bench::Measurement &m = report.measured;
  const CompileTimings &t = report.timings;
  JSON object = {{"outcome", "ok"},
                 {"equation", report.equation},
                 {"dtype", elementName(report.type)},
                 {"threads", m.threads},
                 {"first_call_ms", report.firstCallSeconds * 1e3},
                 {"plan_ms", (t.search + t.steps) * 1e3},
                 {"compile_ms", (t.kernels.compile + t.kernels.map) * 1e3},
                 {"load_compiler_ms", t.kernels.loadCompiler * 1e3},
                 {"warm_call_us", m.warm.median() * 1e6},
                 {"warm_call_best_us", m.warm.best() * 1e6},
                 {"turns", m.warm.values.size()},
                 {"flops", m.work.flops},
                 {"bytes", m.work.bytes},
                 {"gflops", m.gflops()},
                 {"gbytes", m.gigabytes()},
                 {"peak_gflops", m.peak * m.threads * 1e-9},
                 {"copy_gbytes", m.copy * 1e-9},
                 {"ratio", m.ratio()},
                 {"families", m.families},
                 {"openblas", nullptr}};
  if (!m.opponent.values.empty())
    object["openblas"] = {{"median_us", m.opponent.median() * 1e6},
                          {"best_us", m.opponent.best() * 1e6}};
  return object.dump(-1, ' ', false, JSON::error_handler_t::replace) + "\n";
}

} // namespace

int benchmark(const CommandLine &line) {
  Result<BenchReport> report = measureLine(line);
  if (!report)
    return reportError(report.error(), line.json);
  printResult(line.json ? benchJSON(*report) : benchText(*report));
  return ExitOk;
}

} // namespace einc
