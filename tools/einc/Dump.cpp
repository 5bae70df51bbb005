// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// `einc dump`: what is inside a compiled program, for people.

#include "tools/einc/Dump.h"

#include "compiler/Driver/LoadProgram.h"
#include "compiler/Schedule/Steps.h"
#include "compiler/Support/Printable.h"
#include "compiler/Support/SHA256.h"
#include "runtime/CpuFeatures.h"
#include "tools/einc/Commands.h"
#include "tools/einc/ProgramLabels.h"
#include "tools/einc/Report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace einc {

static std::string quoted(const char *text) {
  return printable(text ? text : "");
}

std::string kernelHash(const EincKernel &kernel) {
  SHA256Digest hash;
  std::copy_n(kernel.imageHash, hash.size(), hash.begin());
  return hexText(hash);
}

std::string variantTarget(const EincVariant &variant) {
  return runtime::processorName(variant.architecture, variant.cpu).text;
}

/// "e0 is i (hint 64)".
static std::string openNumbersText(const EincProgram &program) {
  std::string text;
  for (uint32_t i = 0; i < program.numOpenNumbers; ++i) {
    const EincOpenNumber &number = program.openNumbers[i];
    text += fmt::format(
        "{}e{} is {}{}", i ? ", " : "", i, quoted(number.name),
        number.hint >= 0 ? fmt::format(" (hint {})", number.hint) : "");
  }
  return text;
}

static bool isRowMajor(const EincArgument &argument) {
  int64_t expected = 1;
  for (uint32_t axis = argument.rank; axis-- > 0;) {
    int64_t extent = argument.extents[axis];
    if (argument.strides[axis] != expected || extent < 0 ||
        __builtin_mul_overflow(expected, extent, &expected))
      return false;
  }
  return true;
}

/// "c64, conjugated, (3, n), strides (1, 3)"; nothing of strides if they are
/// row-major.
static std::string argumentText(const ProgramLabels &labels, uint32_t number) {
  const EincArgument &argument = labels.artifact().arguments[number];
  std::string text = elementName(ElementType(argument.type));
  if (argument.flags & EINC_ARGUMENT_CONJUGATE)
    text += ", conjugated";
  text += ", " + labels.shape(number);
  if (argument.openStrides != EINC_NO_OPEN_STRIDES)
    return text +
           fmt::format(", strides open from e{} on", argument.openStrides);
  if (argument.strides && !isRowMajor(argument))
    text += ", strides " +
            formatShape({argument.strides, argument.strides + argument.rank});
  return text;
}

static std::string kernelText(const EincKernel &kernel, uint32_t number) {
  std::string code = kernel.image
                         ? fmt::format("{} bytes, {:.16}", kernel.imageBytes,
                                       kernelHash(kernel))
                         : std::string("a function");
  return fmt::format("    kernel{}: {}, {}, {}, scratch {} bytes\n"
                     "      {}\n",
                     number, quoted(kernel.family), quoted(kernel.target), code,
                     kernel.scratchBytes, quoted(kernel.schedule));
}

static std::string indented(const std::string &lines, const char *by) {
  std::string text;
  for (size_t begin = 0; begin < lines.size();) {
    size_t end = std::min(lines.find('\n', begin), lines.size());
    text += by + lines.substr(begin, end - begin) + "\n";
    begin = end + 1;
  }
  return text;
}

/// One line a step of the plan.
static std::string planText(const char *plan) {
  nlohmann::json object =
      nlohmann::json::parse(plan ? plan : "", nullptr, false);
  if (!object.is_object() || !object.contains("steps") ||
      !object["steps"].is_array())
    return "    not readable\n";
  std::string text;
  for (const nlohmann::json &step : object["steps"]) {
    if (!step.is_object())
      continue;
    std::string equation =
        step.contains("equation") && step["equation"].is_string()
            ? step["equation"].get<std::string>()
            : "?";
    double flops = step.contains("flops") && step["flops"].is_number()
                       ? step["flops"].get<double>()
                       : 0;
    text += fmt::format("    {}, {:.3g} flops\n", printable(equation), flops);
  }
  return text.empty() ? "    one operand: no contraction\n" : text;
}

static std::string variantText(const EincProgram &program, uint32_t number) {
  const EincVariant &variant = program.variants[number];
  const EincArtifact &artifact = *variant.artifact;
  std::string text =
      fmt::format("variant {}: {}", number, variantTarget(variant));
  if (variant.guard.count > 0)
    text += ", where " + printExpression(artifact, variant.guard);
  text += "\n  plan\n" + planText(artifact.plan) + "  kernels\n";
  for (uint32_t i = 0; i < artifact.numKernels; ++i)
    text += kernelText(artifact.kernels[i], i);
  return text + "  steps\n" + indented(printable(printSteps(artifact)), "    ");
}

std::string dumpText(const ProgramLabels &labels) {
  const EincProgram &program = labels.program();
  std::string text =
      fmt::format("program {}, made by {}\n"
                  "  equation  {}\n"
                  "  threads   {}\n",
                  quoted(program.name), quoted(program.compiler),
                  quoted(labels.artifact().equation),
                  program.threads ? fmt::format("at most {}", program.threads)
                                  : "as many as the process may use");
  if (program.numOpenNumbers > 0)
    text += "  open      " + openNumbersText(program) + "\n";
  for (uint32_t i = 0; i < labels.artifact().numArguments; ++i)
    text += fmt::format(
        "  {:<8}  {}: {}\n", i < labels.numOperands() ? "operand" : "output",
        quoted(labels.artifact().arguments[i].name), argumentText(labels, i));
  for (uint32_t i = 0; i < program.numVariants; ++i)
    text += variantText(program, i);
  return text;
}

int dumpProgram(const CommandLine &line) {
  Result<std::shared_ptr<const Program>> program = loadProgram(*line.program);
  if (!program)
    return reportError(program.error(), line.json);
  Result<ProgramLabels> labels = ProgramLabels::read((*program)->get());
  if (!labels)
    return reportError(labels.error(), line.json);
  printResult(line.json ? dumpJSON(*labels) : dumpText(*labels));
  return ExitOk;
}

} // namespace einc
