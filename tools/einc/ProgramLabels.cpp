// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/einc/ProgramLabels.h"

#include "compiler/Support/Printable.h"

namespace einc {

Result<ProgramLabels> ProgramLabels::read(const EincProgram &program) {
  auto bad = [](std::string message) {
    return Diagnostic{.kind = ErrorKind::BadArtifact,
                      .message = std::move(message)};
  };
  ProgramLabels labels;
  labels.owner = &program;
  const EincArtifact &artifact = labels.artifact();
  if (!artifact.equation)
    return bad("the program has no equation");
  Result<Equation> equation = parseEquation(artifact.equation);
  if (!equation)
    return bad("the program's equation is none: " + equation.error().message);
  labels.parsed = *std::move(equation);
  if (labels.parsed.operands.size() + 1 != artifact.numArguments)
    return bad("the program's equation has " +
               counted(labels.parsed.operands.size(), "operand", "operands") +
               ", the program has other arguments");
  return labels;
}

std::string ProgramLabels::argument(uint32_t number) const {
  const char *name = artifact().arguments[number].name;
  return (number == numOperands() ? std::string("the output")
                                  : "operand " + std::to_string(number)) +
         (name && *name ? " (" + inQuotes(name) + ")" : "");
}

std::string ProgramLabels::label(uint32_t argument, uint32_t axis) const {
  const Term &term =
      argument == numOperands() ? parsed.output : parsed.operands[argument];
  const uint32_t rank = artifact().arguments[argument].rank;
  uint32_t place = axis;
  if (term.ellipsis >= 0 && axis >= uint32_t(term.ellipsis)) {
    // Axes behind the ellipsis are counted from the end.
    uint32_t behind = term.numAxes - uint32_t(term.ellipsis);
    if (rank - axis > behind)
      return "an axis of '...'";
    place = term.numAxes - (rank - axis);
  }
  if (place >= term.numAxes)
    return "an axis without a label";
  return "label " + inQuotes(parsed.labels[parsed.begin(term)[place].label]);
}

std::string ProgramLabels::shape(uint32_t argument) const {
  const EincArgument &described = artifact().arguments[argument];
  std::string text = "(";
  for (uint32_t axis = 0; axis < described.rank; ++axis) {
    int64_t extent = described.extents[axis];
    const char *name =
        extent < 0 ? owner->openNumbers[-1 - extent].name : nullptr;
    text += (axis ? ", " : "") + (extent >= 0 ? std::to_string(extent)
                                              : printable(name ? name : "?"));
  }
  return text + ")";
}

} // namespace einc
