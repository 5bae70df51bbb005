// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// EinsumPlugin.so: dialect and passes for a host such as mlir-opt-22. It links
/// nothing of MLIR: every symbol comes from the host.

#include "compiler/IR/Einsum.h"
#include "compiler/Passes/Passes.h"

#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"
#include "llvm/Config/llvm-config.h"

/// What it was built against; a host of another version lacks symbols, and its
/// loader says so.
static constexpr const char *Version =
    EINC_VERSION " (LLVM " LLVM_VERSION_STRING ")";

extern "C" __attribute__((visibility("default"))) ::mlir::PassPluginLibraryInfo
mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "einsum", Version, [] {
            einc::ir::registerEinsumPasses();
            einc::ir::registerEinsumPipelines();
          }};
}

extern "C"
    __attribute__((visibility("default"))) ::mlir::DialectPluginLibraryInfo
    mlirGetDialectPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "einsum", Version,
          [](mlir::DialectRegistry *registry) {
            registry->insert<einc::ir::EinsumDialect>();
          }};
}
