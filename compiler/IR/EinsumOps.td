// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The operations. Types are left to the verifier, whose messages say more
/// than those of type constraints.

#ifndef EINC_COMPILER_IR_EINSUMOPS_TD
#define EINC_COMPILER_IR_EINSUMOPS_TD

include "compiler/IR/EinsumDialect.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class EinsumOp<string mnemonic> : Op<EinsumDialect, mnemonic, [Pure]> {
  let results = (outs AnyRankedTensor:$result);
  let hasVerifier = 1;
}

def ContractOp : EinsumOp<"contract"> {
  let summary = "The sum of products that an equation describes";
  let description = [{
    The value of an einsum equation. The order of the sums is not given: whoever
    lowers the operation may choose it, and so may round in another order.

    ```mlir
    %r = einsum.contract "ij,jk,kl->il"
        ins(%a, %b, %c : tensor<8x4xf32>, tensor<4x9xf32>, tensor<9x?xf32>)
        -> tensor<8x?xf32>
    ```
  }];
  let arguments = (ins StrAttr:$equation, Variadic<AnyRankedTensor>:$inputs);
  let assemblyFormat = [{
    $equation `ins` `(` $inputs `:` type($inputs) `)` `->` type($result)
    attr-dict
  }];
}

def PairwiseOp : EinsumOp<"pairwise"> {
  let summary = "One step of a plan: a product of at most two tensors, summed";
  let description = [{
    As `einsum.contract`, of one tensor or two. `flops` and `size` are what
    `einc plan` says about the step: operations, and elements of the result.

    ```mlir
    %r = einsum.pairwise "jk,kl->jl"
        ins(%b, %c : tensor<4x9xf32>, tensor<9x2xf32>)
        -> tensor<4x2xf32> {flops = 144.0 : f64, size = 8.0 : f64}
    ```
  }];
  let arguments = (ins StrAttr:$equation, Variadic<AnyRankedTensor>:$inputs,
                       OptionalAttr<F64Attr>:$flops,
                       OptionalAttr<F64Attr>:$size);
  let assemblyFormat = [{
    $equation `ins` `(` $inputs `:` type($inputs) `)` `->` type($result)
    attr-dict
  }];
}

#endif // EINC_COMPILER_IR_EINSUMOPS_TD
