// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// From a module of emitted kernels to images and texts.

#ifndef EINC_COMPILER_CODEGEN_COMPILEMODULE_H
#define EINC_COMPILER_CODEGEN_COMPILEMODULE_H

#include "compiler/Codegen/ImagePacker.h"
#include "compiler/Schedule/Machine.h"

#include <string>

namespace mlir {
class Operation;
} // namespace mlir

namespace einc {

/// What to make, and how.
struct CodegenOptions {
  Target target;
  uint32_t forms = 0; ///< a set of EincForm
  bool verify = false;
};

/// Where the time of one module went, in milliseconds.
struct CodegenTimes {
  double context = 0; ///< MLIR's, of the first module only
  double emit = 0;    ///< the kernel as MLIR
  double translate = 0;
  double machine = 0; ///< the target machine
  double generate = 0;
  double pack = 0;
};

/// The forms that were asked for; the others stay empty.
struct CompiledModule {
  std::vector<KernelImage> images; ///< one an entry
  std::string mlir;
  std::string llvm;
  std::string assembly;
  CodegenTimes times;
};

/// `entries` are symbols of functions in the module. Errors: Internal.
Result<CompiledModule> compileModule(mlir::Operation *module,
                                     std::span<const std::string> entries,
                                     const CodegenOptions &options);

} // namespace einc

#endif // EINC_COMPILER_CODEGEN_COMPILEMODULE_H
