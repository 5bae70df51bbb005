// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// `einc dump --json`.

#include "compiler/Schedule/Steps.h"
#include "tools/einc/Dump.h"

#include <nlohmann/json.hpp>

namespace einc {

using JSON = nlohmann::ordered_json;

static std::string textOrNothing(const char *text) { return text ? text : ""; }

/// Extents as numbers, open ones by name; open strides are null.
static JSON argumentJSON(const EincProgram &program,
                         const EincArgument &argument) {
  JSON shape = JSON::array(), strides = nullptr;
  for (uint32_t axis = 0; axis < argument.rank; ++axis) {
    int64_t extent = argument.extents[axis];
    if (extent >= 0)
      shape.push_back(extent);
    else
      shape.push_back(textOrNothing(program.openNumbers[-1 - extent].name));
  }
  if (argument.strides)
    strides = std::vector<int64_t>(argument.strides,
                                   argument.strides + argument.rank);
  return {{"name", textOrNothing(argument.name)},
          {"dtype", elementName(ElementType(argument.type))},
          {"shape", shape},
          {"strides", strides},
          {"open_strides", argument.openStrides != EINC_NO_OPEN_STRIDES},
          {"conjugate", (argument.flags & EINC_ARGUMENT_CONJUGATE) != 0}};
}

static JSON kernelJSON(const EincKernel &kernel) {
  return {{"family", textOrNothing(kernel.family)},
          {"image", kernel.image ? JSON(kernelHash(kernel)) : JSON(nullptr)},
          {"bytes", kernel.imageBytes},
          {"scratch", kernel.scratchBytes},
          {"schedule", textOrNothing(kernel.schedule)},
          {"target", textOrNothing(kernel.target)}};
}

static JSON variantJSON(const EincVariant &variant) {
  const EincArtifact &artifact = *variant.artifact;
  JSON kernels = JSON::array();
  for (uint32_t i = 0; i < artifact.numKernels; ++i)
    kernels.push_back(kernelJSON(artifact.kernels[i]));
  JSON guard = nullptr;
  if (variant.guard.count > 0)
    guard = printExpression(artifact, variant.guard);
  JSON plan =
      JSON::parse(artifact.plan ? artifact.plan : "null", nullptr, false);
  return {{"target", variantTarget(variant)},
          {"guard", guard},
          {"workspace", printExpression(artifact, artifact.workspaceBytes)},
          {"kernels", kernels},
          {"steps", printSteps(artifact)},
          {"plan", plan.is_discarded() ? JSON(nullptr) : plan}};
}

std::string dumpJSON(const ProgramLabels &labels) {
  const EincProgram &program = labels.program();
  JSON open = JSON::array(), arguments = JSON::array(),
       variants = JSON::array();
  for (uint32_t i = 0; i < program.numOpenNumbers; ++i) {
    const EincOpenNumber &number = program.openNumbers[i];
    open.push_back(
        {{"name", textOrNothing(number.name)},
         {"hint", number.hint >= 0 ? JSON(number.hint) : JSON(nullptr)}});
  }
  for (uint32_t i = 0; i < labels.artifact().numArguments; ++i)
    arguments.push_back(argumentJSON(program, labels.artifact().arguments[i]));
  for (uint32_t i = 0; i < program.numVariants; ++i)
    variants.push_back(variantJSON(program.variants[i]));
  JSON object = {{"outcome", "ok"},
                 {"program", textOrNothing(program.name)},
                 {"compiler", textOrNothing(program.compiler)},
                 {"equation", textOrNothing(labels.artifact().equation)},
                 {"threads", program.threads},
                 {"open_numbers", open},
                 {"arguments", arguments},
                 {"variants", variants}};
  return object.dump(-1, ' ', false, JSON::error_handler_t::replace) + "\n";
}

} // namespace einc
