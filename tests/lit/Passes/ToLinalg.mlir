// einsum-to-linalg: which operations are made, over which loops.
// RUN: einc-opt %s --einsum-to-linalg --canonicalize --mlir-print-local-scope | FileCheck %s

// CHECK-LABEL: @matmul
// CHECK-SAME: %[[A:.*]]: tensor<3x4xf32>, %[[B:.*]]: tensor<?x4xf32>
// CHECK-DAG: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f32
// CHECK-DAG: %[[I0:.*]] = arith.constant 0 : index
// CHECK: %[[N:.*]] = tensor.dim %[[B]], %[[I0]]
// CHECK: %[[EMPTY:.*]] = tensor.empty(%[[N]]) : tensor<3x?xf32>
// CHECK: %[[FILL:.*]] = linalg.fill ins(%[[ZERO]] : f32) outs(%[[EMPTY]]
// CHECK: linalg.contract indexing_maps = [affine_map<(d0, d1, d2) -> (d0, d2)>, affine_map<(d0, d1, d2) -> (d1, d2)>, affine_map<(d0, d1, d2) -> (d0, d1)>] ins(%[[A]], %[[B]] : {{.*}}) outs(%[[FILL]]
func.func @matmul(%a: tensor<3x4xf32>, %b: tensor<?x4xf32>) -> tensor<3x?xf32> {
  %r = einsum.pairwise "ij,kj->ik" ins(%a, %b : tensor<3x4xf32>, tensor<?x4xf32>)
      -> tensor<3x?xf32>
  return %r : tensor<3x?xf32>
}

// No sum: no zeros, no addition.
// CHECK-LABEL: @outer
// CHECK-NOT: linalg.fill
// CHECK: linalg.generic {{.*}}iterator_types = ["parallel", "parallel"]
// CHECK: complex.mul
// CHECK-NEXT: linalg.yield
func.func @outer(%a: tensor<3xcomplex<f64>>, %b: tensor<4xcomplex<f64>>)
    -> tensor<4x3xcomplex<f64>> {
  %r = einsum.pairwise "i,j->ji" ins(%a, %b : tensor<3xcomplex<f64>>, tensor<4xcomplex<f64>>)
      -> tensor<4x3xcomplex<f64>>
  return %r : tensor<4x3xcomplex<f64>>
}

// A diagonal is no projected permutation; neither is a sum that one operand
// alone has what linalg.contract takes.
// CHECK-LABEL: @generic
// CHECK: linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1, d1)>, affine_map<(d0, d1) -> (d1, d0)>, affine_map<(d0, d1) -> (d0)>], iterator_types = ["parallel", "reduction"]}
// CHECK: linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d0)>, affine_map<(d0, d1) -> (d0)>], iterator_types = ["parallel", "reduction"]}
func.func @generic(%a: tensor<4x4xi64>, %b: tensor<4x3xi64>, %c: tensor<4xi64>)
    -> (tensor<3xi64>, tensor<4xi64>) {
  %r = einsum.pairwise "jj,ji->i" ins(%a, %b : tensor<4x4xi64>, tensor<4x3xi64>)
      -> tensor<3xi64>
  %s = einsum.pairwise "ij,i->i" ins(%a, %c : tensor<4x4xi64>, tensor<4xi64>)
      -> tensor<4xi64>
  return %r, %s : tensor<3xi64>, tensor<4xi64>
}

// CHECK-LABEL: @unary
// CHECK: linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1, d0)>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]}
// CHECK-NEXT: ^bb0
// CHECK-NEXT: linalg.yield %in
// CHECK: linalg.generic {indexing_maps = [affine_map<(d0) -> (d0, d0)>, affine_map<(d0) -> ()>], iterator_types = ["reduction"]}
// CHECK-NEXT: ^bb0
// CHECK-NEXT: arith.addf %out, %in
func.func @unary(%a: tensor<3x4xf64>, %b: tensor<?x?xf64>) -> (tensor<4x3xf64>, tensor<f64>) {
  %t = einsum.pairwise "ij->ji" ins(%a : tensor<3x4xf64>) -> tensor<4x3xf64>
  %s = einsum.pairwise "ii->" ins(%b : tensor<?x?xf64>) -> tensor<f64>
  return %t, %s : tensor<4x3xf64>, tensor<f64>
}

// Nothing to do.
// CHECK-LABEL: @identity
// CHECK-NEXT: return %arg0
func.func @identity(%a: tensor<3x?xf64>) -> tensor<3x?xf64> {
  %r = einsum.pairwise "...->..." ins(%a : tensor<3x?xf64>) -> tensor<3x?xf64>
  return %r : tensor<3x?xf64>
}

// An axis of extent 1 beside a larger one leaves its operand.
// CHECK-LABEL: @broadcast
// CHECK: tensor.extract_slice %arg0[0, 0, 0] [1, 4, %{{.*}}] [1, 1, 1] : tensor<1x4x?xi16> to tensor<4x?xi16>
// CHECK: linalg.contract {{.*}} outs(%{{.*}} : tensor<5x?xi16>) -> tensor<5x?xi16>
func.func @broadcast(%a: tensor<1x4x?xi16>, %b: tensor<5x4xi16>) -> tensor<5x?xi16> {
  %r = einsum.pairwise "bij,bi->bj" ins(%a, %b : tensor<1x4x?xi16>, tensor<5x4xi16>)
      -> tensor<5x?xi16>
  return %r : tensor<5x?xi16>
}

// Halves are summed in f32 and rounded once.
// CHECK-LABEL: @half
// CHECK: linalg.contract {{.*}} ins(%arg0, %arg1 : tensor<3x4xbf16>, tensor<4xbf16>) outs(%{{.*}} : tensor<3xf32>)
// CHECK: arith.truncf %{{.*}} : f32 to bf16
// CHECK: linalg.generic
// CHECK: arith.extf %{{.*}} : bf16 to f32
// CHECK: arith.addf
// CHECK: arith.truncf
func.func @half(%a: tensor<3x4xbf16>, %b: tensor<4xbf16>) -> (tensor<3xbf16>, tensor<bf16>) {
  %r = einsum.pairwise "ij,j->i" ins(%a, %b : tensor<3x4xbf16>, tensor<4xbf16>) -> tensor<3xbf16>
  %s = einsum.pairwise "i->" ins(%b : tensor<4xbf16>) -> tensor<bf16>
  return %r, %s : tensor<3xbf16>, tensor<bf16>
}

// The same bits: arith computes with signless integers only.
// CHECK-LABEL: @unsigned
// CHECK: tensor.bitcast %arg0 : tensor<3x4xui8> to tensor<3x4xi8>
// CHECK: tensor.bitcast %{{.*}} : tensor<3xi8> to tensor<3xui8>
func.func @unsigned(%a: tensor<3x4xui8>, %b: tensor<4xui8>) -> tensor<3xui8> {
  %r = einsum.contract "ij,j->i" ins(%a, %b : tensor<3x4xui8>, tensor<4xui8>) -> tensor<3xui8>
  return %r : tensor<3xui8>
}

// The result says more, or less, than the operands.
// CHECK-LABEL: @casts
// CHECK: tensor.cast %arg0 : tensor<?x4xf32> to tensor<7x4xf32>
// CHECK: tensor.cast %{{.*}} : tensor<4xf32> to tensor<?xf32>
func.func @casts(%a: tensor<?x4xf32>) -> (tensor<7xf32>, tensor<?xf32>) {
  %r = einsum.contract "ij->i" ins(%a : tensor<?x4xf32>) -> tensor<7xf32>
  %s = einsum.contract "ij->j" ins(%a : tensor<?x4xf32>) -> tensor<?xf32>
  return %r, %s : tensor<7xf32>, tensor<?xf32>
}

// More than two operands have an order, and nobody gave one.
// CHECK-LABEL: @unplanned
// CHECK-NEXT: einsum.contract
func.func @unplanned(%a: tensor<3xf32>) -> tensor<f32> {
  %r = einsum.contract "i,i,i->" ins(%a, %a, %a : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>)
      -> tensor<f32>
  return %r : tensor<f32>
}
