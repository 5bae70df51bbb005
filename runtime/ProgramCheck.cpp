// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Refuses programs that the runtime could not stand.

#include "runtime/ArtifactCheck.h"
#include "runtime/Expressions.h"

using namespace einc::runtime;

namespace {

Status bad(const char *problem) {
  return Status::error(StatusCode::BadArtifact, "program: %s", problem);
}

Status badVariant(uint32_t index, const char *problem) {
  return Status::error(StatusCode::BadArtifact, "variant %u: %s", index,
                       problem);
}

bool sameArguments(const EincArtifact &a, const EincArtifact &b) {
  if (a.numArguments != b.numArguments)
    return false;
  for (uint32_t i = 0; i < a.numArguments; ++i)
    if (a.arguments[i].type != b.arguments[i].type ||
        a.arguments[i].rank != b.arguments[i].rank ||
        a.arguments[i].flags != b.arguments[i].flags)
      return false;
  return true;
}

Status checkVariant(const EincProgram &program, uint32_t index) {
  const EincVariant &variant = program.variants[index];
  if (!variant.artifact)
    return badVariant(index, "its artifact is missing");
  const EincArtifact &artifact = *variant.artifact;
  if (Status status = checkArtifact(artifact); !status)
    return Status::error(status.code(), "variant %u: %s", index,
                         status.message());
  if (variant.architecture > EINC_ARCHITECTURE_AARCH64)
    return badVariant(index, "its architecture is unknown");
  if (artifact.numExtents != program.numOpenNumbers)
    return badVariant(index, "it has other open numbers than the program");
  if (!sameArguments(artifact, *program.variants[0].artifact))
    return badVariant(index, "it has other arguments than variant 0");
  if (variant.guard.count == 0)
    return {};
  ExpressionScope scope{{artifact.tokens, artifact.numTokens},
                        artifact.numExtents,
                        /*openCounters=*/0};
  if (Problem problem = checkExpression(variant.guard, scope))
    return Status::error(StatusCode::BadArtifact, "variant %u: guard %s", index,
                         problem);
  return {};
}

} // namespace

Status einc::runtime::checkProgram(const EincProgram &program) noexcept {
  if (program.abi != EINC_ARTIFACT_ABI)
    return Status::error(StatusCode::BadArtifact,
                         "program: its ABI is %u, this runtime's is %u",
                         program.abi, EINC_ARTIFACT_ABI);
  if (program.size != sizeof(EincProgram))
    return Status::error(StatusCode::BadArtifact,
                         "program: its size is %u, not %zu", program.size,
                         sizeof(EincProgram));
  if (program.numVariants == 0)
    return bad("it has no variants");
  if (!program.variants || (program.numOpenNumbers && !program.openNumbers))
    return bad("an array is missing");
  for (uint32_t i = 0; i < program.numVariants; ++i)
    if (Status status = checkVariant(program, i); !status)
      return status;
  return {};
}
