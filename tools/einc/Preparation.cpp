// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/einc/Preparation.h"

#include "tools/einc/Report.h"

#include <chrono>

namespace einc {

std::vector<void *> Tensors::arguments() const {
  std::vector<void *> pointers;
  for (const TensorData &operand : operands)
    pointers.push_back(operand.elements.get());
  pointers.push_back(output.elements.get());
  return pointers;
}

static Result<CompileOptions> compileOptions(const CommandLine &line) {
  Result<Machine> machine = machineForCPU(line.cpu);
  if (!machine)
    return std::move(machine).error();
  CompileOptions options;
  options.search = searchOptions(line);
  options.machine = *machine;
  options.maxMemoryBytes = line.maxMemory;
  if (line.usesDiskCache()) {
    Result<DiskCacheOptions> disk = diskCacheOptions();
    if (disk)
      options.diskCache = *std::move(disk);
    else
      reportWarning("kernels are not kept: " + disk.error().message);
  }
  return options;
}

/// Open axes as what they are planned for. A command that runs something needs
/// every extent.
static Result<Success> closeAxes(const CommandLine &line,
                                 const ShapedEquation &equation,
                                 std::vector<TensorLayout> &operands) {
  if (equation.openExtents.empty())
    return Success{};
  if (line.command != Command::Explain) {
    Diagnostic error{.kind = ErrorKind::InvalidArgument};
    error.message = "label '" + equation.labels[equation.openExtents[0].label] +
                    "' has an open extent, and what is run needs every extent";
    error.notes.push_back("'einc compile' makes code for any extent");
    return error;
  }
  for (size_t i = 0; i < operands.size(); ++i) {
    TensorLayout &layout = operands[i];
    for (size_t axis = 0; axis < layout.extents.size(); ++axis)
      if (isOpenAxis(layout.extents[axis]))
        layout.extents[axis] = equation.extents[equation.operand(i)[axis]];
    layout.strides =
        TensorLayout::rowMajor(layout.type, layout.extents).strides;
  }
  return Success{};
}

Result<Preparation> Preparation::make(const CommandLine &line) {
  Result<Problem> problem = readProblem(line);
  if (!problem)
    return std::move(problem).error();
  return make(line, *std::move(problem));
}

Result<Preparation> Preparation::make(const CommandLine &line,
                                      Problem problem) {
  Preparation result;
  result.equationText = problem.equationText();
  Result<CompileOptions> options = compileOptions(line);
  if (!options)
    return std::move(options).error();
  result.options = *std::move(options);
  Result<Operands> operands = Operands::open(line, problem);
  if (!operands)
    return std::move(operands).error();
  result.operands = *std::move(operands);
  std::vector<TensorLayout> layouts = result.operands.layouts();
  if (Result<Success> closed = closeAxes(line, *problem.shaped, layouts);
      !closed)
    return std::move(closed).error();

  auto start = std::chrono::steady_clock::now();
  TensorLayout output = TensorLayout::rowMajor(result.operands.resultType(),
                                               problem.shaped->outputShape);
  Result<PlannedExpression> planned =
      planExpression(*std::move(problem.shaped), std::move(layouts),
                     std::move(output), result.options);
  if (!planned)
    return std::move(planned).error();
  result.planned = *std::move(planned);
  result.planSeconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();
  return result;
}

Result<Tensors> Preparation::loadTensors() {
  Tensors tensors;
  Result<std::vector<TensorData>> loaded = std::move(operands).load();
  if (!loaded)
    return std::move(loaded).error();
  tensors.operands = *std::move(loaded);
  Result<TensorData> output = TensorData::allocate(planned.output);
  if (!output)
    return std::move(output).error();
  tensors.output = *std::move(output);
  return tensors;
}

} // namespace einc
