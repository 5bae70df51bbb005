// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Input: an equation, a line of shapes, and a line with the types of the
/// operands (the last one stands for the rest) and, for each operand and the
/// output, a letter: how it lies in memory, a capital if it is conjugated. A
/// '?' behind them: the strides are open. All stages up to code: what the
/// schedules make, the runtime accepts.

#include "tests/fuzz/Fuzz.h"

#include "compiler/Frontend/ShapeList.h"
#include "compiler/Planner/Search.h"
#include "compiler/Schedule/KernelLayout.h"
#include "compiler/Schedule/Steps.h"
#include "runtime/Executable.h"

#include <algorithm>

using namespace einc;
using namespace einc::fuzz;

/// 'r' row-major, 'c' column-major, 'b' backwards, 's' with gaps, 'z' all
/// elements in one place.
static TensorLayout makeLayout(ElementType type, const Shape &shape, char way) {
  TensorLayout layout;
  layout.type = type;
  layout.conjugate = isComplex(type) && way >= 'A' && way <= 'Z';
  way |= 0x20;
  layout.extents = shape;
  layout.strides.resize(shape.size());
  int64_t stride = way == 'b' ? -1 : way == 's' ? 3 : way == 'z' ? 0 : 1;
  for (size_t i = 0; i < shape.size(); ++i) {
    size_t axis = way == 'c' ? i : shape.size() - 1 - i;
    layout.strides[axis] = stride;
    if (__builtin_mul_overflow(stride, std::max<int64_t>(shape[axis], 1),
                               &stride))
      stride = 0;
  }
  return layout;
}

/// Stands for generated code, which is not run.
static void notCalled(void *const *, const int64_t *, void *, int64_t,
                      int64_t) {}

static void checkSteps(const StepList &list,
                       const std::vector<TensorLayout> &layouts,
                       const Target &target) {
  std::vector<EincKernel> kernels;
  for (const Schedule &schedule : list.schedules) {
    require(bool(checkSchedule(schedule, target)), "schedules fit the target");
    std::string text = schedule.text();
    Result<Schedule> again = Schedule::parse(text);
    require(bool(again) && *again == schedule, "the text is the schedule");
    EincKernel kernel = {};
    kernel.function = notCalled;
    kernel.scratchBytes = scratchBytes(schedule, target);
    kernel.numPointers = schedule.numPointers();
    kernels.push_back(kernel);
  }
  std::vector<EincArgument> arguments(layouts.size());
  for (size_t i = 0; i < layouts.size(); ++i)
    arguments[i].type = uint32_t(layouts[i].type);

  EincArtifact artifact = {};
  artifact.abi = EINC_ARTIFACT_ABI;
  artifact.size = sizeof(artifact);
  artifact.kernels = kernels.data();
  artifact.tokens = list.tokens.data();
  artifact.buffers = list.buffers.data();
  artifact.pointers = list.pointers.data();
  artifact.params = list.params.data();
  artifact.steps = list.steps.data();
  artifact.arguments = arguments.data();
  artifact.numKernels = uint32_t(kernels.size());
  artifact.numTokens = uint32_t(list.tokens.size());
  artifact.numBuffers = uint32_t(list.buffers.size());
  artifact.numPointers = uint32_t(list.pointers.size());
  artifact.numParams = uint32_t(list.params.size());
  artifact.numSteps = uint32_t(list.steps.size());
  artifact.numArguments = uint32_t(arguments.size());
  artifact.numCounters = list.numCounters;
  artifact.workspaceBytes = list.workspaceBytes;
  artifact.scalarType = uint32_t(computeType(layouts.back().type));
  artifact.numExtents = list.numOpenNumbers;
  // What the schedules were chosen for, and what they were not.
  for (int64_t number : {int64_t(-1), int64_t(0), int64_t(1), int64_t(17)}) {
    std::vector<int64_t> numbers = list.openExamples;
    if (number >= 0)
      std::fill(numbers.begin(), numbers.end(), number);
    std::shared_ptr<const runtime::Executable> executable;
    runtime::Status status =
        runtime::Executable::create(artifact, numbers, executable);
    // Any number may be too large for many axes.
    bool mayOverflow = number != 0 && number != 1 && !numbers.empty();
    require(status.ok() || mayOverflow, status.message());
  }
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string_view text = textOf(data, size);
  std::string_view ways = takeLastLine(text);
  std::string_view list = takeLastLine(text);
  Result<Equation> equation = parseEquation(text);
  Result<std::vector<Shape>> shapes = parseShapeList(list);
  if (!equation || !shapes)
    return 0;
  Result<ShapedEquation> shaped = inferShapes(*equation, *shapes);
  if (!shaped || shaped->numOperands() == 0 || shaped->numOperands() > 6 ||
      shaped->operandLabels.size() > 40)
    return 0;

  std::vector<ElementType> types;
  size_t end = std::min(ways.find(' '), ways.size());
  for (std::string_view rest = ways.substr(0, end); !rest.empty();) {
    size_t length = std::min(rest.find(','), rest.size());
    types.push_back(
        elementTypeNamed(rest.substr(0, length)).value_or(ElementType::F32));
    rest.remove_prefix(std::min(length + 1, rest.size()));
  }
  types.resize(shapes->size(), types.empty() ? ElementType::F32 : types.back());
  ways.remove_prefix(std::min(end + 1, ways.size()));
  auto way = [&](size_t i) { return i < ways.size() ? ways[i] : 'r'; };
  for (size_t i = 0; i < shapes->size(); ++i)
    for (size_t axis = 0; axis < (*shapes)[i].size(); ++axis)
      if (int64_t &extent = (*shapes)[i][axis]; isOpenAxis(extent))
        extent = shaped->extents[shaped->operand(i)[axis]];
  std::vector<TensorLayout> layouts;
  for (size_t i = 0; i < shapes->size(); ++i)
    layouts.push_back(makeLayout(types[i], (*shapes)[i], way(i)));
  TensorLayout output = makeLayout(promoteAll(types), shaped->outputShape,
                                   char(way(layouts.size()) | 0x20));

  Network network = Network::fromEquation(*shaped);
  Result<ContractionTree> tree = findTree(network, {});
  require(bool(tree), "there is an order");
  StepOptions options;
  options.machine.target.isa = size % 3 == 0   ? Target::ISA::X86_64
                               : size % 3 == 1 ? Target::ISA::X86_64_V3
                                               : Target::ISA::X86_64_V4;
  options.maxMemoryBytes = uint64_t{1} << 40;
  options.openStrides = ways.ends_with('?');
  Result<StepList> steps = makeSteps(*shaped, *tree, layouts, output, options);
  if (!steps) {
    checkDiagnostic(steps.error(), text);
    return 0;
  }
  layouts.push_back(std::move(output));
  checkSteps(*steps, layouts, options.machine.target);
  return 0;
}
