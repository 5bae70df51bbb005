// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// `einc run` of a compiled program, and `einc verify`.

#include "compiler/Driver/LoadProgram.h"
#include "compiler/Driver/StatusDiagnostic.h"
#include "compiler/Support/Printable.h"
#include "runtime/Program.h"
#include "tools/einc/Commands.h"
#include "tools/einc/ProgramCall.h"
#include "tools/einc/Report.h"
#include "tools/einc/RunReport.h"
#include "tools/einc/TensorText.h"
#include "tools/einc/Units.h"
#include "tools/einc/Verify.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>

namespace einc {

using Clock = std::chrono::steady_clock;
using JSON = nlohmann::ordered_json;

static double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

namespace {

struct ProgramRun {
  std::shared_ptr<const Program> program;
  ProgramLabels labels;
  std::shared_ptr<const runtime::BoundProgram> bound;
  ProgramCall call;
  ShapedEquation shaped;
  ContractionTree tree;
  RunReport report;
  std::optional<Diagnostic> notVerified;

  const EincVariant &variant() const {
    return program->get().variants[bound->variant()];
  }
  std::string target() const {
    return runtime::processorName(variant().architecture, variant().cpu).text;
  }
};

} // namespace

/// The order that the program was planned in, as far as its plan tells.
static Result<ContractionTree> readTree(const char *plan,
                                        const ShapedEquation &equation) {
  Network network = Network::fromEquation(equation);
  SearchOptions options;
  nlohmann::json object =
      nlohmann::json::parse(plan ? plan : "", nullptr, false);
  std::vector<std::vector<uint32_t>> path;
  if (object.is_object() && object.contains("ssa_path") &&
      object["ssa_path"].is_array())
    for (const nlohmann::json &step : object["ssa_path"]) {
      std::vector<uint32_t> &operands = path.emplace_back();
      for (const nlohmann::json &value : step)
        if (value.is_number_unsigned())
          operands.push_back(uint32_t(value.get<uint64_t>()));
    }
  options.path = std::move(path);
  options.pathForm = SearchOptions::PathForm::SSA;
  if (Result<ContractionTree> tree = findTree(network, options); tree)
    return tree;
  return findTree(network, {});
}

static Result<Success> bind(ProgramRun &run) {
  std::shared_ptr<runtime::LoadedProgram> loaded;
  runtime::Status status =
      runtime::LoadedProgram::create(run.program->get(), loaded, run.program);
  if (status)
    status = loaded->bind(run.call.openNumbers, run.bound);
  if (!status)
    return toDiagnostic(status);
  return Success{};
}

static Result<Success> callOnce(ProgramRun &run, const CommandLine &line) {
  runtime::Status status = run.bound->run(run.call.tensors.arguments().data(),
                                          {.threads = line.threads});
  if (!status)
    return toDiagnostic(status);
  return Success{};
}

static Result<Success> callAll(ProgramRun &run, const CommandLine &line) {
  if (Result<Success> called = callOnce(run, line); !called)
    return called;
  std::vector<double> &seconds = run.report.warmSeconds;
  for (unsigned i = 0; i < line.repeat; ++i) {
    Clock::time_point start = Clock::now();
    if (Result<Success> called = callOnce(run, line); !called)
      return called;
    seconds.push_back(secondsSince(start));
  }
  std::sort(seconds.begin(), seconds.end());
  return Success{};
}

static Result<Success> understand(ProgramRun &run) {
  Result<ShapedEquation> shaped =
      inferShapes(run.labels.equation(), run.call.shapes);
  if (!shaped)
    return std::move(shaped).error();
  run.shaped = *std::move(shaped);
  if (run.shaped.outputShape != run.call.tensors.output.layout.extents)
    return Diagnostic{.kind = ErrorKind::BadArtifact,
                      .message = "the program's output has another shape than "
                                 "its equation says"};
  Result<ContractionTree> tree =
      readTree(run.variant().artifact->plan, run.shaped);
  if (!tree)
    return std::move(tree).error();
  run.tree = *std::move(tree);
  run.report.flops =
      treeCost(Network::fromEquation(run.shaped), run.tree).flops;
  return Success{};
}

static Result<ProgramRun> execute(const CommandLine &line,
                                  const std::string &path, bool verified) {
  Clock::time_point start = Clock::now();
  ProgramRun run;
  Result<std::shared_ptr<const Program>> program = loadProgram(path);
  if (!program)
    return std::move(program).error();
  run.program = *std::move(program);
  double loadSeconds = secondsSince(start);
  Result<ProgramLabels> labels = ProgramLabels::read(run.program->get());
  if (!labels)
    return std::move(labels).error();
  run.labels = *std::move(labels);
  Result<ProgramCall> call = ProgramCall::make(line, run.labels);
  if (!call)
    return std::move(call).error();
  run.call = *std::move(call);

  start = Clock::now();
  if (Result<Success> bound = bind(run); !bound)
    return std::move(bound).error();
  if (Result<Success> called = callAll(run, line); !called)
    return std::move(called).error();
  run.report.firstCallSeconds = loadSeconds + secondsSince(start);
  for (double seconds : run.report.warmSeconds)
    run.report.firstCallSeconds -= seconds;
  if (Result<Success> understood = understand(run); !understood)
    return std::move(understood).error();
  if (!verified)
    return run;
  run.report.randomOperands = line.files.empty();
  Result<Comparison> comparison = verify(
      run.shaped, run.tree, run.call.tensors.operands, run.call.tensors.output);
  if (comparison)
    run.report.comparison = *comparison;
  else
    run.notVerified = std::move(comparison).error();
  return run;
}

/// At most 60 code points of it.
static std::string equationText(const ProgramRun &run) {
  std::string text = run.labels.artifact().equation;
  size_t codePoints = 0;
  for (size_t i = 0; i < text.size(); ++i)
    if ((uint8_t(text[i]) & 0xC0) != 0x80 && codePoints++ == 60)
      return printable(text.substr(0, i)) + "...";
  return printable(text);
}

/// At most eight operands.
static std::string shapesText(const ProgramRun &run) {
  constexpr size_t MaxShown = 8;
  std::string text;
  for (size_t i = 0; i < run.call.shapes.size() && i <= MaxShown; ++i)
    text += (i ? ", " : "") + (i < MaxShown
                                   ? formatShapeAbridged(run.call.shapes[i])
                                   : std::string("..."));
  return text + " -> " + formatShapeAbridged(run.shaped.outputShape);
}

static std::string timesText(const RunReport &report) {
  if (!report.warm())
    return "";
  std::string text = fmt::format(
      "first call: {}\nwarm call: {} median, {} best of {}",
      timeText(report.firstCallSeconds), timeText(report.medianSeconds()),
      timeText(report.warmSeconds.front()), report.warmSeconds.size());
  if (report.flops > 0)
    text += fmt::format(", {:.3g} GFLOP/s", report.gflops());
  return text + "\n";
}

static std::string verifyText(const ProgramRun &run) {
  return run.report.comparison
             ? "verify: " +
                   describe(*run.report.comparison, run.shaped.outputShape) +
                   "\n"
             : "";
}

static std::string jsonText(const ProgramRun &run) {
  const RunReport &report = run.report;
  const EincProgram &program = run.program->get();
  JSON open = JSON::object();
  for (uint32_t i = 0; i < program.numOpenNumbers; ++i)
    open[program.openNumbers[i].name ? program.openNumbers[i].name : ""] =
        run.call.openNumbers[i];
  JSON object = {
      {"outcome", report.mismatch() ? "mismatch" : "ok"},
      {"program", program.name ? program.name : ""},
      {"equation", run.labels.artifact().equation},
      {"operand_shapes", run.call.shapes},
      {"output_shape", run.shaped.outputShape},
      {"dtype", elementName(run.call.tensors.output.layout.type)},
      {"open_numbers", open},
      {"variant", run.bound->variant()},
      {"target", run.target()},
      {"first_call_ms", report.firstCallSeconds * 1e3},
  };
  addSpeed(object, report);
  addVerification(object, report);
  return object.dump(-1, ' ', false, JSON::error_handler_t::replace) + "\n";
}

static int finish(const ProgramRun &run, const CommandLine &line,
                  const std::string &text) {
  if (run.notVerified && line.json)
    return reportError(*run.notVerified, true);
  printResult(line.json ? jsonText(run) : text);
  if (run.notVerified)
    return reportError(*run.notVerified, false);
  return run.report.mismatch() ? ExitMismatch : ExitOk;
}

int runProgram(const CommandLine &line) {
  Result<ProgramRun> run = execute(line, *line.equation, line.verify);
  if (!run)
    return reportError(run.error(), line.json);
  const TensorData &output = run->call.tensors.output;
  std::string text = timesText(run->report) + verifyText(*run);
  if (!line.output)
    return finish(*run, line, tensorText(output) + text);
  if (Result<Success> written = writeNpy(*line.output, output); !written)
    return reportError(written.error(), line.json);
  return finish(*run, line, text);
}

int verifyProgram(const CommandLine &line) {
  Result<ProgramRun> run = execute(line, *line.program, true);
  if (!run)
    return reportError(run.error(), line.json);
  const EincProgram &program = run->program->get();
  std::string head = fmt::format(
      "{}: {}, shapes {}, variant {} ({})\n",
      printable(program.name ? program.name : "program"), equationText(*run),
      shapesText(*run), run->bound->variant(), run->target());
  return finish(*run, line, head + timesText(run->report) + verifyText(*run));
}

} // namespace einc
