// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/IR/Einsum.h"
#include "compiler/Passes/Passes.h"

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassOptions.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

using namespace einc;

namespace {

struct OptimizeOptions : mlir::PassPipelineOptions<OptimizeOptions> {
  Option<std::string> optimize{
      *this, "optimize",
      llvm::cl::desc("The search: auto, optimal, greedy or left-to-right"),
      llvm::cl::init("auto")};
  Option<int64_t> dynamicExtent{
      *this, "dynamic-extent",
      llvm::cl::desc("What extents that are dynamic are planned for"),
      llvm::cl::init(64)};
};

} // namespace

static void buildOptimize(mlir::OpPassManager &passes,
                          const OptimizeOptions &options) {
  ir::LinalgToEinsumOptions raise;
  raise.minOperands = 3;
  passes.addPass(ir::createLinalgToEinsum(raise));
  ir::EinsumPlanOptions plan;
  plan.optimize = options.optimize;
  plan.dynamicExtent = options.dynamicExtent;
  passes.addPass(ir::createEinsumPlan(plan));
  passes.addPass(ir::createEinsumToLinalg());
  passes.addPass(mlir::createCanonicalizerPass());
}

void ir::registerEinsumPipelines() {
  static mlir::PassPipelineRegistration<OptimizeOptions> optimize(
      "einsum-optimize",
      "Fuse trees of contractions, plan them, and lower them to linalg",
      buildOptimize);
}
