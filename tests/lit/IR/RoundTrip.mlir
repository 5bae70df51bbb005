// What is printed is parsed again, in both forms and as bytecode.
// RUN: einc-opt %s | FileCheck %s
// RUN: einc-opt %s | einc-opt | FileCheck %s
// RUN: einc-opt %s --mlir-print-op-generic | einc-opt | FileCheck %s
// RUN: einc-opt %s --emit-bytecode | einc-opt | FileCheck %s

// CHECK-LABEL: @chain
// CHECK: einsum.contract "ij,jk,kl->il" ins(%{{.*}}, %{{.*}}, %{{.*}} : tensor<8x4xf32>, tensor<4x9xf32>, tensor<9x?xf32>) -> tensor<8x?xf32>
func.func @chain(%a: tensor<8x4xf32>, %b: tensor<4x9xf32>, %c: tensor<9x?xf32>)
    -> tensor<8x?xf32> {
  %r = einsum.contract "ij,jk,kl->il"
      ins(%a, %b, %c : tensor<8x4xf32>, tensor<4x9xf32>, tensor<9x?xf32>)
      -> tensor<8x?xf32>
  return %r : tensor<8x?xf32>
}

// CHECK-LABEL: @step
// CHECK: einsum.pairwise "jk,kl->jl" ins(%{{.*}}, %{{.*}} : tensor<4x9xf64>, tensor<9x2xf64>) -> tensor<4x2xf64> {flops = 1.440000e+02 : f64, note = "kept", size = 8.000000e+00 : f64}
func.func @step(%b: tensor<4x9xf64>, %c: tensor<9x2xf64>) -> tensor<4x2xf64> {
  %r = einsum.pairwise "jk,kl->jl" ins(%b, %c : tensor<4x9xf64>, tensor<9x2xf64>)
      -> tensor<4x2xf64> {flops = 144.0 : f64, size = 8.0 : f64, note = "kept"}
  return %r : tensor<4x2xf64>
}

// Words, ellipses, diagonals, letters beyond ASCII, parentheses, scalars.
// CHECK-LABEL: @grammar
// CHECK: "batch row, row -> batch"
// CHECK: "...i,i->...i"
// CHECK: "ii->i"
// CHECK: "i->ii"
// CHECK: "\CE\B1\CE\B2,\CE\B2->\CE\B1"
// CHECK: "i,(i,i)->"
// CHECK: "->" ins(%{{.*}} : tensor<f32>) -> tensor<f32>
func.func @grammar(%m: tensor<3x3xf32>, %v: tensor<3xf32>, %s: tensor<f32>) {
  %0 = einsum.contract "batch row, row -> batch"
      ins(%m, %v : tensor<3x3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %1 = einsum.contract "...i,i->...i"
      ins(%m, %v : tensor<3x3xf32>, tensor<3xf32>) -> tensor<3x3xf32>
  %2 = einsum.contract "ii->i" ins(%m : tensor<3x3xf32>) -> tensor<3xf32>
  %3 = einsum.contract "i->ii" ins(%v : tensor<3xf32>) -> tensor<3x3xf32>
  %4 = einsum.contract "αβ,β->α"
      ins(%m, %v : tensor<3x3xf32>, tensor<3xf32>) -> tensor<3xf32>
  %5 = einsum.contract "i,(i,i)->"
      ins(%v, %v, %v : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<f32>
  %6 = einsum.contract "->" ins(%s : tensor<f32>) -> tensor<f32>
  return
}

// Every element type.
// CHECK-LABEL: @types
// CHECK-COUNT-12: einsum.contract "i->"
func.func @types(%a: tensor<3xf32>, %b: tensor<3xf64>, %c: tensor<3xf16>,
                 %d: tensor<3xbf16>, %e: tensor<3xcomplex<f32>>,
                 %f: tensor<3xcomplex<f64>>, %g: tensor<3xi1>,
                 %h: tensor<3xi8>, %i: tensor<3xi16>, %j: tensor<3xi32>,
                 %k: tensor<3xi64>, %l: tensor<3xui8>) {
  einsum.contract "i->" ins(%a : tensor<3xf32>) -> tensor<f32>
  einsum.contract "i->" ins(%b : tensor<3xf64>) -> tensor<f64>
  einsum.contract "i->" ins(%c : tensor<3xf16>) -> tensor<f16>
  einsum.contract "i->" ins(%d : tensor<3xbf16>) -> tensor<bf16>
  einsum.contract "i->" ins(%e : tensor<3xcomplex<f32>>) -> tensor<complex<f32>>
  einsum.contract "i->" ins(%f : tensor<3xcomplex<f64>>) -> tensor<complex<f64>>
  einsum.contract "i->" ins(%g : tensor<3xi1>) -> tensor<i1>
  einsum.contract "i->" ins(%h : tensor<3xi8>) -> tensor<i8>
  einsum.contract "i->" ins(%i : tensor<3xi16>) -> tensor<i16>
  einsum.contract "i->" ins(%j : tensor<3xi32>) -> tensor<i32>
  einsum.contract "i->" ins(%k : tensor<3xi64>) -> tensor<i64>
  einsum.contract "i->" ins(%l : tensor<3xui8>) -> tensor<ui8>
  return
}

// Dynamic extents, also where a number could stand, and where they take the
// extent that another operand gives their label.
// CHECK-LABEL: @dynamic
// CHECK-COUNT-5: einsum.contract
func.func @dynamic(%a: tensor<?x4xf32>, %b: tensor<1x?xf32>, %c: tensor<?x?xf32>) {
  einsum.contract "ij,ij->ij" ins(%a, %b : tensor<?x4xf32>, tensor<1x?xf32>)
      -> tensor<?x4xf32>
  einsum.contract "ij,ij->ij" ins(%a, %b : tensor<?x4xf32>, tensor<1x?xf32>)
      -> tensor<7x?xf32>
  einsum.contract "ij,ij->ij" ins(%a, %c : tensor<?x4xf32>, tensor<?x?xf32>)
      -> tensor<?x4xf32>
  einsum.contract "ii->i" ins(%b : tensor<1x?xf32>) -> tensor<1xf32>
  einsum.contract "...,...->..." ins(%b, %c : tensor<1x?xf32>, tensor<?x?xf32>)
      -> tensor<?x?xf32>
  return
}
