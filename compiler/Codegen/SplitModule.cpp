// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Copies the module without the hot bodies, then drops the cold ones.

#include "compiler/Codegen/SplitModule.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/Cloning.h"

namespace einc {

static bool isCold(const llvm::Function &function) {
  return function.hasFnAttribute(llvm::Attribute::OptimizeNone);
}

std::unique_ptr<llvm::Module> takeColdFunctions(llvm::Module &module) {
  if (llvm::none_of(module, isCold))
    return nullptr;
  for (llvm::Function &function : module) {
    if (!function.hasLocalLinkage())
      continue;
    function.setLinkage(llvm::GlobalValue::ExternalLinkage);
    function.setVisibility(llvm::GlobalValue::HiddenVisibility);
    function.setDSOLocal(true);
  }
  // Constants go to both sides: they are private to each.
  llvm::ValueToValueMapTy values;
  auto cold =
      llvm::CloneModule(module, values, [](const llvm::GlobalValue *value) {
        const auto *function = llvm::dyn_cast<llvm::Function>(value);
        return !function || isCold(*function);
      });
  for (llvm::Function &function : module)
    if (isCold(function))
      function.deleteBody();
  return cold;
}

} // namespace einc
