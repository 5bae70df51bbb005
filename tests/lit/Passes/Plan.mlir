// einsum-plan: the steps of the cheapest order, with their costs.
// RUN: einc-opt %s --einsum-plan | FileCheck %s
// RUN: einc-opt %s --einsum-plan=optimize=left-to-right | FileCheck %s --check-prefix=LEFT

// CHECK-LABEL: @chain
// CHECK-SAME: %[[A:.*]]: tensor<1000x10xf32>, %[[B:.*]]: tensor<10x1000xf32>, %[[C:.*]]: tensor<1000x1xf32>
// CHECK-NEXT: %[[BC:.*]] = einsum.pairwise "jk,kl->jl" ins(%[[B]], %[[C]] : tensor<10x1000xf32>, tensor<1000x1xf32>) -> tensor<10x1xf32> {flops = 2.000000e+04 : f64, size = 1.000000e+01 : f64}
// CHECK-NEXT: %[[R:.*]] = einsum.pairwise "ij,jl->il" ins(%[[A]], %[[BC]] : tensor<1000x10xf32>, tensor<10x1xf32>) -> tensor<1000x1xf32> {flops = 2.000000e+04 : f64, size = 1.000000e+03 : f64}
// CHECK-NEXT: return %[[R]]
// LEFT-LABEL: @chain
// LEFT: "ij,jk->ik"{{.*}} {flops = 2.000000e+07 : f64
// LEFT-NEXT: "ik,kl->il"
func.func @chain(%a: tensor<1000x10xf32>, %b: tensor<10x1000xf32>, %c: tensor<1000x1xf32>)
    -> tensor<1000x1xf32> {
  %r = einsum.contract "ij,jk,kl->il"
      ins(%a, %b, %c : tensor<1000x10xf32>, tensor<10x1000xf32>, tensor<1000x1xf32>)
      -> tensor<1000x1xf32>
  return %r : tensor<1000x1xf32>
}

// Parentheses force an order, also a dear one.
// CHECK-LABEL: @forced
// CHECK-NEXT: "ij,jk->ik"
// CHECK-NEXT: "ik,kl->il"
func.func @forced(%a: tensor<1000x10xf32>, %b: tensor<10x1000xf32>, %c: tensor<1000x1xf32>)
    -> tensor<1000x1xf32> {
  %r = einsum.contract "(ij,jk),kl->il"
      ins(%a, %b, %c : tensor<1000x10xf32>, tensor<10x1000xf32>, tensor<1000x1xf32>)
      -> tensor<1000x1xf32>
  return %r : tensor<1000x1xf32>
}

// One operand is one step, without a cost: it is no contraction.
// CHECK-LABEL: @unary
// CHECK-NEXT: %{{.*}} = einsum.pairwise "iij->ji" ins(%{{.*}} : tensor<3x3x?xi8>) -> tensor<?x3xi8>{{$}}
func.func @unary(%a: tensor<3x3x?xi8>) -> tensor<?x3xi8> {
  %r = einsum.contract "(iij)->ji" ins(%a : tensor<3x3x?xi8>) -> tensor<?x3xi8>
  return %r : tensor<?x3xi8>
}

// Dynamic extents are planned for 64, or what dynamic-extent says.
// RUN: einc-opt %s --einsum-plan=dynamic-extent=2 | FileCheck %s --check-prefix=TWO
// CHECK-LABEL: @dynamic
// CHECK-NEXT: "jk,kl->jl"{{.*}} -> tensor<9x5xf32>
// CHECK-NEXT: "ij,jl->il"{{.*}} -> tensor<?x5xf32> {flops = 5.760000e+03 : f64
// TWO-LABEL: @dynamic
// TWO-NEXT: "ij,jk->ik"{{.*}} -> tensor<?x20xf32> {flops = 7.200000e+02 : f64
// TWO-NEXT: "ik,kl->il"{{.*}} -> tensor<?x5xf32>
func.func @dynamic(%a: tensor<?x9xf32>, %b: tensor<9x20xf32>, %c: tensor<20x5xf32>)
    -> tensor<?x5xf32> {
  %r = einsum.contract "ij,jk,kl->il"
      ins(%a, %b, %c : tensor<?x9xf32>, tensor<9x20xf32>, tensor<20x5xf32>)
      -> tensor<?x5xf32>
  return %r : tensor<?x5xf32>
}

// Words that would be letters once a step stands alone are spelled anew.
// CHECK-LABEL: @words
// CHECK-NEXT: "b,b->b"{{.*}} -> tensor<5xf32>
// CHECK-NEXT: "row dim,dim->row"
func.func @words(%m: tensor<3x5xf32>, %v: tensor<5xf32>) -> tensor<3xf32> {
  %r = einsum.contract "row dim,(dim,dim)->row"
      ins(%m, %v, %v : tensor<3x5xf32>, tensor<5xf32>, tensor<5xf32>) -> tensor<3xf32>
  return %r : tensor<3xf32>
}

// An intermediate is no larger than its own operands: extent 1 stays 1.
// CHECK-LABEL: @broadcast
// CHECK-NEXT: "ij,ij->ij"{{.*}} -> tensor<1x4xf32>
// CHECK-NEXT: "ij,ij->ij"{{.*}} -> tensor<3x4xf32>
func.func @broadcast(%a: tensor<1x4xf32>, %b: tensor<3x4xf32>) -> tensor<3x4xf32> {
  %r = einsum.contract "(ij,ij),ij->ij"
      ins(%a, %a, %b : tensor<1x4xf32>, tensor<1x4xf32>, tensor<3x4xf32>) -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}
