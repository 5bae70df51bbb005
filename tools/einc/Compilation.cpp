// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/einc/Compilation.h"

#include "compiler/Driver/HeaderText.h"
#include "compiler/Driver/ObjectFile.h"
#include "compiler/Support/OpenAxis.h"
#include "tools/einc/Emit.h"
#include "tools/einc/Operands.h"

#include <algorithm>
#include <tuple>

namespace einc {

/// The processors that --cpu or --multiversion name, best first.
static Result<std::vector<Machine>> machinesOf(const CommandLine &line) {
  std::vector<std::string> names = line.multiversion;
  if (names.empty())
    names.push_back(line.cpu);
  std::vector<Machine> machines;
  for (const std::string &name : names) {
    Result<Machine> machine = machineForCPU(name);
    if (!machine)
      return std::move(machine).error();
    if (!machines.empty() && machines.front().target.architecture() !=
                                 machine->target.architecture())
      return Diagnostic{.kind = ErrorKind::UnsupportedTarget,
                        .message = "one file holds code for one architecture; "
                                   "'" +
                                   name + "' is of another than '" + names[0] +
                                   "'"};
    machines.push_back(*machine);
  }
  auto rank = [](const Machine &machine) {
    const Target &target = machine.target;
    return std::tuple(target.isa, target.bf16, target.vnni);
  };
  std::sort(
      machines.begin(), machines.end(),
      [&](const Machine &a, const Machine &b) { return rank(a) > rank(b); });
  return machines;
}

/// Open axes as what they are planned for.
static void closeAxes(std::vector<TensorLayout> &operands,
                      const ShapedEquation &equation) {
  for (size_t i = 0; i < operands.size(); ++i) {
    Shape extents = operands[i].extents;
    for (size_t axis = 0; axis < extents.size(); ++axis)
      if (isOpenAxis(extents[axis]))
        extents[axis] = equation.extents[equation.operand(i)[axis]];
    bool conjugate = operands[i].conjugate;
    operands[i] = TensorLayout::rowMajor(operands[i].type, std::move(extents));
    operands[i].conjugate = conjugate;
  }
}

Result<Compilation> Compilation::make(const CommandLine &line,
                                      const std::string &name) {
  Compilation result;
  Result<std::vector<Machine>> machines = machinesOf(line);
  if (!machines)
    return std::move(machines).error();
  Result<Problem> problem = readProblem(line);
  if (!problem)
    return std::move(problem).error();
  result.problem = *std::move(problem);
  if (!result.problem.shaped) // --emit=equation needs no shapes
    return result;
  Result<Operands> operands = Operands::open(line, result.problem);
  if (!operands)
    return std::move(operands).error();
  result.operands = operands->layouts();
  const ShapedEquation &equation = *result.problem.shaped;
  closeAxes(result.operands, equation);
  result.output =
      TensorLayout::rowMajor(operands->resultType(), equation.outputShape);
  result.options.search = searchOptions(line);
  result.options.machine = machines->front();
  result.options.maxMemoryBytes = line.maxMemory;
  result.options.verifyIR = true;
  result.programOptions.name = name;
  result.programOptions.machines = *std::move(machines);
  result.programOptions.threads = std::max(line.threads, 1u);
  result.byRuntime = line.threads > 1;
  return result;
}

Result<Success> Compilation::compile(bool withStrides) {
  Result<std::shared_ptr<const Program>> program = compileProgram(
      *problem.shaped, operands, output, options, programOptions);
  if (!program)
    return std::move(program).error();
  compiled = *std::move(program);
  if (!withStrides)
    return Success{};
  ProgramOptions open = programOptions;
  open.openStrides = true;
  program = compileProgram(*problem.shaped, operands, output, options, open);
  if (!program)
    return std::move(program).error();
  strided = *std::move(program);
  return Success{};
}

Result<std::string> Compilation::object(EincForm form, uint32_t flags) const {
  ObjectOptions request;
  request.flags = flags;
  if (!(flags & EINC_OBJECT_QUERY)) {
    request.flags |= byRuntime ? EINC_OBJECT_RUNTIME : 0;
    request.strided = strided.get();
  }
  request.verifyIR = true;
  return makeObject(*compiled, form, request);
}

std::string Compilation::header() const {
  const ShapedEquation &equation = *problem.shaped;
  HeaderOptions request;
  auto add = [&](std::span<const LabelId> labels) {
    std::vector<std::string> &axes = request.axes.emplace_back();
    for (LabelId label : labels)
      axes.push_back(equation.labels[label]);
  };
  for (size_t i = 0; i < equation.numOperands(); ++i)
    add(equation.operand(i));
  add(equation.outputLabels);
  request.strided = strided != nullptr;
  request.byRuntime = byRuntime;
  return headerText(compiled->get(), request);
}

Result<PlannedExpression> Compilation::plan() const {
  return planExpression(*problem.shaped, operands, output, options);
}

/// Of one machine: kernels and steps of the first; of them all: header and
/// object. The code around the kernels follows them.
Result<std::string> Compilation::stage(Stage stage) {
  if (stage == Stage::Equation)
    return emitEquation(problem);
  if (stage != Stage::Header && stage != Stage::Object) {
    Result<PlannedExpression> planned = plan();
    if (!planned)
      return std::move(planned).error();
    Result<std::string> text = emitStage(stage, *planned, options);
    if (!text || (stage != Stage::LLVM && stage != Stage::Asm))
      return text;
    if (Result<Success> done = compile(/*withStrides=*/true); !done)
      return std::move(done).error();
    Result<std::string> own =
        object(stage == Stage::LLVM ? EINC_FORM_LLVM : EINC_FORM_ASM);
    if (!own)
      return own;
    return *text + "\n" + (stage == Stage::LLVM ? ";" : "#") +
           " What calls them.\n" + *own;
  }
  if (Result<Success> done = compile(/*withStrides=*/true); !done)
    return std::move(done).error();
  return stage == Stage::Header ? Result<std::string>(header())
                                : object(EINC_FORM_OBJECT);
}

} // namespace einc
