// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/einc/ProgramShapes.h"

#include "compiler/Frontend/ShapeList.h"
#include "compiler/Support/Printable.h"
#include "tools/einc/Input.h"

namespace einc {

static Diagnostic mistake(ErrorKind kind, std::string message) {
  return {.kind = kind, .message = std::move(message)};
}

static std::string operandsText(size_t count) {
  return counted(count, "operand", "operands");
}

ProgramShapes::ProgramShapes(const ProgramLabels &labels)
    : numbers(labels.program().numOpenNumbers, -1), labels(labels),
      givers(labels.program().numOpenNumbers, 0) {}

Result<Success> ProgramShapes::add(uint32_t operand, const Shape &shape) {
  const EincArgument &argument = labels.artifact().arguments[operand];
  if (shape.size() != argument.rank)
    return mistake(ErrorKind::RankMismatch,
                   labels.argument(operand) + " has shape " +
                       formatShape(shape) + ", the program takes " +
                       labels.shape(operand));
  for (uint32_t axis = 0; axis < argument.rank; ++axis) {
    int64_t wanted = argument.extents[axis];
    if (wanted >= 0) {
      if (shape[axis] != wanted)
        return mistake(
            ErrorKind::ExtentMismatch,
            labels.argument(operand) + " has extent " +
                std::to_string(shape[axis]) + " on axis " +
                std::to_string(axis) + " (" + labels.label(operand, axis) +
                "), the program was compiled for " + std::to_string(wanted));
      continue;
    }
    size_t number = size_t(-1 - wanted);
    if (numbers[number] < 0) {
      numbers[number] = shape[axis];
      givers[number] = operand;
    } else if (numbers[number] != shape[axis]) {
      return mistake(ErrorKind::ExtentMismatch,
                     labels.label(operand, axis) + " has extent " +
                         std::to_string(numbers[number]) + " in operand " +
                         std::to_string(givers[number]) + " but " +
                         std::to_string(shape[axis]) + " in " +
                         labels.argument(operand) + ", axis " +
                         std::to_string(axis));
    }
  }
  return Success{};
}

Result<Success> ProgramShapes::addDims(const std::string &text) {
  Result<DimList> dims = parseDims(text);
  if (!dims)
    return std::move(dims).error();
  const EincProgram &program = labels.program();
  for (const Dim &dim : dims->dims) {
    uint32_t number = 0;
    auto isNamed = [&] {
      const char *name = program.openNumbers[number].name;
      return name && dim.label == name;
    };
    while (number < program.numOpenNumbers && !isNamed())
      ++number;
    if (number == program.numOpenNumbers)
      return mistake(ErrorKind::InvalidArgument,
                     "--dims names " + inQuotes(dim.label) +
                         ", which is no open extent of the program");
    if (dim.extent < 0)
      return mistake(ErrorKind::InvalidArgument,
                     "--dims leaves " + inQuotes(dim.label) +
                         " open, but a call needs a number");
    numbers[number] = dim.extent;
  }
  return Success{};
}

Result<Success> ProgramShapes::addGiven(const CommandLine &line) {
  if (!line.shapes && !line.dims)
    return Success{};
  Result<std::string> text =
      readArgument(line.dims ? *line.dims : *line.shapes);
  if (!text)
    return std::move(text).error();
  if (line.dims)
    return addDims(*text);
  Result<std::vector<Shape>> shapes = parseShapeList(*text);
  if (!shapes)
    return std::move(shapes).error();
  if (shapes->size() != labels.numOperands())
    return mistake(
        ErrorKind::OperandCount,
        "--shapes has " + counted(shapes->size(), "shape", "shapes") +
            ", the program takes " + operandsText(labels.numOperands()));
  for (uint32_t i = 0; i < shapes->size(); ++i) {
    for (int64_t extent : (*shapes)[i])
      if (extent < 0)
        return mistake(ErrorKind::InvalidArgument,
                       "--shapes leaves an extent of operand " +
                           std::to_string(i) +
                           " open, but a call needs a number");
    if (Result<Success> added = add(i, (*shapes)[i]); !added)
      return added;
  }
  return Success{};
}

void ProgramShapes::addHints() {
  for (size_t i = 0; i < numbers.size(); ++i)
    if (numbers[i] < 0) {
      int64_t hint = labels.program().openNumbers[i].hint;
      numbers[i] = hint >= 0 ? hint : DefaultOpenExtent;
    }
}

Shape ProgramShapes::shape(uint32_t argument) const {
  const EincArgument &described = labels.artifact().arguments[argument];
  Shape shape(described.extents, described.extents + described.rank);
  for (int64_t &extent : shape)
    if (extent < 0)
      extent = numbers[size_t(-1 - extent)];
  return shape;
}

} // namespace einc
