// The front end's message, its carets and its notes, as the compiler shows them.
// RUN: not einc-opt %s 2>&1 | FileCheck %s --strict-whitespace

func.func @f(%a: tensor<3x4xf32>, %b: tensor<5x2xf32>) -> tensor<3x2xf32> {
  %r = einsum.contract "ik,kj->ij" ins(%a, %b : tensor<3x4xf32>, tensor<5x2xf32>)
      -> tensor<3x2xf32>
  return %r : tensor<3x2xf32>
}

// CHECK: Carets.mlir:5:8: error: 'einsum.contract' op label 'k' has extent 4 in operand 0 but 5 in operand 1
// CHECK: Carets.mlir:5:8: note: here:
// CHECK-NEXT: {{^}}  ik,kj->ij
// CHECK-NEXT: {{^}}   ^ ^
// CHECK: Carets.mlir:5:8: note: operand 0 has shape (3, 4), operand 1 has shape (5, 2); extents must be equal, or 1
