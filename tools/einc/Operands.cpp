// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Operands from files or from a seed.

#include "tools/einc/Operands.h"

namespace einc {

static Result<Success> inferFromFiles(Problem &problem) {
  Result<ShapedEquation> shaped =
      inferShapes(*problem.equation, problem.shapes);
  if (!shaped)
    return std::move(shaped).error();
  problem.shaped = *std::move(shaped);
  return Success{};
}

Result<Operands> Operands::open(const CommandLine &line, Problem &problem) {
  Operands operands;
  operands.elementType = line.dtype.value_or(ElementType::F32);
  operands.seed = line.randomSeed.value_or(0);
  if (problem.shaped) {
    for (const Shape &shape : problem.shapes)
      operands.allLayouts.push_back(
          TensorLayout::rowMajor(operands.elementType, shape));
    return operands;
  }
  for (const std::string &path : line.files) {
    Result<NpyFile> file = NpyFile::open(path);
    if (!file)
      return std::move(file).error();
    TensorLayout layout = file->layout();
    if (operands.files.empty())
      operands.elementType = layout.type;
    if (layout.type != operands.elementType)
      return Diagnostic{.kind = ErrorKind::UnsupportedType,
                        .message = "'" + path + "' holds " +
                                   elementName(layout.type) + ", but '" +
                                   line.files[0] + "' holds " +
                                   elementName(operands.elementType),
                        .notes = {"all operands must have one element type"}};
    problem.shapes.push_back(layout.extents);
    operands.allLayouts.push_back(std::move(layout));
    operands.files.push_back(*std::move(file));
  }
  if (Result<Success> inferred = inferFromFiles(problem); !inferred)
    return std::move(inferred).error();
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
