// Every constraint of compiler/IR/README.md, by its name.
// RUN: einc-opt %s --split-input-file --verify-diagnostics

func.func @C1(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  // expected-error @below {{'einsum.contract' op found '-' without '>'; the arrow is written '->'}}
  // expected-note @below {{here:}}
  %r = einsum.contract "ij-ij" ins(%a : tensor<3x4xf32>) -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

func.func @C1_unknownOutputLabel(%a: tensor<3x4xf32>) -> tensor<3xf32> {
  // expected-error @below {{label 'k' of the output is in no input}}
  // expected-note @below {{here:}}
  // expected-note @below {{the inputs have the labels 'i', 'j'}}
  %r = einsum.contract "ij->k" ins(%a : tensor<3x4xf32>) -> tensor<3xf32>
  return %r : tensor<3xf32>
}

// -----

func.func @C1_zeroByte(%a: tensor<3xf32>) -> tensor<f32> {
  // expected-error @below {{found a zero byte; expected a label, ',', '->' or '...'}}
  // expected-note @below {{here:}}
  %r = einsum.contract "i\00->" ins(%a : tensor<3xf32>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

func.func @C1_noUTF8(%a: tensor<3xf32>) -> tensor<f32> {
  // expected-error @below {{found the byte \xFF, which is no UTF-8 here}}
  // expected-note @below {{here:}}
  %r = einsum.contract "i\FF->" ins(%a : tensor<3xf32>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

func.func @C2(%a: tensor<3x4xf32>, %b: tensor<4x5xf32>) -> tensor<3x5xf32> {
  // expected-error @below {{the equation has no output: write it after '->'}}
  %r = einsum.contract "ij,jk" ins(%a, %b : tensor<3x4xf32>, tensor<4x5xf32>)
      -> tensor<3x5xf32>
  return %r : tensor<3x5xf32>
}

// -----

func.func @C3(%a: tensor<3x4xf32>) -> tensor<3x5xf32> {
  // expected-error @below {{the equation has 2 terms but there is 1 operand}}
  // expected-note @below {{here:}}
  %r = einsum.contract "ij,jk->ik" ins(%a : tensor<3x4xf32>) -> tensor<3x5xf32>
  return %r : tensor<3x5xf32>
}

// -----

func.func @C3_noOperand() -> tensor<f32> {
  // expected-error @below {{the equation has 1 term but there are no operands}}
  // expected-note @below {{here:}}
  %r = "einsum.contract"() {equation = "->"} : () -> tensor<f32>
  return %r : tensor<f32>
}

// -----

func.func @C4(%a: tensor<3x4x5xf32>) -> tensor<3x4xf32> {
  // expected-error @below {{operand 0 has 3 axes but its term 'ij' has 2 labels}}
  // expected-note @below {{here:}}
  // expected-note @below {{write one label for each axis}}
  %r = einsum.contract "ij->ij" ins(%a : tensor<3x4x5xf32>) -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

func.func @C4_droppedEllipsis(%a: tensor<3x4x5xf32>) -> tensor<5xf32> {
  // expected-error @below {{the output has no '...' but the ellipsis of operand 0 stands for 2 axes}}
  // expected-note @below {{here:}}
  // expected-note @below {{operand 0 has shape (3, 4, 5); write '...' in the output}}
  %r = einsum.contract "...k->k" ins(%a : tensor<3x4x5xf32>) -> tensor<5xf32>
  return %r : tensor<5xf32>
}

// -----

func.func @C5(%a: tensor<3x4xf32>, %b: tensor<5x2xf32>) -> tensor<3x2xf32> {
  // expected-error @below {{label 'j' has extent 4 in operand 0 but 5 in operand 1}}
  // expected-note @below {{here:}}
  // expected-note @below {{operand 0 has shape (3, 4), operand 1 has shape (5, 2)}}
  %r = einsum.contract "ij,jk->ik" ins(%a, %b : tensor<3x4xf32>, tensor<5x2xf32>)
      -> tensor<3x2xf32>
  return %r : tensor<3x2xf32>
}

// -----

// Beside a dynamic extent, no note that would give a number for it.
func.func @C5_dynamic(%a: tensor<?x4xf32>, %b: tensor<5x2xf32>) -> tensor<?x2xf32> {
  // expected-error @below {{label 'j' has extent 4 in operand 0 but 5 in operand 1}}
  // expected-note @below {{here:}}
  %r = einsum.contract "ij,jk->ik" ins(%a, %b : tensor<?x4xf32>, tensor<5x2xf32>)
      -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}

// -----

func.func @C7_overflow(%a: tensor<4611686018427387904xi8>) -> tensor<?x?xi8> {
  // expected-error @below {{the output would have 2^63 elements or more}}
  // expected-note @below {{the output has shape (4611686018427387904, 4611686018427387904)}}
  %r = einsum.contract "i,j->ij" ins(%a, %a : tensor<4611686018427387904xi8>,
      tensor<4611686018427387904xi8>) -> tensor<?x?xi8>
  return %r : tensor<?x?xi8>
}

// -----

func.func @C6(%a: tensor<3x4xf32>) -> tensor<f32> {
  // expected-error @below {{label 'i' has extents 3 and 4 in operand 0}}
  // expected-note @below {{here:}}
  // expected-note @below {{operand 0 has shape (3, 4)}}
  %r = einsum.contract "ii->" ins(%a : tensor<3x4xf32>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

func.func @C6_besideDynamic(%a: tensor<3x?x4xf32>) -> tensor<f32> {
  // expected-error @below {{label 'i' has extents 3 and 4 in operand 0}}
  // expected-note @below {{here:}}
  %r = einsum.contract "iii->" ins(%a : tensor<3x?x4xf32>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

func.func @C7(%a: tensor<3x4xf32>) -> tensor<3x4xf32> {
  // expected-error @below {{has the result 'tensor<3x4xf32>' but the equation gives 'tensor<4x3xf32>'}}
  %r = einsum.contract "ij->ji" ins(%a : tensor<3x4xf32>) -> tensor<3x4xf32>
  return %r : tensor<3x4xf32>
}

// -----

func.func @C7_rank(%a: tensor<?x4xf32>) -> tensor<?x?xf32> {
  // expected-error @below {{has the result 'tensor<?x?xf32>' but the equation gives 'tensor<?xf32>'}}
  %r = einsum.contract "ij->i" ins(%a : tensor<?x4xf32>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}

// -----

func.func @C8(%a: tensor<3x4xf32>, %b: tensor<4x5xf64>) -> tensor<3x5xf64> {
  // expected-error @below {{operand 0 has elements of type 'f32' but the result 'f64'}}
  %r = einsum.contract "ij,jk->ik" ins(%a, %b : tensor<3x4xf32>, tensor<4x5xf64>)
      -> tensor<3x5xf64>
  return %r : tensor<3x5xf64>
}

// -----

func.func @C8_index(%a: tensor<3xindex>) -> tensor<index> {
  // expected-error @below {{has elements of type 'index'; they must be f64, f32,}}
  %r = einsum.contract "i->" ins(%a : tensor<3xindex>) -> tensor<index>
  return %r : tensor<index>
}

// -----

func.func @C8_i7(%a: tensor<3xi7>) -> tensor<i7> {
  // expected-error @below {{has elements of type 'i7'}}
  %r = einsum.contract "i->" ins(%a : tensor<3xi7>) -> tensor<i7>
  return %r : tensor<i7>
}

// -----

func.func @C9(%a: tensor<3xf32, "sparse">) -> tensor<f32> {
  // expected-error @below {{operand 0 has the encoding "sparse"; tensors are dense}}
  %r = einsum.contract "i->" ins(%a : tensor<3xf32, "sparse">) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

func.func @C10(%a: tensor<3xf32>) -> tensor<f32> {
  // expected-error @below {{has 3 operands; a step has one or two}}
  %r = einsum.pairwise "i,i,i->" ins(%a, %a, %a : tensor<3xf32>, tensor<3xf32>,
      tensor<3xf32>) -> tensor<f32>
  return %r : tensor<f32>
}

// -----

func.func @C10_parentheses(%a: tensor<3xf32>) -> tensor<f32> {
  // expected-error @below {{a step has no order to force by parentheses}}
  %r = einsum.pairwise "(i,i)->" ins(%a, %a : tensor<3xf32>, tensor<3xf32>)
      -> tensor<f32>
  return %r : tensor<f32>
}

// -----

// A step is an equation too.
func.func @C5_pairwise(%a: tensor<3xf32>, %b: tensor<2xf32>) -> tensor<f32> {
  // expected-error @below {{'einsum.pairwise' op label 'i' has extent 3 in operand 0 but 2 in operand 1}}
  // expected-note @below {{here:}}
  // expected-note @below {{operand 0 has shape (3)}}
  %r = einsum.pairwise "i,i->" ins(%a, %b : tensor<3xf32>, tensor<2xf32>)
      -> tensor<f32>
  return %r : tensor<f32>
}
