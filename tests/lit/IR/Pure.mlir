// The operations are values: equal ones are merged, unused ones go.
// RUN: einc-opt %s --cse | FileCheck %s
// CHECK-LABEL: @merge
// CHECK-NEXT: %[[R:.*]] = einsum.contract "ij->i"
// CHECK-NEXT: %[[S:.*]] = einsum.pairwise "ij->i"
// CHECK-NEXT: %[[T:.*]] = einsum.contract "ij->j"
// CHECK-NEXT: return %[[R]], %[[R]], %[[S]], %[[T]]
func.func @merge(%a: tensor<3x3xf32>)
    -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) {
  %unused = einsum.contract "ii->i" ins(%a : tensor<3x3xf32>) -> tensor<3xf32>
  %r = einsum.contract "ij->i" ins(%a : tensor<3x3xf32>) -> tensor<3xf32>
  %again = einsum.contract "ij->i" ins(%a : tensor<3x3xf32>) -> tensor<3xf32>
  %s = einsum.pairwise "ij->i" ins(%a : tensor<3x3xf32>) -> tensor<3xf32>
  %t = einsum.contract "ij->j" ins(%a : tensor<3x3xf32>) -> tensor<3xf32>
  return %r, %again, %s, %t : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
}
