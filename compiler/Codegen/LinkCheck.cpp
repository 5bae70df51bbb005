// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Refuses programs that no object could be made of.

#include "compiler/Codegen/Link.h"

#include "runtime/ArtifactCheck.h"
#include "runtime/Expressions.h"

#include <algorithm>
#include <cstring>

namespace einc {
namespace {

constexpr uint64_t MaxImageBytes = uint64_t(1) << 30;
/// More variants, arguments or open numbers than any program has.
constexpr uint32_t MaxVariants = 256;
constexpr uint32_t MaxArguments = 1 << 20;
constexpr uint32_t MaxRank = 1 << 16;

Diagnostic bad(std::string message) {
  return {.kind = ErrorKind::BadArtifact, .message = std::move(message)};
}

bool isIdentifier(const char *name) {
  if (!name || !*name || (*name >= '0' && *name <= '9'))
    return false;
  return std::all_of(name, name + std::strlen(name), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_';
  });
}

Result<Success> checkArguments(const EincProgram &program,
                               const EincArtifact &artifact) {
  if (artifact.numArguments == 0 || artifact.numArguments > MaxArguments)
    return bad("the program has no arguments, or too many");
  for (uint32_t i = 0; i < artifact.numArguments; ++i) {
    const EincArgument &argument = artifact.arguments[i];
    std::string where = "argument " + std::to_string(i);
    if (!argument.name || argument.type > EINC_TYPE_BF16 ||
        argument.rank > MaxRank || (argument.rank && !argument.extents))
      return bad(where + " is incomplete");
    for (uint32_t axis = 0; axis < argument.rank; ++axis)
      if (argument.extents[axis] < -int64_t(program.numOpenNumbers))
        return bad(where + " has an open extent that does not exist");
    if (argument.openStrides != EINC_NO_OPEN_STRIDES &&
        uint64_t(argument.openStrides) + argument.rank > program.numOpenNumbers)
      return bad(where + " has open strides that do not exist");
  }
  return Success{};
}

Result<Success> checkVariant(const EincProgram &program,
                             const EincVariant &variant) {
  const EincArtifact &first = *program.variants[0].artifact;
  const EincArtifact &artifact = *variant.artifact;
  if (runtime::Status status = runtime::checkArtifact(artifact); !status)
    return bad(status.message());
  if (variant.architecture != program.variants[0].architecture ||
      variant.architecture > EINC_ARCHITECTURE_AARCH64)
    return bad("the variants are for different architectures");
  if (artifact.numExtents != program.numOpenNumbers ||
      artifact.numArguments != first.numArguments)
    return bad("the variants have different arguments");
  if (!artifact.equation || !artifact.plan)
    return bad("the equation or the plan is missing");
  if (Result<Success> arguments = checkArguments(program, artifact); !arguments)
    return arguments;
  for (uint32_t i = 0; i < artifact.numArguments; ++i)
    if (artifact.arguments[i].rank != first.arguments[i].rank ||
        artifact.arguments[i].type != first.arguments[i].type)
      return bad("the variants have different arguments");
  for (uint32_t i = 0; i < artifact.numKernels; ++i) {
    const EincKernel &kernel = artifact.kernels[i];
    if (!kernel.image || kernel.imageBytes > MaxImageBytes || !kernel.family ||
        !kernel.schedule || !kernel.target)
      return bad("kernel " + std::to_string(i) + " has no image or no texts");
  }
  runtime::ExpressionScope scope{{artifact.tokens, artifact.numTokens},
                                 artifact.numExtents,
                                 /*openCounters=*/0};
  if (runtime::Problem problem = runtime::checkExpression(variant.guard, scope))
    return bad(std::string("a guard ") + problem);
  return Success{};
}

} // namespace

Result<Success> checkLinkable(const EincProgram &program) {
  if (program.abi != EINC_ARTIFACT_ABI || program.size != sizeof(EincProgram))
    return bad("the program is of another version of einc");
  if (!isIdentifier(program.name) || !program.compiler)
    return bad("the program's name is no identifier");
  if (program.numVariants == 0 || program.numVariants > MaxVariants ||
      !program.variants)
    return bad("the program has no variants, or too many");
  if (program.numOpenNumbers > MaxArguments ||
      (program.numOpenNumbers && !program.openNumbers))
    return bad("the program's open numbers are missing, or too many");
  for (uint32_t i = 0; i < program.numOpenNumbers; ++i)
    if (!program.openNumbers[i].name)
      return bad("an open number has no name");
  for (uint32_t i = 0; i < program.numVariants; ++i)
    if (!program.variants[i].artifact)
      return bad("a variant has no artifact");
  for (uint32_t i = 0; i < program.numVariants; ++i)
    if (Result<Success> variant = checkVariant(program, program.variants[i]);
        !variant)
      return variant;
  return Success{};
}

} // namespace einc
