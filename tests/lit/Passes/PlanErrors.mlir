// RUN: not einc-opt %s --einsum-plan=optimize=quick 2>&1 | FileCheck %s --check-prefix=METHOD
// RUN: not einc-opt %s --einsum-plan=dynamic-extent=0 2>&1 | FileCheck %s --check-prefix=EXTENT
// METHOD: error: there is no search {{.*}}quick
// EXTENT: error: dynamic-extent must be 1 or more
func.func @f(%a: tensor<3x3xf32>) -> tensor<f32> {
  %r = einsum.contract "ij,jk,ki->" ins(%a, %a, %a : tensor<3x3xf32>, tensor<3x3xf32>,
      tensor<3x3xf32>) -> tensor<f32>
  return %r : tensor<f32>
}
