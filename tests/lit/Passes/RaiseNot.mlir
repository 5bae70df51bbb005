// linalg-to-einsum: what must stay as it is, alone or as part of a tree.
// RUN: einc-opt %s --linalg-to-einsum --canonicalize | FileCheck %s

// Sums on top of a value.
// CHECK-LABEL: @accumulates
// CHECK-NOT: einsum
// CHECK: linalg.matmul
// CHECK: return
func.func @accumulates(%a: tensor<3x4xf32>, %b: tensor<4x5xf32>, %c: tensor<3x5xf32>)
    -> tensor<3x5xf32> {
  %r = linalg.matmul ins(%a, %b : tensor<3x4xf32>, tensor<4x5xf32>)
      outs(%c : tensor<3x5xf32>) -> tensor<3x5xf32>
  return %r : tensor<3x5xf32>
}

// ... of ones, of minus zero, of nothing in particular.
// CHECK-LABEL: @starts
// CHECK-NOT: einsum
// CHECK-COUNT-3: linalg.dot
// CHECK: return
func.func @starts(%a: tensor<3xf32>) -> (tensor<f32>, tensor<f32>, tensor<f32>) {
  %one = arith.constant dense<1.0> : tensor<f32>
  %r = linalg.dot ins(%a, %a : tensor<3xf32>, tensor<3xf32>) outs(%one : tensor<f32>) -> tensor<f32>
  %minus = arith.constant dense<-0.0> : tensor<f32>
  %s = linalg.dot ins(%a, %a : tensor<3xf32>, tensor<3xf32>) outs(%minus : tensor<f32>) -> tensor<f32>
  %empty = tensor.empty() : tensor<f32>
  %t = linalg.dot ins(%a, %a : tensor<3xf32>, tensor<3xf32>) outs(%empty : tensor<f32>) -> tensor<f32>
  return %r, %s, %t : tensor<f32>, tensor<f32>, tensor<f32>
}

// An intermediate with a second use is computed, and then it is an operand.
// CHECK-LABEL: @usedTwice
// CHECK-NEXT: %[[AB:.*]] = einsum.contract "ab,bc->ac" ins(%arg0, %arg1 :
// CHECK-NEXT: %[[R:.*]] = einsum.contract "ab,bc->ac" ins(%[[AB]], %arg2 :
// CHECK-NEXT: return %[[AB]], %[[R]]
func.func @usedTwice(%a: tensor<3x4xf32>, %b: tensor<4x5xf32>, %c: tensor<5x6xf32>)
    -> (tensor<3x5xf32>, tensor<3x6xf32>) {
  %z0 = arith.constant dense<0.0> : tensor<3x5xf32>
  %ab = linalg.matmul ins(%a, %b : tensor<3x4xf32>, tensor<4x5xf32>)
      outs(%z0 : tensor<3x5xf32>) -> tensor<3x5xf32>
  %z1 = arith.constant dense<0.0> : tensor<3x6xf32>
  %r = linalg.matmul ins(%ab, %c : tensor<3x5xf32>, tensor<5x6xf32>)
      outs(%z1 : tensor<3x6xf32>) -> tensor<3x6xf32>
  return %ab, %r : tensor<3x5xf32>, tensor<3x6xf32>
}

// Used twice by one operation: A B squared.
// CHECK-LABEL: @square
// CHECK-NEXT: %[[AB:.*]] = einsum.contract "ab,bc->ac" ins(%arg0, %arg1 :
// CHECK-NEXT: einsum.contract "ab,bc->ac" ins(%[[AB]], %[[AB]] :
func.func @square(%a: tensor<3x4xf32>, %b: tensor<4x3xf32>) -> tensor<3x3xf32> {
  %z = arith.constant dense<0.0> : tensor<3x3xf32>
  %ab = linalg.matmul ins(%a, %b : tensor<3x4xf32>, tensor<4x3xf32>)
      outs(%z : tensor<3x3xf32>) -> tensor<3x3xf32>
  %r = linalg.matmul ins(%ab, %ab : tensor<3x3xf32>, tensor<3x3xf32>)
      outs(%z : tensor<3x3xf32>) -> tensor<3x3xf32>
  return %r : tensor<3x3xf32>
}

// The value that a sum starts with is no operand of a product.
// CHECK-LABEL: @asInit
// CHECK: %[[AB:.*]] = einsum.contract
// CHECK: linalg.matmul {{.*}} outs(%[[AB]] :
func.func @asInit(%a: tensor<3x3xf32>) -> tensor<3x3xf32> {
  %z = arith.constant dense<0.0> : tensor<3x3xf32>
  %aa = linalg.matmul ins(%a, %a : tensor<3x3xf32>, tensor<3x3xf32>)
      outs(%z : tensor<3x3xf32>) -> tensor<3x3xf32>
  %r = linalg.matmul ins(%a, %a : tensor<3x3xf32>, tensor<3x3xf32>)
      outs(%aa : tensor<3x3xf32>) -> tensor<3x3xf32>
  return %r : tensor<3x3xf32>
}

// Other combiners: subtraction, a maximum, a product of one operand with
// itself, a sum of the operands, booleans by xor (addi), a value from outside.
// CHECK-LABEL: @combiners
// CHECK-NOT: einsum
// CHECK: return
#in = affine_map<(i) -> (i)>
#out = affine_map<(i) -> ()>
func.func @combiners(%a: tensor<4xf32>, %p: tensor<4xi1>, %f: f32)
    -> (tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<i1>, tensor<f32>) {
  %z = arith.constant dense<0.0> : tensor<f32>
  %no = arith.constant dense<false> : tensor<i1>
  %0 = linalg.generic {indexing_maps = [#in, #in, #out], iterator_types = ["reduction"]}
      ins(%a, %a : tensor<4xf32>, tensor<4xf32>) outs(%z : tensor<f32>) {
  ^bb0(%x: f32, %y: f32, %out: f32):
    %p0 = arith.mulf %x, %y : f32
    %s0 = arith.subf %out, %p0 : f32
    linalg.yield %s0 : f32
  } -> tensor<f32>
  %1 = linalg.generic {indexing_maps = [#in, #in, #out], iterator_types = ["reduction"]}
      ins(%a, %a : tensor<4xf32>, tensor<4xf32>) outs(%z : tensor<f32>) {
  ^bb0(%x: f32, %y: f32, %out: f32):
    %p0 = arith.mulf %x, %y : f32
    %s0 = arith.maximumf %out, %p0 : f32
    linalg.yield %s0 : f32
  } -> tensor<f32>
  %2 = linalg.generic {indexing_maps = [#in, #in, #out], iterator_types = ["reduction"]}
      ins(%a, %a : tensor<4xf32>, tensor<4xf32>) outs(%z : tensor<f32>) {
  ^bb0(%x: f32, %y: f32, %out: f32):
    %p0 = arith.mulf %x, %x : f32
    %s0 = arith.addf %out, %p0 : f32
    linalg.yield %s0 : f32
  } -> tensor<f32>
  %3 = linalg.generic {indexing_maps = [#in, #in, #out], iterator_types = ["reduction"]}
      ins(%a, %a : tensor<4xf32>, tensor<4xf32>) outs(%z : tensor<f32>) {
  ^bb0(%x: f32, %y: f32, %out: f32):
    %p0 = arith.addf %x, %y : f32
    %s0 = arith.addf %out, %p0 : f32
    linalg.yield %s0 : f32
  } -> tensor<f32>
  %4 = linalg.generic {indexing_maps = [#in, #in, #out], iterator_types = ["reduction"]}
      ins(%p, %p : tensor<4xi1>, tensor<4xi1>) outs(%no : tensor<i1>) {
  ^bb0(%x: i1, %y: i1, %out: i1):
    %p0 = arith.muli %x, %y : i1
    %s0 = arith.addi %out, %p0 : i1
    linalg.yield %s0 : i1
  } -> tensor<i1>
  %5 = linalg.generic {indexing_maps = [#in, #in, #out], iterator_types = ["reduction"]}
      ins(%a, %a : tensor<4xf32>, tensor<4xf32>) outs(%z : tensor<f32>) {
  ^bb0(%x: f32, %y: f32, %out: f32):
    %p0 = arith.mulf %x, %f : f32
    %s0 = arith.addf %out, %p0 : f32
    linalg.yield %s0 : f32
  } -> tensor<f32>
  return %0, %1, %2, %3, %4, %5
      : tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<i1>, tensor<f32>
}

// Types: products that are extended first, and types einsum has not.
// CHECK-LABEL: @types
// CHECK-NOT: einsum
// CHECK-COUNT-2: linalg.matmul
// CHECK: return
func.func @types(%a: tensor<3x3xf16>, %b: tensor<3x3xi4>) -> (tensor<3x3xf32>, tensor<3x3xi4>) {
  %z = arith.constant dense<0.0> : tensor<3x3xf32>
  %r = linalg.matmul ins(%a, %a : tensor<3x3xf16>, tensor<3x3xf16>)
      outs(%z : tensor<3x3xf32>) -> tensor<3x3xf32>
  %z4 = arith.constant dense<0> : tensor<3x3xi4>
  %s = linalg.matmul ins(%b, %b : tensor<3x3xi4>, tensor<3x3xi4>)
      outs(%z4 : tensor<3x3xi4>) -> tensor<3x3xi4>
  return %r, %s : tensor<3x3xf32>, tensor<3x3xi4>
}

// Indices that are no loops, a result that nothing in the operands numbers, and
// memrefs.
// CHECK-LABEL: @indices
// CHECK-NOT: einsum
// CHECK: return
#shifted = affine_map<(i, j) -> (i + j)>
#ii = affine_map<(i, j) -> (i)>
#jj = affine_map<(i, j) -> (j)>
#ij = affine_map<(i, j) -> (i, j)>
func.func @indices(%a: tensor<6xf32>, %b: tensor<3xf32>, %c: tensor<4xf32>, %m: memref<3x3xf32>)
    -> (tensor<4xf32>, tensor<3x4xf32>) {
  %z = arith.constant dense<0.0> : tensor<4xf32>
  %conv = linalg.generic {indexing_maps = [#shifted, #jj, #ii],
      iterator_types = ["parallel", "reduction"]}
      ins(%a, %b : tensor<6xf32>, tensor<3xf32>) outs(%z : tensor<4xf32>) {
  ^bb0(%x: f32, %y: f32, %out: f32):
    %p0 = arith.mulf %x, %y : f32
    %s0 = arith.addf %out, %p0 : f32
    linalg.yield %s0 : f32
  } -> tensor<4xf32>
  %e = tensor.empty() : tensor<3x4xf32>
  %wide = linalg.broadcast ins(%b : tensor<3xf32>) outs(%e : tensor<3x4xf32>) dimensions = [1]
  linalg.matmul ins(%m, %m : memref<3x3xf32>, memref<3x3xf32>) outs(%m : memref<3x3xf32>)
  return %conv, %wide : tensor<4xf32>, tensor<3x4xf32>
}

// What is computed outside of a loop is not moved into it.
// CHECK-LABEL: @otherBlock
// CHECK: %[[AA:.*]] = einsum.contract "ab,bc->ac" ins(%arg0, %arg0
// CHECK: scf.for
// CHECK: einsum.contract "ab,bc->ac" ins(%[[AA]], %arg
func.func @otherBlock(%a: tensor<3x3xf32>, %n: index) -> tensor<3x3xf32> {
  %z = arith.constant dense<0.0> : tensor<3x3xf32>
  %i0 = arith.constant 0 : index
  %i1 = arith.constant 1 : index
  %aa = linalg.matmul ins(%a, %a : tensor<3x3xf32>, tensor<3x3xf32>)
      outs(%z : tensor<3x3xf32>) -> tensor<3x3xf32>
  %r = scf.for %i = %i0 to %n step %i1 iter_args(%x = %a) -> tensor<3x3xf32> {
    %next = linalg.matmul ins(%aa, %x : tensor<3x3xf32>, tensor<3x3xf32>)
        outs(%z : tensor<3x3xf32>) -> tensor<3x3xf32>
    scf.yield %next : tensor<3x3xf32>
  }
  return %r : tensor<3x3xf32>
}

// Complex numbers that are 0 in one part, or -0.0.
// CHECK-LABEL: @complexStarts
// CHECK-NOT: einsum
// CHECK-COUNT-3: linalg.dot
// CHECK: return
func.func @complexStarts(%a: tensor<3xcomplex<f64>>)
    -> (tensor<complex<f64>>, tensor<complex<f64>>, tensor<complex<f64>>) {
  %i = arith.constant dense<(0.0, 1.0)> : tensor<complex<f64>>
  %r = linalg.dot ins(%a, %a : tensor<3xcomplex<f64>>, tensor<3xcomplex<f64>>)
      outs(%i : tensor<complex<f64>>) -> tensor<complex<f64>>
  %minus = arith.constant dense<(0.0, -0.0)> : tensor<complex<f64>>
  %s = linalg.dot ins(%a, %a : tensor<3xcomplex<f64>>, tensor<3xcomplex<f64>>)
      outs(%minus : tensor<complex<f64>>) -> tensor<complex<f64>>
  %one = complex.constant [1.0 : f64, 0.0 : f64] : complex<f64>
  %e = tensor.empty() : tensor<complex<f64>>
  %f = linalg.fill ins(%one : complex<f64>) outs(%e : tensor<complex<f64>>) -> tensor<complex<f64>>
  %t = linalg.dot ins(%a, %a : tensor<3xcomplex<f64>>, tensor<3xcomplex<f64>>)
      outs(%f : tensor<complex<f64>>) -> tensor<complex<f64>>
  return %r, %s, %t : tensor<complex<f64>>, tensor<complex<f64>>, tensor<complex<f64>>
}
