// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/Codegen/ModuleText.h"

#include "compiler/Codegen/Translate.h"
#include "compiler/Schedule/CompilerTable.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"

#include <cstdlib>

namespace einc::test {

Result<CompiledModule> compileText(std::string_view text,
                                   const std::vector<std::string> &entries,
                                   const CodegenOptions &options) {
  mlir::DialectRegistry registry;
  registerTranslations(registry);
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  auto module = mlir::parseSourceString<mlir::ModuleOp>(
      text, mlir::ParserConfig(&context, /*verifyAfterParse=*/false));
  if (!module)
    std::abort();
  return compileModule(module->getOperation(), entries, options);
}

Result<CompiledModule> compileText(std::string_view text,
                                   const std::vector<std::string> &entries) {
  return compileText(text, entries,
                     {Target{}, EINC_FORM_IMAGE, /*verify=*/true});
}

std::string messageOf(std::string_view text, const std::string &entry) {
  auto compiled = compileText(text, {entry});
  return compiled ? "compiled" : compiled.error().message;
}

LoadedKernel::LoadedKernel(const KernelImage &packed)
    : entryOffset(packed.entryOffset) {
  if (!runtime::CodeImage::create(packed.bytes.data(), packed.bytes.size(),
                                  image)
           .ok())
    std::abort();
}

} // namespace einc::test
