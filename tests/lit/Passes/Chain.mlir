// (A B) C, written in the dear order, by the distribution's mlir-opt with the
// plugin: the cheap order comes out, a thousandth of the work, and right numbers.
// REQUIRES: mlir-opt
// RUN: %mlir_opt %s --pass-pipeline="builtin.module(einsum-optimize)" | FileCheck %s
// RUN: einc-opt %s --einsum-optimize | FileCheck %s
// RUN: %mlir_opt %s --pass-pipeline="builtin.module(einsum-optimize,%{lower_linalg})" \
// RUN:   | mlir-runner -e main --entry-point-result=void --shared-libs=%runner_libs \
// RUN:   | FileCheck %s --check-prefix=RESULT
// RUN: %mlir_opt %s --pass-pipeline="builtin.module(%{lower_linalg})" \
// RUN:   | mlir-runner -e main --entry-point-result=void --shared-libs=%runner_libs \
// RUN:   | FileCheck %s --check-prefix=RESULT

// CHECK-LABEL: func.func @chain
// CHECK-SAME: %[[A:.*]]: tensor<1000x10xf32>, %[[B:.*]]: tensor<10x1000xf32>, %[[C:.*]]: tensor<1000x1xf32>
// CHECK-NOT: linalg.matmul
// CHECK: %[[BC:.*]] = linalg.contract {{.*}} ins(%[[B]], %[[C]] : {{.*}} -> tensor<10x1xf32>
// CHECK: linalg.contract {{.*}} ins(%[[A]], %[[BC]] : {{.*}} -> tensor<1000x1xf32>
// CHECK-NOT: linalg.contract
// CHECK: return
func.func @chain(%a: tensor<1000x10xf32>, %b: tensor<10x1000xf32>,
                 %c: tensor<1000x1xf32>) -> tensor<1000x1xf32> {
  %zero = arith.constant 0.0 : f32
  %e0 = tensor.empty() : tensor<1000x1000xf32>
  %z0 = linalg.fill ins(%zero : f32) outs(%e0 : tensor<1000x1000xf32>) -> tensor<1000x1000xf32>
  %ab = linalg.matmul ins(%a, %b : tensor<1000x10xf32>, tensor<10x1000xf32>)
      outs(%z0 : tensor<1000x1000xf32>) -> tensor<1000x1000xf32>
  %e1 = tensor.empty() : tensor<1000x1xf32>
  %z1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<1000x1xf32>) -> tensor<1000x1xf32>
  %abc = linalg.matmul ins(%ab, %c : tensor<1000x1000xf32>, tensor<1000x1xf32>)
      outs(%z1 : tensor<1000x1xf32>) -> tensor<1000x1xf32>
  return %abc : tensor<1000x1xf32>
}

// A[i,j] = i + j, B[j,k] = (j + k) mod 2, C[k] = k mod 3: small integers, whose
// sums are exact in any order. Row i of the result is
//   sum over j of (i + j) (sum over k of B[j,k] C[k]).
// CHECK: func.func @main
func.func @main() {
  %a = tensor.generate {
  ^bb0(%i: index, %j: index):
    %n = arith.addi %i, %j : index
    %m = arith.index_cast %n : index to i32
    %x = arith.sitofp %m : i32 to f32
    tensor.yield %x : f32
  } : tensor<1000x10xf32>
  %b = tensor.generate {
  ^bb0(%j: index, %k: index):
    %two = arith.constant 2 : index
    %n = arith.addi %j, %k : index
    %r = arith.remui %n, %two : index
    %m = arith.index_cast %r : index to i32
    %x = arith.sitofp %m : i32 to f32
    tensor.yield %x : f32
  } : tensor<10x1000xf32>
  %c = tensor.generate {
  ^bb0(%k: index, %l: index):
    %three = arith.constant 3 : index
    %r = arith.remui %k, %three : index
    %m = arith.index_cast %r : index to i32
    %x = arith.sitofp %m : i32 to f32
    tensor.yield %x : f32
  } : tensor<1000x1xf32>
  %abc = func.call @chain(%a, %b, %c)
      : (tensor<1000x10xf32>, tensor<10x1000xf32>, tensor<1000x1xf32>) -> tensor<1000x1xf32>
  %some = tensor.extract_slice %abc[0, 0] [3, 1] [30, 1] : tensor<1000x1xf32> to tensor<3xf32>
  // RESULT: [22480, 172330, 322180]
  %unranked = tensor.cast %some : tensor<3xf32> to tensor<*xf32>
  call @printMemrefF32(%unranked) : (tensor<*xf32>) -> ()
  return
}
func.func private @printMemrefF32(tensor<*xf32>)
