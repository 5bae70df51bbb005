// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The representation of a small compiler for matrix programs, which knows
/// nothing of einsum but what einc tells it.

#ifndef EINC_TESTS_PACKAGE_HOST_IR_H
#define EINC_TESTS_PACKAGE_HOST_IR_H

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

enum class OpKind {
  Tensor,    ///< an input of a given shape
  Matmul,    ///< two operands
  Transpose, ///< one operand
  Einsum     ///< made by fuse(): any operands, an equation
};

/// A value; operands are indices of earlier ones.
struct Op {
  OpKind kind;
  std::string name;
  std::vector<size_t> operands;
  std::vector<int64_t> shape;
  std::string equation;
};

struct Program {
  std::vector<Op> ops;
  std::vector<size_t> results; ///< what is printed
};

/// Reads a program. Throws std::runtime_error with a line number.
Program read(std::istream &stream);

/// Replaces each tree of products and transpositions, whose inner values have
/// no other use, by one einsum; einc then chooses its order.
Program fuse(const Program &program);

/// Prints each operation and, of an einsum, its plan.
void print(std::ostream &stream, const Program &program);

/// Computes the results and prints them.
void execute(std::ostream &stream, const Program &program);

#endif // EINC_TESTS_PACKAGE_HOST_IR_H
