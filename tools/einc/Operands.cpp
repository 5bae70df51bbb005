// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Operands from files or from a seed.

#include "tools/einc/Operands.h"

#include "compiler/API/ResultType.h"

namespace einc {

static Result<Success> inferFromFiles(Problem &problem) {
  Result<ShapedEquation> shaped =
      inferShapes(*problem.equation, problem.shapes);
  if (!shaped)
    return std::move(shaped).error();
  problem.shaped = *std::move(shaped);
  return Success{};
}

static Diagnostic badOption(std::string message) {
  return {.kind = ErrorKind::InvalidArgument, .message = std::move(message)};
}

/// The type that --dtype names for operand number `i`.
static std::optional<ElementType> typeOf(const CommandLine &line, size_t i) {
  if (line.dtypes.empty())
    return std::nullopt;
  return line.dtypes[line.dtypes.size() == 1 ? 0 : i];
}

static Result<Success> checkCounts(const CommandLine &line, size_t operands) {
  if (line.dtypes.size() > 1 && line.dtypes.size() != operands)
    return badOption("--dtype names " + std::to_string(line.dtypes.size()) +
                     " types, but there " +
                     (operands == 1
                          ? "is 1 operand"
                          : "are " + std::to_string(operands) + " operands"));
  for (uint64_t number : line.conjugate)
    if (number >= operands)
      return badOption("--conjugate names operand " + std::to_string(number) +
                       " of " + std::to_string(operands) + "; the first is 0");
  return Success{};
}

Result<Operands> Operands::open(const CommandLine &line, Problem &problem) {
  Operands operands;
  operands.seed = line.randomSeed.value_or(0);
  size_t count = problem.shaped ? problem.shapes.size() : line.files.size();
  if (Result<Success> checked = checkCounts(line, count); !checked)
    return std::move(checked).error();
  for (size_t i = 0; i < count; ++i) {
    if (problem.shaped) {
      operands.allLayouts.push_back(TensorLayout::rowMajor(
          typeOf(line, i).value_or(ElementType::F32), problem.shapes[i]));
      continue;
    }
    Result<NpyFile> file = NpyFile::open(line.files[i], typeOf(line, i));
    if (!file)
      return std::move(file).error();
    operands.allLayouts.push_back(file->layout());
    problem.shapes.push_back(operands.allLayouts.back().extents);
    operands.files.push_back(*std::move(file));
  }
  for (uint64_t number : line.conjugate) {
    TensorLayout &layout = operands.allLayouts[number];
    layout.conjugate = isComplex(layout.type);
  }
  if (!problem.shaped)
    if (Result<Success> inferred = inferFromFiles(problem); !inferred)
      return std::move(inferred).error();

  std::vector<ElementType> types;
  for (const TensorLayout &layout : operands.allLayouts)
    types.push_back(layout.type);
  Result<ElementType> type = einc::resultType(types, line.accumulate);
  if (!type)
    return std::move(type).error();
  operands.type = *type;
  return operands;
}

Result<std::vector<TensorData>> Operands::load() && {
  std::vector<TensorData> tensors;
  RandomFill random(seed);
  for (size_t i = 0; i < allLayouts.size(); ++i) {
    Result<TensorData> tensor = files.empty()
                                    ? TensorData::allocate(allLayouts[i])
                                    : std::move(files[i]).read();
    if (!tensor)
      return std::move(tensor).error();
    if (files.empty())
      random.fill(*tensor);
    tensors.push_back(*std::move(tensor));
  }
  return tensors;
}

} // namespace einc
