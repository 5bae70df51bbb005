// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Frontend/ShapeErrors.h"
#include "compiler/Frontend/EquationErrors.h"
#include "compiler/Support/Printable.h"
#include "compiler/Support/Unicode.h"

using namespace einc;

static std::string operandName(uint32_t operand) {
  return "operand " + std::to_string(operand);
}

Diagnostic ShapeErrors::at(ErrorKind kind, std::string message,
                           std::vector<size_t> bytes) const {
  if (interleaved())
    bytes.clear();
  return diagnose(kind, std::move(message), equation.text, bytes);
}

bool ShapeErrors::interleaved() const {
  return equation.form == Equation::Form::Interleaved;
}

size_t ShapeErrors::byteOf(OperandAxis at) const {
  return equation.begin(equation.operands[at.operand])[at.entry].byte;
}

std::string ShapeErrors::labelName(OperandAxis at) const {
  const Term &term = equation.operands[at.operand];
  return einc::labelName(equation, equation.begin(term)[at.entry].label);
}

/// "operand 1"; where no caret shows the axis, "axis 0 of operand 1".
std::string ShapeErrors::placeName(OperandAxis at) const {
  std::string axis =
      interleaved() ? "axis " + std::to_string(at.axis) + " of " : "";
  return axis + operandName(at.operand);
}

/// "operand 0 has shape (3, 4)"
std::string ShapeErrors::shapeOf(uint32_t operand) const {
  return operandName(operand) + " has shape " +
         formatShapeAbridged(shapes[operand]);
}

/// The term as it is written, in quotes.
std::string ShapeErrors::termText(uint32_t operand) const {
  const Term &term = equation.operands[operand];
  size_t end = term.ellipsis >= 0 ? term.ellipsisByte + 3 : term.byte;
  if (term.numAxes > 0) {
    const Axis &last = equation.end(term)[-1];
    end = std::max(end, last.byte + equation.labels[last.label].size());
  }
  return inQuotes(
      std::string_view(equation.text).substr(term.byte, end - term.byte));
}

Diagnostic ShapeErrors::operandCount() const {
  size_t terms = equation.operands.size();
  std::string count =
      shapes.empty() ? "there are no operands"
      : shapes.size() == 1
          ? "there is 1 operand"
          : "there are " + std::to_string(shapes.size()) + " operands";
  bool tooMany = terms > shapes.size();
  size_t byte =
      tooMany ? equation.operands[shapes.size()].byte : equation.inputsEndByte;
  Diagnostic result = at(ErrorKind::OperandCount,
                         "the equation has " + counted(terms, "term", "terms") +
                             " but " + count,
                         {byte});
  if (!tooMany)
    result.notes.push_back(
        shapeOf(static_cast<uint32_t>(terms)) + " and no term" +
        (interleaved() ? "" : "; terms are separated by ','"));
  noteLookalikes(equation, result);
  return result;
}

Diagnostic ShapeErrors::negativeExtent(OperandAxis where) const {
  Diagnostic result =
      at(ErrorKind::InvalidArgument,
         "axis " + std::to_string(where.axis) + " of " +
             operandName(where.operand) + " has the negative extent " +
             std::to_string(extent(where)),
         {});
  result.notes.push_back(shapeOf(where.operand) + "; an extent is 0 or more");
  return result;
}

/// Why the number of labels may not be what the author thinks it is.
std::string ShapeErrors::formHint(uint32_t operand) const {
  if (interleaved())
    return "";
  const Term &term = equation.operands[operand];
  size_t letters = 0, words = 0, nextByte = 0;
  for (const Axis *axis = equation.begin(term); axis != equation.end(term);
       ++axis) {
    const std::string &label = equation.labels[axis->label];
    letters += countCodePoints(label);
    words += axis->byte != nextByte || words == 0;
    nextByte = axis->byte + label.size();
  }
  size_t rank = shapes[operand].size();
  if (equation.form == Equation::Form::Named && letters == rank &&
      letters > term.numAxes)
    return "a space beside a word of several letters makes every word of the "
           "equation one label; for one label a letter, write no spaces";
  if (equation.form == Equation::Form::Compact && words == rank &&
      letters > 2 && words < letters)
    return "every letter is a label here; words are labels only if in some "
           "term a space stands between two of them";
  return "";
}

Diagnostic ShapeErrors::rankMismatch(uint32_t operand) const {
  const Term &term = equation.operands[operand];
  size_t rank = shapes[operand].size();
  std::string labels = counted(term.numAxes, "label", "labels");
  std::string message =
      operandName(operand) + " has " + counted(rank, "axis", "axes") + " but ";
  if (interleaved())
    message += "its list has " + labels;
  else if (term.numAxes == 0)
    message += "its term is empty";
  else
    message += "its term " + termText(operand) + " has " + labels;
  if (term.ellipsis >= 0)
    message += " beside '...'";

  Diagnostic result =
      at(ErrorKind::RankMismatch, std::move(message), {term.byte});
  std::string right = "write one label for each axis";
  if (term.ellipsis >= 0)
    right = "an ellipsis stands for 0 axes or more";
  else if (rank == 0)
    right = "the term of a scalar is empty";
  else if (term.numAxes < rank)
    right += ", or '...' for those without a label";
  result.notes.push_back(shapeOf(operand) + "; " + right);
  noteLookalikes(equation, result);
  if (std::string hint = formHint(operand);
      !hint.empty() && result.notes.size() == 1)
    result.notes.push_back(hint);
  return result;
}

Diagnostic ShapeErrors::diagonalMismatch(OperandAxis first,
                                         OperandAxis second) const {
  std::string place = interleaved()
                          ? "axes " + std::to_string(first.axis) + " and " +
                                std::to_string(second.axis) + " of "
                          : "";
  Diagnostic result =
      at(ErrorKind::DiagonalMismatch,
         labelName(first) + " has extents " + std::to_string(extent(first)) +
             " and " + std::to_string(extent(second)) + " in " + place +
             operandName(first.operand),
         {byteOf(first), byteOf(second)});
  result.notes.push_back(shapeOf(first.operand) +
                         "; a label repeated in one operand needs equal "
                         "extents, 1 included");
  return result;
}

Diagnostic ShapeErrors::extentMismatch(OperandAxis first,
                                       OperandAxis second) const {
  Diagnostic result =
      at(ErrorKind::ExtentMismatch,
         labelName(first) + " has extent " + std::to_string(extent(first)) +
             " in " + placeName(first) + " but " +
             std::to_string(extent(second)) + " in " + placeName(second),
         {byteOf(first), byteOf(second)});
  result.notes.push_back(shapeOf(first.operand) + ", " +
                         shapeOf(second.operand) +
                         "; extents must be equal, or 1");
  return result;
}

Diagnostic ShapeErrors::ellipsisMismatch(OperandAxis first,
                                         OperandAxis second) const {
  auto place = [&](OperandAxis at) {
    return "axis " + std::to_string(at.axis) + " of " + operandName(at.operand);
  };
  Diagnostic result =
      at(ErrorKind::EllipsisMismatch,
         "axes under '...' do not broadcast: extent " +
             std::to_string(extent(first)) + " in " + place(first) + " but " +
             std::to_string(extent(second)) + " in " + place(second),
         {equation.operands[first.operand].ellipsisByte,
          equation.operands[second.operand].ellipsisByte});
  result.notes.push_back(shapeOf(first.operand) + ", " +
                         shapeOf(second.operand) +
                         "; axes under '...' are aligned at the right, and "
                         "extents must be equal, or 1");
  return result;
}

/// Of two axes of one label, at least one of them open.
Diagnostic ShapeErrors::openError(OperandAxis first, OperandAxis second,
                                  bool hidden, const std::string &message,
                                  const std::string &note) const {
  auto ellipsis = [&](OperandAxis at) {
    return equation.operands[at.operand].ellipsisByte;
  };
  bool isDiagonal = first.operand == second.operand;
  ErrorKind kind = hidden       ? ErrorKind::EllipsisMismatch
                   : isDiagonal ? ErrorKind::DiagonalMismatch
                                : ErrorKind::ExtentMismatch;
  Diagnostic result = hidden ? at(kind, "an axis under '...' " + message,
                                  {ellipsis(first), ellipsis(second)})
                             : at(kind, labelName(first) + " " + message,
                                  {byteOf(first), byteOf(second)});
  std::string shapes = shapeOf(first.operand);
  if (!isDiagonal)
    shapes += ", " + shapeOf(second.operand);
  result.notes.push_back(shapes + "; " + note);
  return result;
}

Diagnostic ShapeErrors::openMismatch(OperandAxis first, OperandAxis second,
                                     bool hidden) const {
  auto place = [&](OperandAxis at) {
    std::string text = isOpenAxis(extent(at))
                           ? "is open"
                           : "has extent " + std::to_string(extent(at));
    return text + " in axis " + std::to_string(at.axis) + " of " +
           operandName(at.operand);
  };
  return openError(first, second, hidden,
                   place(first) + " but " + place(second),
                   "an open extent never broadcasts: all axes of a label are "
                   "open, or none");
}

Diagnostic ShapeErrors::hintMismatch(OperandAxis first, OperandAxis second,
                                     bool hidden) const {
  return openError(first, second, hidden,
                   "is open with the hints " +
                       std::to_string(hintOf(extent(first))) + " and " +
                       std::to_string(hintOf(extent(second))),
                   "one hint is enough: the others may be '?'");
}

Diagnostic ShapeErrors::droppedEllipsis(uint32_t operand) const {
  const Term &term = equation.operands[operand];
  size_t axes = shapes[operand].size() - term.numAxes;
  Diagnostic result =
      at(ErrorKind::DroppedEllipsis,
         "the output has no '...' but the ellipsis of " + operandName(operand) +
             " stands for " + counted(axes, "axis", "axes"),
         {term.ellipsisByte});
  result.notes.push_back(shapeOf(operand) +
                         "; write '...' in the output to keep these axes, or "
                         "name them to sum over them");
  return result;
}

Diagnostic ShapeErrors::sizeOverflow(const Shape &output) const {
  Diagnostic result = at(ErrorKind::SizeOverflow,
                         "the output would have 2^63 elements or more", {});
  result.notes.push_back("the output has shape " + formatShapeAbridged(output));
  return result;
}

Diagnostic ShapeErrors::tooManyAxes() const {
  return at(ErrorKind::Limit, "the operands have 2^31 axes or more in all", {});
}
