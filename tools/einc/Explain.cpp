// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// `einc explain`: how each step of the plan will run and what it costs at
/// least. Nothing is compiled.

#include "compiler/Driver/Compiler.h"
#include "compiler/Planner/PlanPrinter.h"
#include "compiler/Schedule/Buffers.h"
#include "compiler/Schedule/StepCost.h"
#include "tools/einc/Commands.h"
#include "tools/einc/Preparation.h"
#include "tools/einc/Report.h"
#include "tools/einc/ScheduleWords.h"
#include "tools/einc/Units.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace einc {

using JSON = nlohmann::ordered_json;

static std::string bytesText(const StepCost &cost, unsigned numOperands) {
  std::string text;
  double read = cost.bytes[1] + (numOperands > 1 ? cost.bytes[2] : 0);
  text += formatBytes(uint64_t(read)) + " read, " +
          formatBytes(uint64_t(cost.bytes[0])) + " written";
  if (cost.scratchBytes)
    text += ", " + formatBytes(cost.scratchBytes) + " of scratch a thread";
  return text;
}

static std::string boundText(const StepCost &cost) {
  bool computes = cost.computeSeconds > cost.memorySeconds;
  return fmt::format(
      "{} by {} ({} by {}), one thread",
      timeText(std::max(cost.computeSeconds, cost.memorySeconds)),
      computes ? "operations" : "memory",
      timeText(std::min(cost.computeSeconds, cost.memorySeconds)),
      computes ? "memory" : "operations");
}

static std::string threadsText(const StepCost &cost) {
  if (cost.grains < 2 * cost.minGrains)
    return fmt::format("one, {} grain{}", cost.grains,
                       cost.grains == 1 ? "" : "s");
  return fmt::format("at most {}, {} grains", cost.grains / cost.minGrains,
                     cost.grains);
}

static std::string explainText(const PlannedExpression &planned,
                               const Machine &machine) {
  std::string text = printPlanTable(planned.network, planned.tree);
  const StepList &list = planned.steps;
  for (size_t i = 0; i < list.steps.size(); ++i) {
    const EincStep &step = list.steps[i];
    const Schedule &schedule = list.schedules[step.kernel];
    StepCost cost = stepCost(list, i, machine);
    auto line = [&](const std::string &head, const std::string &what) {
      text += fmt::format("    {:<9}{}\n", head, what);
    };
    text +=
        fmt::format("\n  step {}  {}\n", step.plan, list.planSteps[step.plan]);
    line("loops", list.groups[i].empty() ? "none" : list.groups[i]);
    for (const auto &[head, what] : describeSchedule(schedule, machine.target))
      line(head, what);
    line("threads", threadsText(cost));
    line("flops", fmt::format("{:.4g}", cost.flops));
    line("bytes", bytesText(cost, schedule.numOperands()));
    line("bound", boundText(cost));
  }
  return text;
}

static JSON stepJSON(const PlannedExpression &planned, size_t i,
                     const Machine &machine) {
  const StepList &list = planned.steps;
  const EincStep &step = list.steps[i];
  const Schedule &schedule = list.schedules[step.kernel];
  StepCost cost = stepCost(list, i, machine);
  JSON words;
  for (const auto &[head, what] : describeSchedule(schedule, machine.target))
    words[head] = what;
  return {{"plan_step", step.plan},
          {"equation", list.planSteps[step.plan]},
          {"loops", list.groups[i]},
          {"family", familyName(schedule.family)},
          {"schedule", schedule.text()},
          {"words", words},
          {"grains", cost.grains},
          {"min_grains", cost.minGrains},
          {"flops", cost.flops},
          {"bytes_written", cost.bytes[0]},
          {"bytes_read", cost.bytes[1] + cost.bytes[2]},
          {"scratch_bytes", cost.scratchBytes},
          {"compute_s", cost.computeSeconds},
          {"memory_s", cost.memorySeconds}};
}

static Result<std::string> explained(const CommandLine &line) {
  Result<Preparation> prepared = Preparation::make(line);
  if (!prepared)
    return std::move(prepared).error();
  const PlannedExpression &planned = prepared->planned;
  const Machine &machine = prepared->options.machine;
  if (!line.json)
    return explainText(planned, machine);
  JSON steps = JSON::array();
  for (size_t i = 0; i < planned.steps.steps.size(); ++i)
    steps.push_back(stepJSON(planned, i, machine));
  JSON object = {
      {"outcome", "ok"},
      {"target", machine.target.text()},
      {"plan", JSON::parse(printPlanJSON(planned.network, planned.tree))},
      {"steps", steps}};
  return object.dump(-1, ' ', false, JSON::error_handler_t::replace) + "\n";
}

int explain(const CommandLine &line) {
  Result<std::string> text = explained(line);
  if (!text)
    return reportError(text.error(), line.json);
  printResult(*text);
  return ExitOk;
}

} // namespace einc
