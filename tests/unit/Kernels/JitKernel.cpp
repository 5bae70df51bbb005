// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/Kernels/JitKernel.h"

#include "compiler/Codegen/Translate.h"
#include "compiler/Kernels/Kernels.h"
#include "compiler/Schedule/CompilerTable.h"

#include "mlir/IR/MLIRContext.h"

#include <cstdlib>
#include <cstring>

namespace einc::test {

Result<std::unique_ptr<JitKernel>> JitKernel::make(const Schedule &schedule,
                                                   const Target &target) {
  return make(
      [&](Emitter &emitter, llvm::StringRef symbol) {
        return emitKernel(emitter, schedule, symbol);
      },
      target, scratchBytes(schedule, target));
}

Result<std::unique_ptr<JitKernel>> JitKernel::make(
    llvm::function_ref<Result<Success>(Emitter &, llvm::StringRef)> emit,
    const Target &target, uint64_t scratchBytes) {
  mlir::DialectRegistry registry;
  registerTranslations(registry);
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  Emitter emitter(context, target);
  std::string symbol = "kernel0";
  auto emitted = emit(emitter, symbol);
  if (!emitted)
    return std::move(emitted).error();
  auto compiled = compileModule(emitter.module(), std::span(&symbol, 1),
                                {.target = target,
                                 .forms = EINC_FORM_IMAGE | EINC_FORM_ASM,
                                 .verify = true});
  if (!compiled)
    return std::move(compiled).error();
  auto kernel = std::make_unique<JitKernel>();
  const KernelImage &packed = compiled->images[0];
  runtime::Status status = runtime::CodeImage::create(
      packed.bytes.data(), packed.bytes.size(), kernel->image);
  if (!status.ok())
    return Diagnostic{.kind = ErrorKind::Internal, .message = status.message()};
  kernel->function = kernel->image.entry(packed.entryOffset);
  kernel->scratchSize = scratchBytes;
  kernel->text = compiled->assembly;
  return kernel;
}

bool JitKernel::call(void *const *pointers, const std::vector<int64_t> &params,
                     int64_t begin, int64_t end) const {
  constexpr size_t guard = 256;
  uint64_t size = (scratchSize + 63) / 64 * 64;
  auto *scratch =
      static_cast<unsigned char *>(std::aligned_alloc(64, size + guard));
  std::memset(scratch, 0xa5, size + guard);
  function(pointers, params.data(), scratch, begin, end);
  bool intact = true;
  for (size_t i = 0; i < guard; ++i)
    intact &= scratch[size + i] == 0xa5;
  std::free(scratch);
  return intact;
}

} // namespace einc::test
