// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Plans, compiles and describes every variant of a program.

#include "compiler/Driver/Program.h"

#include "compiler/Driver/CIdentifier.h"
#include "compiler/Planner/PlanPrinter.h"
#include "compiler/Planner/StepEquation.h"
#include "compiler/Support/BuildId.h"

#include <algorithm>
#include <set>

using namespace einc;

namespace {

/// A variant and what its artifact points into.
struct Part {
  PlannedExpression planned;
  std::vector<std::shared_ptr<const Kernel>> kernels;
  OwnedArtifact owned;
  EincArtifact artifact;
};

class CompiledProgram : public Program {
public:
  const EincProgram &get() const override { return program; }

  std::string name;
  std::string compiler;
  std::vector<std::unique_ptr<Part>> parts;
  std::vector<EincVariant> variants;
  std::vector<std::string> openNames;
  std::vector<EincOpenNumber> openNumbers;
  EincProgram program = {};
};

class ProgramBuilder {
public:
  ProgramBuilder(const ShapedEquation &equation,
                 const std::vector<TensorLayout> &operands,
                 const TensorLayout &output, const CompileOptions &options,
                 const ProgramOptions &programOptions, KernelCache &cache)
      : equation(equation), operands(operands), output(output),
        options(options), programOptions(programOptions), cache(cache) {}

  Result<std::shared_ptr<const Program>> build();

private:
  Result<Success> chooseNames();
  void describeOpenNumbers();
  std::vector<Shape> argumentExtents() const;
  /// Whether every open extent has a hint, so that a variant is worth it.
  bool isHinted() const;
  Result<Success> addVariant(const Machine &machine, bool fixed);

  const ShapedEquation &equation;
  std::vector<TensorLayout> operands;
  TensorLayout output;
  CompileOptions options;
  const ProgramOptions &programOptions;
  KernelCache &cache;
  std::vector<std::string> names;
  std::shared_ptr<CompiledProgram> result = std::make_shared<CompiledProgram>();
};

} // namespace

static Diagnostic invalid(std::string message) {
  return {.kind = ErrorKind::InvalidArgument, .message = std::move(message)};
}

static uint32_t requiredBits(const Target &target) {
  switch (target.isa) {
  case Target::ISA::X86_64:
  case Target::ISA::AArch64:
    return 0;
  case Target::ISA::X86_64_V3:
    return EINC_CPU_X86_64_V3;
  case Target::ISA::X86_64_V4:
    break;
  }
  return EINC_CPU_X86_64_V3 | EINC_CPU_X86_64_V4 |
         (target.hasBF16() ? EINC_CPU_AVX512_BF16 : 0) |
         (target.hasVNNI() ? EINC_CPU_AVX512_VNNI : 0);
}

Result<Success> ProgramBuilder::chooseNames() {
  if (!isCIdentifier(programOptions.name))
    return invalid("'" + programOptions.name +
                   "' cannot be the name of a C function");
  names = programOptions.argumentNames;
  if (names.empty()) {
    const bool letters = operands.size() <= 25;
    for (size_t i = 0; i < operands.size(); ++i)
      names.push_back(letters ? std::string(1, static_cast<char>('A' + i))
                              : "operand" + std::to_string(i));
    names.push_back(
        letters ? std::string(1, static_cast<char>('A' + operands.size()))
                : "output");
  }
  if (names.size() != operands.size() + 1)
    return invalid(std::to_string(names.size()) + " names for " +
                   std::to_string(operands.size()) +
                   " operands and the output");
  std::set<std::string> seen;
  for (const std::string &name : names) {
    if (!isCIdentifier(name))
      return invalid("'" + name + "' cannot be the name of a C parameter");
    if (!seen.insert(name).second)
      return invalid("two arguments have the name '" + name + "'");
  }
  return Success{};
}

void ProgramBuilder::describeOpenNumbers() {
  std::vector<int64_t> hints;
  for (const OpenExtent &open : equation.openExtents) {
    result->openNames.push_back(equation.labels[open.label]);
    hints.push_back(open.hasHint ? equation.extents[open.label] : -1);
  }
  if (programOptions.openStrides)
    for (size_t i = 0; i <= operands.size(); ++i) {
      const Shape &shape =
          i < operands.size() ? operands[i].extents : output.extents;
      for (size_t axis = 0; axis < shape.size(); ++axis) {
        result->openNames.push_back(names[i] + ".stride" +
                                    std::to_string(axis));
        hints.push_back(-1);
      }
    }
  for (size_t i = 0; i < hints.size(); ++i)
    result->openNumbers.push_back({result->openNames[i].c_str(), hints[i]});
}

std::vector<Shape> ProgramBuilder::argumentExtents() const {
  std::vector<Shape> extents;
  auto add = [&](std::span<const LabelId> labels, Shape shape) {
    for (size_t axis = 0; axis < labels.size(); ++axis)
      for (size_t n = 0; n < equation.openExtents.size(); ++n)
        if (equation.openExtents[n].label == labels[axis])
          shape[axis] = -1 - static_cast<int64_t>(n);
    extents.push_back(std::move(shape));
  };
  for (size_t i = 0; i < operands.size(); ++i)
    add(equation.operand(i), operands[i].extents);
  add(equation.outputLabels, output.extents);
  return extents;
}

bool ProgramBuilder::isHinted() const {
  return !programOptions.openStrides && !equation.openExtents.empty() &&
         std::all_of(equation.openExtents.begin(), equation.openExtents.end(),
                     [](const OpenExtent &open) { return open.hasHint; });
}

Result<Success> ProgramBuilder::addVariant(const Machine &machine, bool fixed) {
  auto part = std::make_unique<Part>();
  ArtifactExtras extras;
  extras.names = names;
  extras.extents = argumentExtents();
  extras.numOpenNumbers = static_cast<uint32_t>(result->openNumbers.size());
  if (programOptions.openStrides)
    extras.firstOpenStride = static_cast<uint32_t>(equation.openExtents.size());
  ShapedEquation shaped = equation;
  if (fixed) {
    // 1 exactly where every open extent is the one that was hinted at.
    for (size_t n = 0; n < equation.openExtents.size(); ++n) {
      int64_t hint = equation.extents[equation.openExtents[n].label];
      extras.guard.push_back({static_cast<int64_t>(n), EINC_OP_EXTENT, 0});
      extras.guard.push_back({hint, EINC_OP_LITERAL, 0});
      extras.guard.push_back({0, EINC_OP_EQUAL, 0});
      if (n > 0)
        extras.guard.push_back({0, EINC_OP_MUL, 0});
    }
    shaped.openExtents.clear();
  }

  options.machine = machine;
  options.openStrides = programOptions.openStrides;
  Result<PlannedExpression> planned =
      planExpression(std::move(shaped), operands, output, options);
  if (!planned)
    return std::move(planned).error();
  part->planned = *std::move(planned);
  KernelOptions kernelOptions;
  kernelOptions.verifyIR = options.verifyIR;
  if (options.diskCache)
    kernelOptions.disk = &*options.diskCache;
  Result<std::vector<std::shared_ptr<const Kernel>>> kernels =
      cache.get(part->planned.steps.schedules, machine.target, kernelOptions,
                part->planned.timings.kernels);
  if (!kernels)
    return std::move(kernels).error();
  part->kernels = *std::move(kernels);
  part->owned = OwnedArtifact(
      part->planned.steps, part->kernels, part->planned.operands,
      part->planned.output, EquationSpelling(part->planned.network).equation(),
      printPlanJSON(part->planned.network, part->planned.tree),
      std::move(extras));
  part->artifact = part->owned.get();
  result->variants.push_back(
      {&part->artifact, static_cast<uint32_t>(machine.target.architecture()),
       requiredBits(machine.target), part->owned.guard()});
  result->parts.push_back(std::move(part));
  return Success{};
}

Result<std::shared_ptr<const Program>> ProgramBuilder::build() {
  if (Result<Success> named = chooseNames(); !named)
    return std::move(named).error();
  if (programOptions.machines.empty())
    return invalid("no processor to compile for");
  if (programOptions.openStrides) {
    for (TensorLayout &operand : operands)
      operand.strides.clear();
    output.strides.clear();
  }
  describeOpenNumbers();
  for (const Machine &machine : programOptions.machines)
    for (bool fixed : {true, false}) {
      if (fixed && !isHinted())
        continue;
      if (Result<Success> added = addVariant(machine, fixed); !added)
        return std::move(added).error();
    }
  result->name = programOptions.name;
  result->compiler = "einc " EINC_VERSION ", LLVM " + std::string(LLVMVersion);
  EincProgram &program = result->program;
  program.abi = EINC_ARTIFACT_ABI;
  program.size = sizeof(EincProgram);
  program.name = result->name.c_str();
  program.compiler = result->compiler.c_str();
  program.variants = result->variants.data();
  program.openNumbers = result->openNumbers.data();
  program.numVariants = static_cast<uint32_t>(result->variants.size());
  program.numOpenNumbers = static_cast<uint32_t>(result->openNumbers.size());
  program.threads = programOptions.threads;
  return std::shared_ptr<const Program>(std::move(result));
}

Result<std::shared_ptr<const Program>>
einc::compileProgram(const ShapedEquation &equation,
                     const std::vector<TensorLayout> &operands,
                     const TensorLayout &output, const CompileOptions &options,
                     const ProgramOptions &programOptions, KernelCache &cache) {
  return ProgramBuilder(equation, operands, output, options, programOptions,
                        cache)
      .build();
}
