// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/KernelKey.h"
#include "compiler/Support/BuildId.h"

using namespace einc;

KernelKey einc::kernelKey(std::string_view schedule, const Target &target) {
  return kernelKey(schedule, target.text(), LLVMVersion, BuildId);
}

KernelKey einc::kernelKey(std::string_view schedule, std::string_view target,
                          std::string_view llvmVersion,
                          std::string_view buildId) {
  SHA256 hash;
  // No part holds a newline, so that no two keys have the same text.
  for (std::string_view part : {schedule, target, llvmVersion, buildId}) {
    hash.update(part);
    hash.update("\n");
  }
  return hash.finish();
}
