// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/Program.h"
#include "runtime/Expressions.h"

#include <algorithm>
#include <set>
#include <string_view>

using namespace einc;

/// Of one thread, if it does not depend on open numbers.
static std::optional<uint64_t> workspaceOf(const EincArtifact &artifact) {
  std::span<const EincToken> tokens(artifact.tokens +
                                        artifact.workspaceBytes.first,
                                    artifact.workspaceBytes.count);
  if (std::any_of(tokens.begin(), tokens.end(), [](const EincToken &token) {
        return token.opcode == EINC_OP_EXTENT;
      }))
    return std::nullopt;
  int64_t bytes = 0;
  if (runtime::evaluate(tokens, {}, nullptr, bytes) || bytes < 0)
    return std::nullopt;
  uint64_t scratch = 0;
  for (uint32_t i = 0; i < artifact.numKernels; ++i)
    scratch = std::max(scratch, artifact.kernels[i].scratchBytes);
  return static_cast<uint64_t>(bytes) + scratch;
}

ProgramSummary einc::summarize(const EincProgram &program) {
  ProgramSummary result;
  std::set<std::string> seen;
  std::string last;
  bool known = true;
  uint64_t most = 0;
  for (uint32_t v = 0; v < program.numVariants; ++v) {
    const EincArtifact &artifact = *program.variants[v].artifact;
    for (uint32_t i = 0; i < artifact.numKernels; ++i) {
      const EincKernel &kernel = artifact.kernels[i];
      std::string hash(reinterpret_cast<const char *>(kernel.imageHash),
                       sizeof kernel.imageHash);
      if (seen.insert(hash).second)
        result.codeBytes += kernel.imageBytes;
      if (kernel.target != last) {
        result.targets +=
            (last.empty() ? "" : ", ") + std::string(kernel.target);
        last = kernel.target;
      }
    }
    std::optional<uint64_t> bytes = workspaceOf(artifact);
    known &= bytes.has_value();
    most = std::max(most, bytes.value_or(0));
  }
  result.numKernels = seen.size();
  if (known)
    result.workspaceBytes = most;
  return result;
}
