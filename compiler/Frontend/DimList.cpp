// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Extents by label: reading them, and giving them to an equation.

#include "compiler/Frontend/EquationErrors.h"
#include "compiler/Frontend/ListScanner.h"
#include "compiler/Frontend/ShapeList.h"

#include <algorithm>

using namespace einc;

/// Labels named in a note.
static constexpr size_t maxListed = 12;

/// Indices into `names`, sorted by name, for lookups that nothing can slow.
template <typename Name>
static std::vector<uint32_t> sortedIndices(size_t count, Name name) {
  std::vector<uint32_t> order(count);
  for (uint32_t i = 0; i < count; ++i)
    order[i] = i;
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    int order = name(a).compare(name(b));
    return order < 0 || (order == 0 && a < b);
  });
  return order;
}

Result<DimList> einc::parseDims(std::string_view text) {
  if (text.size() > static_cast<size_t>(std::numeric_limits<int32_t>::max()))
    return diagnose(ErrorKind::InvalidArgument,
                    "the list of extents is longer than 2147483647 bytes", "",
                    {});
  DimList list;
  list.text = text;
  ListScanner scanner(text);
  while (!scanner.atEnd() || !list.dims.empty()) {
    size_t byte = scanner.position();
    std::string_view label = scanner.word();
    if (label.empty())
      return scanner.unexpected("a label");
    if (!scanner.consume('='))
      return scanner.unexpected("'=' after the label");
    Result<int64_t> extent = scanner.extent();
    if (!extent)
      return extent.error();
    list.dims.push_back(
        {std::string(label), *extent, static_cast<uint32_t>(byte)});
    if (scanner.atEnd())
      break;
    if (!scanner.consume(','))
      return scanner.unexpected("',' or the end");
  }

  auto name = [&](uint32_t i) -> const std::string & {
    return list.dims[i].label;
  };
  std::vector<uint32_t> order = sortedIndices(list.dims.size(), name);
  for (size_t i = 1; i < order.size(); ++i)
    if (name(order[i - 1]) == name(order[i]))
      return diagnose(ErrorKind::InvalidArgument,
                      "label " + inQuotes(name(order[i])) + " is given twice",
                      text,
                      {list.dims[order[i - 1]].byte, list.dims[order[i]].byte});
  return list;
}

/// Index into Equation::axes of the first axis with each label.
static std::vector<uint32_t> firstAxes(const Equation &equation) {
  std::vector<uint32_t> result(equation.labels.size());
  for (size_t i = equation.output.firstAxis; i-- > 0;)
    result[equation.axes[i].label] = static_cast<uint32_t>(i);
  return result;
}

static Diagnostic missingExtents(const Equation &equation,
                                 const std::vector<LabelId> &missing) {
  const Axis &axis = equation.axes[firstAxes(equation)[missing.front()]];
  std::vector<size_t> bytes;
  if (equation.form != Equation::Form::Interleaved)
    bytes.push_back(axis.byte);
  Diagnostic result =
      diagnose(ErrorKind::InvalidArgument,
               "no extent is given for " + labelName(equation, missing.front()),
               equation.text, bytes);
  if (missing.size() > 1) {
    std::string note = "nor for ";
    for (size_t i = 1; i < std::min(missing.size(), maxListed); ++i)
      note += (i > 1 ? ", " : "") + labelName(equation, missing[i]);
    if (missing.size() > maxListed)
      note += ", ...";
    result.notes.push_back(note);
  }
  return result;
}

Result<std::vector<Shape>> einc::shapesFromDims(const Equation &equation,
                                                const DimList &list) {
  auto name = [&](uint32_t i) -> const std::string & {
    return equation.labels[i];
  };
  std::vector<uint32_t> order = sortedIndices(equation.labels.size(), name);
  std::vector<int64_t> extents(equation.labels.size());
  std::vector<bool> isGiven(equation.labels.size(), false);
  for (const Dim &dim : list.dims) {
    auto found = std::lower_bound(
        order.begin(), order.end(), dim.label,
        [&](uint32_t i, const std::string &label) { return name(i) < label; });
    if (found == order.end() || name(*found) != dim.label)
      return diagnose(ErrorKind::InvalidArgument,
                      "the equation has no label " + inQuotes(dim.label),
                      list.text, {dim.byte});
    extents[*found] = dim.extent;
    isGiven[*found] = true;
  }
  std::vector<LabelId> missing;
  for (LabelId label = 0; label < extents.size(); ++label)
    if (!isGiven[label])
      missing.push_back(label);
  if (!missing.empty())
    return missingExtents(equation, missing);

  std::vector<Shape> shapes;
  shapes.reserve(equation.operands.size());
  for (const Term &term : equation.operands) {
    Shape &shape = shapes.emplace_back();
    for (const Axis *axis = equation.begin(term); axis != equation.end(term);
         ++axis)
      shape.push_back(extents[axis->label]);
  }
  return shapes;
}
