// linalg-to-einsum: what becomes one equation.
// RUN: einc-opt %s --linalg-to-einsum --canonicalize | FileCheck %s

// (A B) C, left to right as written.
// CHECK-LABEL: @chain
// CHECK-SAME: %[[A:.*]]: tensor<9x2xf32>, %[[B:.*]]: tensor<2x8xf32>, %[[C:.*]]: tensor<8x3xf32>
// CHECK-NEXT: %[[R:.*]] = einsum.contract "ab,bc,cd->ad" ins(%[[A]], %[[B]], %[[C]] :
// CHECK-NEXT: return %[[R]]
func.func @chain(%a: tensor<9x2xf32>, %b: tensor<2x8xf32>, %c: tensor<8x3xf32>) -> tensor<9x3xf32> {
  %zero = arith.constant 0.0 : f32
  %e0 = tensor.empty() : tensor<9x8xf32>
  %f0 = linalg.fill ins(%zero : f32) outs(%e0 : tensor<9x8xf32>) -> tensor<9x8xf32>
  %ab = linalg.matmul ins(%a, %b : tensor<9x2xf32>, tensor<2x8xf32>)
      outs(%f0 : tensor<9x8xf32>) -> tensor<9x8xf32>
  %e1 = tensor.empty() : tensor<9x3xf32>
  %f1 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<9x3xf32>) -> tensor<9x3xf32>
  %abc = linalg.matmul ins(%ab, %c : tensor<9x8xf32>, tensor<8x3xf32>)
      outs(%f1 : tensor<9x3xf32>) -> tensor<9x3xf32>
  return %abc : tensor<9x3xf32>
}

// Transposes, before, between and after; a constant of zeros to start with; a
// matmul that transposes by its maps.
// CHECK-LABEL: @transposes
// CHECK-SAME: %[[A:.*]]: tensor<2x9xf32>, %[[B:.*]]: tensor<2x8xf32>, %[[C:.*]]: tensor<3x8xf32>
// CHECK-NEXT: einsum.contract "ab,cd,ad->cb" ins(%[[A]], %[[C]], %[[B]] :
#mk = affine_map<(m, n, k) -> (m, k)>
#nk = affine_map<(m, n, k) -> (n, k)>
#mn = affine_map<(m, n, k) -> (m, n)>
func.func @transposes(%a: tensor<2x9xf32>, %b: tensor<2x8xf32>, %c: tensor<3x8xf32>)
    -> tensor<3x9xf32> {
  %zeros2x3 = arith.constant dense<0.0> : tensor<3x2xf32>
  %cb = linalg.matmul indexing_maps = [#mk, #nk, #mn]
      ins(%c, %b : tensor<3x8xf32>, tensor<2x8xf32>) outs(%zeros2x3 : tensor<3x2xf32>)
      -> tensor<3x2xf32>
  %e0 = tensor.empty() : tensor<9x2xf32>
  %at = linalg.transpose ins(%a : tensor<2x9xf32>) outs(%e0 : tensor<9x2xf32>) permutation = [1, 0]
  %zeros9x3 = arith.constant dense<0.0> : tensor<9x3xf32>
  %r = linalg.matmul indexing_maps = [#mk, #nk, #mn]
      ins(%at, %cb : tensor<9x2xf32>, tensor<3x2xf32>) outs(%zeros9x3 : tensor<9x3xf32>)
      -> tensor<9x3xf32>
  %e1 = tensor.empty() : tensor<3x9xf32>
  %t = linalg.transpose ins(%r : tensor<9x3xf32>) outs(%e1 : tensor<3x9xf32>) permutation = [1, 0]
  return %t : tensor<3x9xf32>
}

// Batches, dynamic extents, linalg.contract, and a sum of one operand.
// CHECK-LABEL: @batch
// CHECK-NEXT: einsum.contract "abc,acd,ad->a" ins(%arg0, %arg1, %arg2 : tensor<?x4x5xf64>, tensor<?x5x6xf64>, tensor<?x6xf64>) -> tensor<?xf64>
#b = affine_map<(b, m, k) -> (b)>
#bk = affine_map<(b, m, k) -> (b, k)>
#bm = affine_map<(b, m, k) -> (b, m)>
#bmk = affine_map<(b, m, k) -> (b, m, k)>
#sbm = affine_map<(b, m) -> (b, m)>
#sb = affine_map<(b, m) -> (b)>
func.func @batch(%a: tensor<?x4x5xf64>, %b: tensor<?x5x6xf64>, %c: tensor<?x6xf64>,
                 %n: index) -> tensor<?xf64> {
  %zero = arith.constant 0.0 : f64
  %e0 = tensor.empty(%n) : tensor<?x4x6xf64>
  %f0 = linalg.fill ins(%zero : f64) outs(%e0 : tensor<?x4x6xf64>) -> tensor<?x4x6xf64>
  %ab = linalg.batch_matmul ins(%a, %b : tensor<?x4x5xf64>, tensor<?x5x6xf64>)
      outs(%f0 : tensor<?x4x6xf64>) -> tensor<?x4x6xf64>
  %e1 = tensor.empty(%n) : tensor<?x4xf64>
  %f1 = linalg.fill ins(%zero : f64) outs(%e1 : tensor<?x4xf64>) -> tensor<?x4xf64>
  %abc = linalg.contract indexing_maps = [#bmk, #bk, #bm]
      ins(%ab, %c : tensor<?x4x6xf64>, tensor<?x6xf64>) outs(%f1 : tensor<?x4xf64>)
      -> tensor<?x4xf64>
  %e2 = tensor.empty(%n) : tensor<?xf64>
  %f2 = linalg.fill ins(%zero : f64) outs(%e2 : tensor<?xf64>) -> tensor<?xf64>
  %s = linalg.generic {indexing_maps = [#sbm, #sb], iterator_types = ["parallel", "reduction"]}
      ins(%abc : tensor<?x4xf64>) outs(%f2 : tensor<?xf64>) {
  ^bb0(%in: f64, %out: f64):
    %sum = arith.addf %in, %out : f64
    linalg.yield %sum : f64
  } -> tensor<?xf64>
  return %s : tensor<?xf64>
}

// A multiply-add written out, of integers with a diagonal; booleans; complex.
// CHECK-LABEL: @generic
// CHECK: einsum.contract "aa,ab->b" ins(%arg0, %arg0 : tensor<4x4xi32>, tensor<4x4xi32>) -> tensor<4xi32>
// CHECK: einsum.contract "a,a->" ins(%arg1, %arg1 : tensor<4xi1>, tensor<4xi1>) -> tensor<i1>
// CHECK: einsum.contract "a,a->" ins(%arg2, %arg2 : tensor<4xcomplex<f32>>, tensor<4xcomplex<f32>>)
#ii = affine_map<(i, j) -> (j, j)>
#ji = affine_map<(i, j) -> (j, i)>
#i = affine_map<(i, j) -> (i)>
func.func @generic(%a: tensor<4x4xi32>, %p: tensor<4xi1>, %z: tensor<4xcomplex<f32>>)
    -> (tensor<4xi32>, tensor<i1>, tensor<complex<f32>>) {
  %zeros = arith.constant dense<0> : tensor<4xi32>
  %r = linalg.generic {indexing_maps = [#ii, #ji, #i], iterator_types = ["parallel", "reduction"]}
      ins(%a, %a : tensor<4x4xi32>, tensor<4x4xi32>) outs(%zeros : tensor<4xi32>) {
  ^bb0(%x: i32, %y: i32, %out: i32):
    %product = arith.muli %y, %x : i32
    %sum = arith.addi %out, %product overflow<nsw> : i32
    linalg.yield %sum : i32
  } -> tensor<4xi32>
  %no = arith.constant dense<false> : tensor<i1>
  %any = linalg.dot ins(%p, %p : tensor<4xi1>, tensor<4xi1>) outs(%no : tensor<i1>) -> tensor<i1>
  %zero = complex.constant [0.0 : f32, 0.0 : f32] : complex<f32>
  %e = tensor.empty() : tensor<complex<f32>>
  %f = linalg.fill ins(%zero : complex<f32>) outs(%e : tensor<complex<f32>>) -> tensor<complex<f32>>
  %d = linalg.dot ins(%z, %z : tensor<4xcomplex<f32>>, tensor<4xcomplex<f32>>)
      outs(%f : tensor<complex<f32>>) -> tensor<complex<f32>>
  return %r, %any, %d : tensor<4xi32>, tensor<i1>, tensor<complex<f32>>
}

// A tree of both sides, whose intermediates are used once each. With
// max-operands=3 it is cut in two.
// RUN: einc-opt %s --linalg-to-einsum=max-operands=3 --canonicalize | FileCheck %s --check-prefix=CUT
// CHECK-LABEL: @tree
// CHECK-NEXT: einsum.contract "ab,bc,cd,de->ae" ins(%arg0, %arg1, %arg2, %arg3 :
// CUT-LABEL: @tree
// CUT-NEXT: %[[CD:.*]] = einsum.contract "ab,bc->ac" ins(%arg2, %arg3 :
// CUT-NEXT: einsum.contract "ab,bc,cd->ad" ins(%arg0, %arg1, %[[CD]] :
func.func @tree(%a: tensor<3x4xf32>, %b: tensor<4x5xf32>, %c: tensor<5x6xf32>, %d: tensor<6x7xf32>)
    -> tensor<3x7xf32> {
  %z0 = arith.constant dense<0.0> : tensor<3x5xf32>
  %ab = linalg.matmul ins(%a, %b : tensor<3x4xf32>, tensor<4x5xf32>)
      outs(%z0 : tensor<3x5xf32>) -> tensor<3x5xf32>
  %z1 = arith.constant dense<0.0> : tensor<5x7xf32>
  %cd = linalg.matmul ins(%c, %d : tensor<5x6xf32>, tensor<6x7xf32>)
      outs(%z1 : tensor<5x7xf32>) -> tensor<5x7xf32>
  %z2 = arith.constant dense<0.0> : tensor<3x7xf32>
  %r = linalg.matmul ins(%ab, %cd : tensor<3x5xf32>, tensor<5x7xf32>)
      outs(%z2 : tensor<3x7xf32>) -> tensor<3x7xf32>
  return %r : tensor<3x7xf32>
}

// einsum-optimize leaves two operands as they are: they have one order.
// RUN: einc-opt %s --einsum-optimize | FileCheck %s --check-prefix=TWO
// TWO-LABEL: @two
// TWO: linalg.matmul
// CHECK-LABEL: @two
// CHECK-NEXT: einsum.contract "ab,bc->ac"
func.func @two(%a: tensor<3x4xf32>, %b: tensor<4x5xf32>) -> tensor<3x5xf32> {
  %z = arith.constant dense<0.0> : tensor<3x5xf32>
  %r = linalg.matmul ins(%a, %b : tensor<3x4xf32>, tensor<4x5xf32>)
      outs(%z : tensor<3x5xf32>) -> tensor<3x5xf32>
  return %r : tensor<3x5xf32>
}

// Zeros that are constants of complex numbers.
// CHECK-LABEL: @complexZeros
// CHECK-NEXT: einsum.contract "ab,b->a" ins(%arg0, %arg1 :
func.func @complexZeros(%a: tensor<2x3xcomplex<f64>>, %b: tensor<3xcomplex<f64>>)
    -> tensor<2xcomplex<f64>> {
  %z = arith.constant dense<(0.0, 0.0)> : tensor<2xcomplex<f64>>
  %r = linalg.matvec ins(%a, %b : tensor<2x3xcomplex<f64>>, tensor<3xcomplex<f64>>)
      outs(%z : tensor<2xcomplex<f64>>) -> tensor<2xcomplex<f64>>
  return %r : tensor<2xcomplex<f64>>
}
