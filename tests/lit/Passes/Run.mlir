// The distribution's mlir-opt, with the plugin, lowers einsum to linalg and on to
// LLVM; its mlir-runner computes. Right are the numbers that numpy gives.
// REQUIRES: mlir-opt
// RUN: %mlir_opt %s --pass-pipeline="builtin.module(einsum-plan,einsum-to-linalg,%{lower_linalg})" \
// RUN:   | mlir-runner -e main --entry-point-result=void --shared-libs=%runner_libs \
// RUN:   | FileCheck %s

func.func private @printMemrefF32(tensor<*xf32>) attributes {llvm.emit_c_interface}
func.func private @printMemrefF64(tensor<*xf64>)
func.func private @printMemrefI32(tensor<*xi32>)

func.func @main() {
  // (A B) C with A 2x3, B 3x2, C 2x2.
  %a = arith.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>
  %b = arith.constant dense<[[1.0, -2.0], [3.0, 5.0], [-7.0, 11.0]]> : tensor<3x2xf32>
  %c = arith.constant dense<[[2.0, 1.0], [3.0, -1.0]]> : tensor<2x2xf32>
  %chain = einsum.contract "ij,jk,kl->il"
      ins(%a, %b, %c : tensor<2x3xf32>, tensor<3x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  // CHECK: sizes = [2, 2]
  // CHECK-NEXT: {{\[\[}}95, -55],
  // CHECK-NEXT: [203, -106{{\]\]}}
  %chain_ = tensor.cast %chain : tensor<2x2xf32> to tensor<*xf32>
  call @printMemrefF32(%chain_) : (tensor<*xf32>) -> ()

  // The same with extents that nobody knows.
  %a_ = tensor.cast %a : tensor<2x3xf32> to tensor<?x?xf32>
  %b_ = tensor.cast %b : tensor<3x2xf32> to tensor<3x?xf32>
  %c_ = tensor.cast %c : tensor<2x2xf32> to tensor<?x?xf32>
  %dynamic = func.call @dynamic(%a_, %b_, %c_)
      : (tensor<?x?xf32>, tensor<3x?xf32>, tensor<?x?xf32>) -> tensor<?x?xf32>
  // CHECK: sizes = [2, 2]
  // CHECK-NEXT: {{\[\[}}95, -55],
  // CHECK-NEXT: [203, -106{{\]\]}}
  %dynamic_ = tensor.cast %dynamic : tensor<?x?xf32> to tensor<*xf32>
  call @printMemrefF32(%dynamic_) : (tensor<*xf32>) -> ()

  // Trace and diagonal, of a transposed product.
  %trace = einsum.contract "ii->" ins(%c : tensor<2x2xf32>) -> tensor<f32>
  // CHECK: rank = 0
  // CHECK-NEXT: [1]
  %trace_ = tensor.cast %trace : tensor<f32> to tensor<*xf32>
  call @printMemrefF32(%trace_) : (tensor<*xf32>) -> ()
  %diagonal = einsum.contract "ij,ji->i" ins(%a, %b : tensor<2x3xf32>, tensor<3x2xf32>)
      -> tensor<2xf32>
  // CHECK: sizes = [2]
  // CHECK-NEXT: [-14, 83]
  %diagonal_ = tensor.cast %diagonal : tensor<2xf32> to tensor<*xf32>
  call @printMemrefF32(%diagonal_) : (tensor<*xf32>) -> ()

  // A diagonal in the output: zeros around it.
  %spread = einsum.contract "ij->jij" ins(%c : tensor<2x2xf32>) -> tensor<2x2x2xf32>
  // CHECK: sizes = [2, 2, 2]
  // CHECK-NEXT: {{\[\[\[}}2, 0],
  // CHECK-NEXT: [3, 0]],
  // CHECK-NEXT: {{\[\[}}0, 1],
  // CHECK-NEXT: [0, -1]]]
  %spread_ = tensor.cast %spread : tensor<2x2x2xf32> to tensor<*xf32>
  call @printMemrefF32(%spread_) : (tensor<*xf32>) -> ()

  // A batch, whose extent in one operand is 1.
  %p = arith.constant dense<[[[1, 2], [3, 4]]]> : tensor<1x2x2xi32>
  %q = arith.constant dense<[[[5, 6], [7, 8]], [[-1, 0], [2, 100]], [[0, 1], [9, 9]]]>
      : tensor<3x2x2xi32>
  %batch = einsum.contract "bij,bjk->bki" ins(%p, %q : tensor<1x2x2xi32>, tensor<3x2x2xi32>)
      -> tensor<3x2x2xi32>
  // CHECK: sizes = [3, 2, 2]
  // CHECK-NEXT: {{\[\[\[}}19, 43],
  // CHECK-NEXT: [22, 50]],
  // CHECK-NEXT: {{\[\[}}3, 5],
  // CHECK-NEXT: [200, 400]],
  // CHECK-NEXT: {{\[\[}}18, 36],
  // CHECK-NEXT: [19, 39]]]
  %batch_ = tensor.cast %batch : tensor<3x2x2xi32> to tensor<*xi32>
  call @printMemrefI32(%batch_) : (tensor<*xi32>) -> ()

  // Sums that one operand alone has, in integers.
  %p2 = arith.constant dense<[[1], [10]]> : tensor<2x1xi32>
  %sum = einsum.contract "...jk,kl->...l" ins(%q, %p2 : tensor<3x2x2xi32>, tensor<2x1xi32>)
      -> tensor<3x1xi32>
  // CHECK: sizes = [3, 1]
  // CHECK-NEXT: {{\[\[}}152],
  // CHECK-NEXT: [1001],
  // CHECK-NEXT: [109{{\]\]}}
  %sum_ = tensor.cast %sum : tensor<3x1xi32> to tensor<*xi32>
  call @printMemrefI32(%sum_) : (tensor<*xi32>) -> ()

  // i8 wraps: 100 + 100 is -56.
  %small = arith.constant dense<[100, 100]> : tensor<2xi8>
  %wrapped = einsum.contract "i->" ins(%small : tensor<2xi8>) -> tensor<i8>
  %wrapped0 = tensor.extract %wrapped[] : tensor<i8>
  %wrapped1 = arith.extsi %wrapped0 : i8 to i32
  %wrapped2 = tensor.from_elements %wrapped1 : tensor<1xi32>
  // CHECK: [-56]
  %wrapped_ = tensor.cast %wrapped2 : tensor<1xi32> to tensor<*xi32>
  call @printMemrefI32(%wrapped_) : (tensor<*xi32>) -> ()

  // Booleans: a path of two edges.
  %edges = arith.constant dense<[[false, true, false], [false, true, true], [false, false, false]]>
      : tensor<3x3xi1>
  %paths = einsum.contract "ij,jk->ik" ins(%edges, %edges : tensor<3x3xi1>, tensor<3x3xi1>)
      -> tensor<3x3xi1>
  %paths32 = func.call @widen(%paths) : (tensor<3x3xi1>) -> tensor<3x3xi32>
  // CHECK: sizes = [3, 3]
  // CHECK-NEXT: {{\[\[}}0, 1, 1],
  // CHECK-NEXT: [0, 1, 1],
  // CHECK-NEXT: [0, 0, 0{{\]\]}}
  %paths_ = tensor.cast %paths32 : tensor<3x3xi32> to tensor<*xi32>
  call @printMemrefI32(%paths_) : (tensor<*xi32>) -> ()

  // f16 sums in f32: 2048 + 1 + 1 + 1 + 1 is 2052, in f16 it would stay 2048.
  %half = arith.constant dense<[2048.0, 1.0, 1.0, 1.0, 1.0]> : tensor<5xf16>
  %one = arith.constant dense<1.0> : tensor<5xf16>
  %dot = einsum.contract "i,i->" ins(%half, %one : tensor<5xf16>, tensor<5xf16>) -> tensor<f16>
  %dot0 = tensor.extract %dot[] : tensor<f16>
  %dot1 = arith.extf %dot0 : f16 to f32
  %dot2 = tensor.from_elements %dot1 : tensor<1xf32>
  // CHECK: [2052]
  %dot_ = tensor.cast %dot2 : tensor<1xf32> to tensor<*xf32>
  call @printMemrefF32(%dot_) : (tensor<*xf32>) -> ()

  // Complex: (1+2i)(3-i) + (0+i)(2+5i) = 5+5i + -5+2i.
  %x = arith.constant dense<[(1.0, 2.0), (0.0, 1.0)]> : tensor<2xcomplex<f32>>
  %y = arith.constant dense<[(3.0, -1.0), (2.0, 5.0)]> : tensor<2xcomplex<f32>>
  %z = einsum.contract "i,i->" ins(%x, %y : tensor<2xcomplex<f32>>, tensor<2xcomplex<f32>>)
      -> tensor<complex<f32>>
  %z0 = tensor.extract %z[] : tensor<complex<f32>>
  %re = complex.re %z0 : complex<f32>
  %im = complex.im %z0 : complex<f32>
  %parts = tensor.from_elements %re, %im : tensor<2xf32>
  // CHECK: [0, 7]
  %parts_ = tensor.cast %parts : tensor<2xf32> to tensor<*xf32>
  call @printMemrefF32(%parts_) : (tensor<*xf32>) -> ()

  // A sum of nothing is 0; a product without a sum needs no 0 to start with.
  %nothing = tensor.empty() : tensor<2x0xf64>
  %empty = einsum.contract "ik,jk->ij" ins(%nothing, %nothing : tensor<2x0xf64>, tensor<2x0xf64>)
      -> tensor<2x2xf64>
  // CHECK: sizes = [2, 2]
  // CHECK-NEXT: {{\[\[}}0, 0],
  // CHECK-NEXT: [0, 0{{\]\]}}
  %empty_ = tensor.cast %empty : tensor<2x2xf64> to tensor<*xf64>
  call @printMemrefF64(%empty_) : (tensor<*xf64>) -> ()
  %u = arith.constant dense<[-0.0, 2.0]> : tensor<2xf64>
  %v = arith.constant dense<[3.0, 5.0, 7.0]> : tensor<3xf64>
  %outer = einsum.contract "i,j->ij" ins(%u, %v : tensor<2xf64>, tensor<3xf64>)
      -> tensor<2x3xf64>
  // CHECK: sizes = [2, 3]
  // CHECK-NEXT: {{\[\[}}-0, -0, -0],
  // CHECK-NEXT: [6, 10, 14{{\]\]}}
  %outer_ = tensor.cast %outer : tensor<2x3xf64> to tensor<*xf64>
  call @printMemrefF64(%outer_) : (tensor<*xf64>) -> ()
  return
}

func.func @dynamic(%a: tensor<?x?xf32>, %b: tensor<3x?xf32>, %c: tensor<?x?xf32>)
    -> tensor<?x?xf32> {
  %r = einsum.contract "ij,jk,kl->il"
      ins(%a, %b, %c : tensor<?x?xf32>, tensor<3x?xf32>, tensor<?x?xf32>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

func.func @widen(%t: tensor<3x3xi1>) -> tensor<3x3xi32> {
  %init = tensor.empty() : tensor<3x3xi32>
  %r = linalg.map { arith.extui } ins(%t : tensor<3x3xi1>) outs(%init : tensor<3x3xi32>)
  return %r : tensor<3x3xi32>
}
