// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Schedule/OpenProblem.h"
#include "compiler/Schedule/Buffers.h"

#include <algorithm>

namespace einc {

namespace {

/// A factor between the strides of a dense tensor and the example of open ones:
/// none is one element.
constexpr int64_t Spread = 8;

Diagnostic diagnose(ErrorKind kind, std::string message) {
  return {kind, std::move(message), {}, {}, {}};
}

class Maker {
public:
  Maker(const ShapedEquation &equation, bool openStrides)
      : given(equation), openStrides(openStrides) {}

  Result<OpenProblem> make(const std::vector<TensorLayout> &operands,
                           const TensorLayout &output);

private:
  double elements(std::span<const LabelId> labels, int64_t unknown) const;
  int64_t exampleOfUnknown() const;
  void addExtents();
  Result<TensorLayout> addArgument(std::span<const LabelId> labels,
                                   const TensorLayout &layout,
                                   const std::string &name);
  Result<Success> checkLayout(std::span<const LabelId> labels,
                              const TensorLayout &layout,
                              const std::string &name) const;
  void addStrides(std::span<const LabelId> labels, TensorLayout &layout,
                  bool hasOpenAxis);
  Formula bytesOf(std::span<const LabelId> labels, const TensorLayout &layout,
                  bool hasOpenAxis);
  bool isOpen(LabelId label) const { return problem.extents[label] != 0; }
  Size axis(LabelId label, const TensorLayout &layout, size_t i) const {
    return isOpen(label) ? problem.extent(label) : Size{layout.extents[i], 0};
  }

  const ShapedEquation &given;
  const bool openStrides;
  OpenProblem problem;
};

/// Elements of a tensor if open extents without a hint are `unknown`.
double Maker::elements(std::span<const LabelId> labels, int64_t unknown) const {
  double product = 1;
  for (LabelId label : labels) {
    bool isUnknown =
        std::ranges::any_of(given.openExtents, [&](const OpenExtent &open) {
          return open.label == label && !open.hasHint;
        });
    product *= double(isUnknown ? unknown : given.extents[label]);
  }
  return product;
}

/// Examples of many open extents together must not be too large for a tensor.
int64_t Maker::exampleOfUnknown() const {
  constexpr double mostElements = double(int64_t(1) << 36);
  int64_t example = DefaultOpenExtent;
  std::vector<LabelId> all;
  for (const OpenExtent &open : given.openExtents)
    all.push_back(open.label);
  auto shrink = [&](std::span<const LabelId> labels) {
    while (example > 2 && elements(labels, example) > mostElements)
      example /= 2;
  };
  shrink(all);
  shrink(given.outputLabels);
  for (size_t i = 0; i < given.numOperands(); ++i)
    shrink(given.operand(i));
  return example;
}

void Maker::addExtents() {
  problem.equation = given;
  problem.extents.assign(given.labels.size(), 0);
  const int64_t unknown = exampleOfUnknown();
  Formula smallest;
  for (const OpenExtent &open : given.openExtents) {
    int64_t &example = problem.equation.extents[open.label];
    example = open.hasHint ? std::max<int64_t>(example, 2) : unknown;
    Size size = problem.sizes.addNumber(example);
    problem.extents[open.label] = size.id;
    Formula extent = problem.sizes.formulaOf(size);
    smallest = smallest.empty() ? extent : least(std::move(smallest), extent);
    problem.sumsOpen |= std::ranges::find(given.outputLabels, open.label) ==
                        given.outputLabels.end();
  }
  problem.isFull = problem.isEmpty = formula(1);
  if (!smallest.empty()) {
    problem.isFull = least(smallest, formula(1));
    problem.isEmpty = combine(EINC_OP_EQUAL, smallest, formula(0));
  }
  Shape &shape = problem.equation.outputShape;
  for (size_t i = 0; i < shape.size(); ++i)
    shape[i] = problem.equation.extents[given.outputLabels[i]];
}

Result<Success> Maker::checkLayout(std::span<const LabelId> labels,
                                   const TensorLayout &layout,
                                   const std::string &name) const {
  if (layout.extents.size() != labels.size() ||
      (!openStrides && layout.strides.size() != labels.size()))
    return diagnose(ErrorKind::InvalidArgument,
                    name +
                        " does not have an extent and a stride for each of "
                        "its " +
                        std::to_string(labels.size()) + " axes");
  bool hasOpenAxis = false;
  for (size_t i = 0; i < labels.size(); ++i) {
    if (!isOpen(labels[i]))
      continue;
    hasOpenAxis = true;
    if (layout.extents[i] != given.extents[labels[i]])
      return diagnose(ErrorKind::InvalidArgument,
                      name + " has extent " +
                          std::to_string(layout.extents[i]) + " in axis " +
                          std::to_string(i) + " but label '" +
                          given.labels[labels[i]] + "' is open, planned as " +
                          std::to_string(given.extents[labels[i]]));
  }
  if (hasOpenAxis && !openStrides &&
      layout.strides !=
          TensorLayout::rowMajor(layout.type, layout.extents).strides)
    return diagnose(ErrorKind::InvalidArgument,
                    name + " has open extents and is not dense in row-major "
                           "order: other strides must be open too");
  return Success{};
}

/// The strides of an argument, as sizes and as examples.
void Maker::addStrides(std::span<const LabelId> labels, TensorLayout &layout,
                       bool hasOpenAxis) {
  std::vector<Size> &strides = problem.strides.emplace_back(labels.size());
  const Size unit{int64_t(elementBytes(layout.type)), 0};
  if (openStrides || hasOpenAxis)
    layout.strides =
        TensorLayout::rowMajor(layout.type, layout.extents).strides;
  if (openStrides) {
    for (size_t i = 0; i < labels.size(); ++i) {
      // Too large an example is an error later, by its product.
      Size spread = problem.sizes.multiply({layout.strides[i], 0}, {Spread, 0});
      layout.strides[i] = spread.value;
      strides[i] =
          problem.sizes.multiply(problem.sizes.addNumber(spread.value), unit);
    }
    return;
  }
  Size dense = unit;
  for (size_t i = labels.size(); i-- > 0;) {
    strides[i] = hasOpenAxis ? dense : Size{layout.strides[i] * unit.value, 0};
    if (hasOpenAxis)
      dense = problem.sizes.multiply(dense, axis(labels[i], layout, i));
  }
}

Formula Maker::bytesOf(std::span<const LabelId> labels,
                       const TensorLayout &layout, bool hasOpenAxis) {
  const OpenSizes &sizes = problem.sizes;
  if (!openStrides && !hasOpenAxis)
    return formula(spanBytes(layout).value_or(0));
  const int64_t unit = int64_t(elementBytes(layout.type));
  if (!openStrides) {
    Size bytes{unit, 0};
    for (size_t i = 0; i < labels.size(); ++i)
      bytes = problem.sizes.multiply(bytes, axis(labels[i], layout, i));
    return sizes.formulaOf(bytes);
  }
  // unit + sum of |stride| * (extent - 1), or 0 if there are no elements.
  Formula span = formula(unit), isFull = formula(1);
  for (size_t i = 0; i < labels.size(); ++i) {
    Formula stride = sizes.formulaOf(problem.strides.back()[i]);
    Formula distance = greatest(stride, formula(-1) * stride);
    Formula extent = sizes.formulaOf(axis(labels[i], layout, i));
    span = std::move(span) +
           std::move(distance) * (greatest(extent, formula(1)) + formula(-1));
    isFull = least(std::move(isFull), extent);
  }
  return std::move(span) * isFull;
}

Result<TensorLayout> Maker::addArgument(std::span<const LabelId> labels,
                                        const TensorLayout &layout,
                                        const std::string &name) {
  if (auto checked = checkLayout(labels, layout, name); !checked)
    return std::move(checked).error();
  TensorLayout example = layout;
  bool hasOpenAxis = false;
  for (size_t i = 0; i < labels.size(); ++i)
    if (isOpen(labels[i])) {
      hasOpenAxis = true;
      example.extents[i] = problem.equation.extents[labels[i]];
    }
  addStrides(labels, example, hasOpenAxis);
  problem.bytes.push_back(bytesOf(labels, example, hasOpenAxis));
  return example;
}

Result<OpenProblem> Maker::make(const std::vector<TensorLayout> &operands,
                                const TensorLayout &output) {
  constexpr size_t mostOpen = 64;
  if (given.openExtents.size() > mostOpen)
    return diagnose(ErrorKind::Limit, std::to_string(given.openExtents.size()) +
                                          " extents are open, at most " +
                                          std::to_string(mostOpen) + " may be");
  if (operands.size() != given.numOperands())
    return diagnose(ErrorKind::InvalidArgument,
                    "the equation has " + std::to_string(given.numOperands()) +
                        " operands but " + std::to_string(operands.size()) +
                        " layouts are given");
  addExtents();
  for (size_t i = 0; i < operands.size(); ++i) {
    auto example = addArgument(given.operand(i), operands[i],
                               "operand " + std::to_string(i));
    if (!example)
      return std::move(example).error();
    problem.operands.push_back(*std::move(example));
  }
  auto example = addArgument(given.outputLabels, output, "the output");
  if (!example)
    return std::move(example).error();
  problem.output = *std::move(example);
  if (problem.sizes.overflowed())
    return diagnose(ErrorKind::Limit,
                    "the extents that are planned for are too large");
  return std::move(problem);
}

} // namespace

Result<OpenProblem> makeOpenProblem(const ShapedEquation &equation,
                                    const std::vector<TensorLayout> &operands,
                                    const TensorLayout &output,
                                    bool openStrides) {
  return Maker(equation, openStrides).make(operands, output);
}

NormalizedTensor normalizeOpenTensor(std::span<const LabelId> labels,
                                     const TensorLayout &layout,
                                     std::span<const Size> strides,
                                     OpenSizes &sizes,
                                     std::vector<uint32_t> &slots) {
  NormalizedTensor tensor;
  for (size_t i = 0; i < labels.size(); ++i) {
    if (layout.extents[i] == 1)
      continue;
    uint32_t &slot = slots[labels[i]];
    if (slot == NoSlot) {
      slot = uint32_t(tensor.axes.size());
      tensor.axes.push_back({labels[i], strides[i].value, strides[i].id});
      continue;
    }
    tensor.repeats = true;
    StridedAxis &axis = tensor.axes[slot];
    Size sum = sizes.add({axis.stride, axis.size}, strides[i]);
    axis.stride = sum.value;
    axis.size = sum.id;
  }
  for (const StridedAxis &axis : tensor.axes)
    slots[axis.label] = NoSlot;
  return tensor;
}

size_t OpenWorkspace::allocate(Size bytes) {
  for (size_t i = 0; i < places.size(); ++i)
    if (Place &place = places[i];
        place.isFree && place.bytes.id == bytes.id &&
        (bytes.id || place.bytes.value == bytes.value)) {
      place.isFree = false;
      return i;
    }
  places.push_back({bytes, total(), false});
  return places.size() - 1;
}

/// Equal sizes are counted, so that the formula stays short.
Formula OpenWorkspace::total() const {
  std::map<uint32_t, int64_t> counts;
  const Formula line = formula(WorkspaceAllocator::Alignment);
  Formula sum = formula(0);
  for (const Place &place : places)
    if (place.bytes.id == 0)
      sum = std::move(sum) + ceilDiv(formula(place.bytes.value), line) * line;
    else
      ++counts[place.bytes.id];
  for (auto [id, count] : counts)
    sum = std::move(sum) +
          ceilDiv(sizes.formulaOf({0, id}), line) * (line * formula(count));
  return sum;
}

} // namespace einc
