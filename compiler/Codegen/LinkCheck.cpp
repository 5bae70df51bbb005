// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Refuses programs that no object could be made of.

#include "compiler/Codegen/Link.h"

#include "runtime/ArtifactCheck.h"

#include <algorithm>
#include <cstring>

namespace einc {
namespace {

constexpr uint64_t MaxImageBytes = uint64_t(1) << 30;

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

/// What the runtime does without and an object does not: texts, images, at
/// least an output.
Result<Success> checkTexts(const EincArtifact &artifact) {
  if (!artifact.equation || !artifact.plan)
    return bad("the equation or the plan is missing");
  if (artifact.numArguments == 0)
    return bad("the program has no output");
  for (uint32_t i = 0; i < artifact.numArguments; ++i)
    if (!artifact.arguments[i].name)
      return bad("argument " + std::to_string(i) + " has no name");
  for (uint32_t i = 0; i < artifact.numKernels; ++i) {
    const EincKernel &kernel = artifact.kernels[i];
    if (!kernel.image || kernel.imageBytes > MaxImageBytes || !kernel.family ||
        !kernel.schedule || !kernel.target)
      return bad("kernel " + std::to_string(i) + " has no image or no texts");
  }
  return Success{};
}

} // namespace

Result<Success> checkLinkable(const EincProgram &program) {
  if (runtime::Status status = runtime::checkProgram(program); !status)
    return bad(status.message());
  if (!isIdentifier(program.name) || !program.compiler)
    return bad("the program's name is no identifier");
  for (uint32_t i = 0; i < program.numOpenNumbers; ++i)
    if (!program.openNumbers[i].name)
      return bad("an open number has no name");
  for (uint32_t i = 0; i < program.numVariants; ++i) {
    const EincVariant &variant = program.variants[i];
    if (variant.architecture != program.variants[0].architecture)
      return bad("the variants are for different architectures");
    if (Result<Success> texts = checkTexts(*variant.artifact); !texts)
      return texts;
  }
  return Success{};
}

} // namespace einc
