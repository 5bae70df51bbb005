// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Times, kernels and verification for people and for programs.

#include "tools/einc/RunReport.h"

#include "compiler/Support/Printable.h"
#include "tools/einc/Units.h"
#include "tools/einc/Verify.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace einc {

/// What getting the kernels took, by where they came from.
static std::string kernelsText(const KernelTimings &timings) {
  std::string text;
  if (timings.fromDisk > 0)
    text += fmt::format(", {} from disk {}",
                        counted(timings.fromDisk, "kernel", "kernels"),
                        timeText(timings.disk));
  if (timings.compiled > 0)
    text += fmt::format(", compile {}; loading the compiler: {}",
                        timeText(timings.compile + timings.map),
                        timeText(timings.loadCompiler));
  return text;
}

/// "f32, conjugated c64 -> c64"; at most eight operands.
static std::string typesText(const PlannedExpression &planned) {
  constexpr size_t MaxNamed = 8;
  auto name = [](const TensorLayout &layout) {
    return (layout.conjugate ? "conjugated " : "") +
           std::string(elementName(layout.type));
  };
  std::string text;
  for (size_t i = 0; i < planned.operands.size() && i <= MaxNamed; ++i)
    text += (i ? ", " : "") +
            (i < MaxNamed ? name(planned.operands[i]) : std::string("..."));
  return text + " -> " + name(planned.output);
}

std::string reportText(const RunReport &report,
                       const CompiledExpression &compiled) {
  std::string text;
  if (report.warm()) {
    const CompileTimings &timings = compiled.timings();
    text += "types: " + typesText(compiled.planned) + "\n";
    text += fmt::format(
        "first call: {} (plan {}{})\n", timeText(report.firstCallSeconds),
        timeText(timings.search + timings.steps), kernelsText(timings.kernels));
    text += fmt::format(
        "warm call: {} median, {} best of {}", timeText(report.medianSeconds()),
        timeText(report.warmSeconds.front()), report.warmSeconds.size());
    if (report.flops > 0)
      text += fmt::format(", {:.3g} GFLOP/s", report.gflops());
    text += '\n';
  }
  if (report.comparison)
    text +=
        "verify: " +
        describe(*report.comparison, compiled.planned.equation.outputShape) +
        "\n";
  return text;
}

using JSON = nlohmann::ordered_json;

static JSON operandTypesJSON(const PlannedExpression &planned) {
  JSON types = JSON::array();
  for (const TensorLayout &operand : planned.operands)
    types.push_back(elementName(operand.type));
  return types;
}

static JSON conjugatedJSON(const PlannedExpression &planned) {
  JSON numbers = JSON::array();
  for (size_t i = 0; i < planned.operands.size(); ++i)
    if (planned.operands[i].conjugate)
      numbers.push_back(i);
  return numbers;
}

static JSON kernelJSON(const Kernel &kernel) {
  return {{"family", familyName(kernel.family)},
          {"image", hexText(kernel.imageHash)},
          {"bytes", kernel.image.size()},
          {"schedule", kernel.schedule},
          {"target", kernel.target.text()}};
}

static JSON stepsJSON(const CompiledExpression &compiled) {
  JSON steps = JSON::array();
  const std::vector<std::string> &planSteps = compiled.planned.steps.planSteps;
  for (uint32_t i = 0; i < planSteps.size(); ++i) {
    JSON kernels = JSON::array();
    for (const Kernel *kernel : compiled.kernelsOf(i))
      kernels.push_back(kernelJSON(*kernel));
    steps.push_back({{"equation", planSteps[i]}, {"kernels", kernels}});
  }
  return steps;
}

void addSpeed(JSON &object, const RunReport &report) {
  object["warm_call_us"] = nullptr;
  object["warm_call_best_us"] = nullptr;
  object["gflops"] = nullptr;
  if (report.warm()) {
    object["warm_call_us"] = report.medianSeconds() * 1e6;
    object["warm_call_best_us"] = report.warmSeconds.front() * 1e6;
    if (report.flops > 0)
      object["gflops"] = report.gflops();
  }
}

void addVerification(JSON &object, const RunReport &report) {
  if (report.comparison)
    object["verify"] = {{"ok", report.comparison->ok},
                        {"alarm", report.comparison->alarm},
                        {"max_error", report.comparison->maxError},
                        {"bound", report.comparison->bound},
                        {"unjudged", report.comparison->numUnjudged}};
}

std::string reportJSON(const RunReport &report,
                       const CompiledExpression &compiled) {
  const CompileTimings &timings = compiled.timings();
  JSON object = {
      {"outcome", report.mismatch() ? "mismatch" : "ok"},
      {"output_shape", compiled.planned.equation.outputShape},
      {"dtype", elementName(compiled.planned.output.type)},
      {"operand_dtypes", operandTypesJSON(compiled.planned)},
      {"conjugated", conjugatedJSON(compiled.planned)},
      {"first_call_ms", report.firstCallSeconds * 1e3},
      {"plan_ms", (timings.search + timings.steps) * 1e3},
      {"compile_ms", (timings.kernels.compile + timings.kernels.map) * 1e3},
      {"load_compiler_ms", timings.kernels.loadCompiler * 1e3},
      {"disk_ms", timings.kernels.disk * 1e3},
      {"kernels",
       {{"compiled", timings.kernels.compiled},
        {"disk", timings.kernels.fromDisk},
        {"memory", timings.kernels.cached}}},
  };
  addSpeed(object, report);
  object["steps"] = stepsJSON(compiled);
  addVerification(object, report);
  return object.dump(-1, ' ', false, JSON::error_handler_t::replace) + "\n";
}

} // namespace einc
