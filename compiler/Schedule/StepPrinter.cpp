// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Step lists and their schedules as text.

#include "compiler/Schedule/Steps.h"

#include <algorithm>

namespace einc {

namespace {

const char *operatorText(uint32_t opcode) {
  switch (opcode) {
  case EINC_OP_ADD:
    return " + ";
  case EINC_OP_SUB:
    return " - ";
  case EINC_OP_MUL:
    return " * ";
  case EINC_OP_FLOORDIV:
    return " floordiv ";
  case EINC_OP_CEILDIV:
    return " ceildiv ";
  case EINC_OP_MIN:
    return " min ";
  case EINC_OP_MAX:
    return " max ";
  case EINC_OP_EQUAL:
    return " == ";
  default:
    return " ? ";
  }
}

/// Postfix tokens as infix text; "<malformed>" if the stack does not come out.
std::string expressionText(const EincArtifact &list,
                           EincExpression expression) {
  if (expression.count == 0)
    return "0";
  std::vector<std::string> stack;
  auto pop = [&] {
    std::string top = stack.empty() ? "<malformed>" : std::move(stack.back());
    if (!stack.empty())
      stack.pop_back();
    return top;
  };
  for (uint32_t i = 0; i < expression.count; ++i) {
    const EincToken &token = list.tokens[expression.first + i];
    if (token.opcode == EINC_OP_LITERAL) {
      stack.push_back(std::to_string(token.value));
    } else if (token.opcode == EINC_OP_EXTENT) {
      stack.push_back("e" + std::to_string(token.value));
    } else if (token.opcode == EINC_OP_COUNTER) {
      stack.push_back("c" + std::to_string(token.value));
    } else if (token.opcode == EINC_OP_SELECT) {
      std::string otherwise = pop(), then = pop(), condition = pop();
      stack.push_back("(" + condition + " ? " + then + " : " + otherwise + ")");
    } else {
      std::string right = pop(), left = pop();
      stack.push_back("(" + left + operatorText(token.opcode) + right + ")");
    }
  }
  return stack.size() == 1 ? stack[0] : "<malformed>";
}

std::string pointerText(const EincArtifact &list, const EincPointer &pointer,
                        uint32_t outputArgument) {
  const EincBuffer &buffer = list.buffers[pointer.buffer];
  std::string text;
  switch (buffer.kind) {
  case EINC_BUFFER_ARGUMENT:
    text = buffer.argument == outputArgument
               ? "output"
               : "operand" + std::to_string(buffer.argument);
    break;
  case EINC_BUFFER_WORKSPACE:
    text = "workspace@" + expressionText(list, buffer.offset);
    break;
  case EINC_BUFFER_CONSTANT:
    text = "constant";
    break;
  default:
    text = "scalars";
  }
  if (pointer.offset.count != 0)
    text += "+" + expressionText(list, pointer.offset);
  return text;
}

/// The arrays of a list as those of an artifact, with as much of its kernels as
/// is printed.
struct StepArrays {
  explicit StepArrays(const StepList &list);

  std::vector<EincKernel> kernels;
  EincArtifact artifact = {};
};

StepArrays::StepArrays(const StepList &list) {
  for (const Schedule &schedule : list.schedules) {
    EincKernel &kernel = kernels.emplace_back();
    kernel.family = familyName(schedule.family);
    kernel.numPointers = schedule.numPointers();
  }
  // The output is the last argument.
  for (const EincBuffer &buffer : list.buffers)
    if (buffer.kind == EINC_BUFFER_ARGUMENT)
      artifact.numArguments =
          std::max(artifact.numArguments, buffer.argument + 1);
  artifact.kernels = kernels.data();
  artifact.tokens = list.tokens.data();
  artifact.buffers = list.buffers.data();
  artifact.pointers = list.pointers.data();
  artifact.params = list.params.data();
  artifact.steps = list.steps.data();
  artifact.numSteps = uint32_t(list.steps.size());
  artifact.workspaceBytes = list.workspaceBytes;
}

} // namespace

std::string printExpression(const EincArtifact &artifact,
                            EincExpression expression) {
  return expressionText(artifact, expression);
}

std::string printSteps(const StepList &list) {
  return printSteps(StepArrays(list).artifact);
}

std::string printSteps(const EincArtifact &list) {
  std::string out;
  uint32_t output = list.numArguments - 1;
  // First step after each open loop.
  std::vector<size_t> ends;
  for (size_t i = 0; i < list.numSteps; ++i) {
    while (!ends.empty() && i >= ends.back())
      ends.pop_back();
    const EincStep &step = list.steps[i];
    out.append(2 * ends.size(), ' ');
    out += std::to_string(step.plan) + ": ";
    if (step.kind == EINC_STEP_LOOP) {
      out += "loop c" + std::to_string(step.counter) + " of " +
             expressionText(list, step.extent) + "\n";
      ends.push_back(i + 1 + step.bodySteps);
      continue;
    }
    const EincKernel &kernel = list.kernels[step.kernel];
    out += "kernel" + std::to_string(step.kernel) + " " +
           (kernel.family ? kernel.family : "?") +
           " grains=" + expressionText(list, step.extent) +
           " min=" + expressionText(list, step.minGrains) + " (";
    for (unsigned p = 0; p < kernel.numPointers; ++p)
      out += (p ? ", " : "") +
             pointerText(list, list.pointers[step.firstPointer + p], output);
    out += ") [";
    for (uint32_t p = 0; p < step.numParams; ++p)
      out += (p ? " " : "") +
             expressionText(list, list.params[step.firstParam + p]);
    out += "]\n";
  }
  return out + "workspace " + expressionText(list, list.workspaceBytes) +
         " bytes\n";
}

std::string printSchedules(const StepList &list) {
  std::string out;
  for (size_t i = 0; i < list.steps.size(); ++i) {
    const EincStep &step = list.steps[i];
    if (step.kind != EINC_STEP_KERNEL)
      continue;
    out += std::to_string(step.plan) + ": ";
    if (step.plan < list.planSteps.size())
      out += list.planSteps[step.plan] + ": ";
    if (i < list.groups.size() && !list.groups[i].empty())
      out += list.groups[i] + ": ";
    out += list.schedules[step.kernel].text() + "\n";
  }
  return out;
}

} // namespace einc
