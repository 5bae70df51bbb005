// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Files or random numbers -> tensors as the program takes them.

#include "tools/einc/ProgramCall.h"

#include "compiler/API/CopyElements.h"
#include "compiler/Driver/MemoryLimit.h"
#include "compiler/Support/Printable.h"
#include "tools/einc/ProgramShapes.h"

#include <algorithm>
#include <numeric>

namespace einc {

static Diagnostic mistake(ErrorKind kind, std::string message) {
  return {.kind = kind, .message = std::move(message)};
}

/// Whether the elements fill memory from the first one on, in some order of
/// axes.
static bool isPacked(const TensorLayout &layout) {
  std::vector<size_t> axes(layout.extents.size());
  std::iota(axes.begin(), axes.end(), 0);
  std::ranges::sort(axes, {}, [&](size_t axis) {
    return std::pair(layout.strides[axis], layout.extents[axis]);
  });
  int64_t expected = 1;
  for (size_t axis : axes) {
    if (layout.extents[axis] == 1)
      continue;
    if (layout.strides[axis] != expected)
      return false;
    expected *= layout.extents[axis]; // no overflow: layoutBytes() is known
  }
  return true;
}

/// Whether two layouts put elements into the same places.
static bool samePlaces(const TensorLayout &a, const TensorLayout &b) {
  for (size_t axis = 0; axis < a.extents.size(); ++axis)
    if (a.extents[axis] > 1 && a.strides[axis] != b.strides[axis])
      return false;
  return true;
}

/// How the program wants an argument to lie.
static Result<TensorLayout> wantedLayout(const ProgramLabels &labels,
                                         uint32_t number, Shape shape) {
  const EincArgument &argument = labels.artifact().arguments[number];
  TensorLayout layout =
      TensorLayout::rowMajor(ElementType(argument.type), std::move(shape));
  layout.conjugate = argument.flags & EINC_ARGUMENT_CONJUGATE;
  Result<uint64_t> bytes = layoutBytes(layout);
  if (!bytes)
    return std::move(bytes).error();
  if (argument.strides && *bytes > 0) {
    layout.strides.assign(argument.strides, argument.strides + argument.rank);
    if (!isPacked(layout))
      return mistake(ErrorKind::InvalidArgument,
                     labels.argument(number) + " has strides " +
                         formatShape(layout.strides) +
                         ", which no tensor in a file has");
  }
  return layout;
}

/// The same elements, as the program wants them.
static Result<TensorData> convert(TensorData from, const TensorLayout &wanted) {
  if (samePlaces(from.layout, wanted)) {
    from.layout = wanted;
    return from;
  }
  TensorLayout rowMajor = TensorLayout::rowMajor(wanted.type, wanted.extents);
  if (!samePlaces(rowMajor, wanted))
    return mistake(ErrorKind::InvalidArgument,
                   "the program takes strides " + formatShape(wanted.strides) +
                       " for shape " + formatShape(wanted.extents) +
                       ", a file has others");
  Result<TensorData> to = TensorData::allocate(wanted);
  if (!to)
    return to;
  copyElements(
      TensorView(from.elements.get(),
                 TensorType(from.layout.type, IndexList(from.layout.extents),
                            IndexList(from.layout.strides))),
      wanted.type, to->elements.get());
  return to;
}

static Result<std::vector<NpyFile>> openFiles(const CommandLine &line,
                                              const ProgramLabels &labels,
                                              ProgramShapes &shapes) {
  std::vector<NpyFile> files;
  if (line.files.empty())
    return files;
  if (line.files.size() != labels.numOperands())
    return mistake(ErrorKind::OperandCount,
                   "the program takes " +
                       counted(labels.numOperands(), "operand", "operands") +
                       ", " + counted(line.files.size(), "file", "files") +
                       (line.files.size() == 1 ? " is given" : " are given"));
  for (uint32_t i = 0; i < line.files.size(); ++i) {
    ElementType type = ElementType(labels.artifact().arguments[i].type);
    Result<NpyFile> file = NpyFile::open(line.files[i], type);
    if (!file)
      return std::move(file).error();
    if (Result<Success> added = shapes.add(i, file->layout().extents); !added)
      return std::move(added).error();
    files.push_back(*std::move(file));
  }
  return files;
}

static Result<Success> checkMemory(const CommandLine &line,
                                   const std::vector<TensorLayout> &layouts) {
  double bytes = 0;
  for (const TensorLayout &layout : layouts)
    if (Result<uint64_t> own = layoutBytes(layout); own)
      bytes += double(*own);
  uint64_t limit = line.maxMemory ? line.maxMemory : availableMemoryBytes();
  if (bytes <= double(limit))
    return Success{};
  return mistake(ErrorKind::Limit, "operands and output take " +
                                       std::to_string(uint64_t(bytes)) +
                                       " bytes, at most " +
                                       std::to_string(limit) + " are allowed");
}

/// Open strides are those that the tensors have.
static void setStrides(const ProgramLabels &labels, ProgramCall &call) {
  const EincArtifact &artifact = labels.artifact();
  for (uint32_t i = 0; i < artifact.numArguments; ++i) {
    const EincArgument &argument = artifact.arguments[i];
    const TensorData &tensor = i < labels.numOperands()
                                   ? call.tensors.operands[i]
                                   : call.tensors.output;
    for (uint32_t axis = 0;
         argument.openStrides != EINC_NO_OPEN_STRIDES && axis < argument.rank;
         ++axis)
      call.openNumbers[argument.openStrides + axis] =
          tensor.layout.strides[axis];
  }
}

Result<ProgramCall> ProgramCall::make(const CommandLine &line,
                                      const ProgramLabels &labels) {
  ProgramShapes shapes(labels);
  Result<std::vector<NpyFile>> files = openFiles(line, labels, shapes);
  if (!files)
    return std::move(files).error();
  if (Result<Success> given = shapes.addGiven(line); !given)
    return std::move(given).error();
  shapes.addHints();

  ProgramCall call;
  call.openNumbers = shapes.numbers;
  std::vector<TensorLayout> layouts;
  for (uint32_t i = 0; i <= labels.numOperands(); ++i) {
    Result<TensorLayout> layout = wantedLayout(labels, i, shapes.shape(i));
    if (!layout)
      return std::move(layout).error();
    layouts.push_back(*std::move(layout));
  }
  if (Result<Success> fits = checkMemory(line, layouts); !fits)
    return std::move(fits).error();

  RandomFill random(line.randomSeed.value_or(0));
  for (uint32_t i = 0; i < labels.numOperands(); ++i) {
    call.shapes.push_back(layouts[i].extents);
    Result<TensorData> tensor = files->empty()
                                    ? TensorData::allocate(layouts[i])
                                    : std::move((*files)[i]).read();
    bool openStrides =
        labels.artifact().arguments[i].openStrides != EINC_NO_OPEN_STRIDES;
    if (tensor && files->empty())
      random.fill(*tensor);
    else if (tensor && openStrides)
      tensor->layout.conjugate = layouts[i].conjugate;
    else if (tensor)
      tensor = convert(*std::move(tensor), layouts[i]);
    if (!tensor)
      return std::move(tensor).error();
    call.tensors.operands.push_back(*std::move(tensor));
  }
  Result<TensorData> output = TensorData::allocate(layouts.back());
  if (!output)
    return std::move(output).error();
  call.tensors.output = *std::move(output);
  setStrides(labels, call);
  return call;
}

} // namespace einc
