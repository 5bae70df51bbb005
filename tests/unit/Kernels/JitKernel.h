// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A kernel made from a schedule and called directly, without planner, steps or
/// driver.

#ifndef EINC_TESTS_UNIT_KERNELS_JITKERNEL_H
#define EINC_TESTS_UNIT_KERNELS_JITKERNEL_H

#include "compiler/Codegen/CompileModule.h"
#include "compiler/Emit/Emitter.h"
#include "compiler/Schedule/KernelLayout.h"
#include "runtime/CodeImage.h"

#include <memory>

namespace einc::test {

class JitKernel {
public:
  /// Emits, verifies, compiles and maps the kernel.
  static Result<std::unique_ptr<JitKernel>> make(const Schedule &schedule,
                                                 const Target &target);
  /// The same of any code: `emit` writes the exported function of that name.
  static Result<std::unique_ptr<JitKernel>>
  make(llvm::function_ref<Result<Success>(Emitter &, llvm::StringRef)> emit,
       const Target &target, uint64_t scratchBytes = 0);

  /// Calls it with scratch of exactly the size that it declares, poisoned and
  /// guarded; false if the guard was overwritten.
  [[nodiscard]] bool call(void *const *pointers,
                          const std::vector<int64_t> &params, int64_t begin,
                          int64_t end) const;

  const std::string &assembly() const { return text; }

private:
  runtime::CodeImage image;
  EincKernelFunction function = nullptr;
  uint64_t scratchSize = 0;
  std::string text;
};

} // namespace einc::test

#endif // EINC_TESTS_UNIT_KERNELS_JITKERNEL_H
