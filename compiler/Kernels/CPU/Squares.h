// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Transposition of squares of elements of 1 to 16 bytes, which are moved as
/// they are: by x86's unpack and shuffle instructions, none of which needs
/// more than its two operands.

#ifndef EINC_COMPILER_KERNELS_CPU_SQUARES_H
#define EINC_COMPILER_KERNELS_CPU_SQUARES_H

#include "compiler/Emit/Emitter.h"

namespace einc {

/// A square in memory: lines of neighbours, `stride` bytes apart.
struct SquarePlace {
  mlir::Value pointer;
  mlir::Value stride;
};

/// Line i of `to` becomes column i of `from`; `side` is a power of two.
/// `stream`: lines of `to` are stored past the caches; each is a multiple of
/// its size from address 0.
void moveSquare(Emitter &e, unsigned bytes, unsigned side, SquarePlace to,
                SquarePlace from, bool stream = false);

/// Covers a plane of width x height, neither less than `side`, with squares.
/// `body` does one: its first x and y, and the number of columns and rows of
/// it that squares before it have covered.
using SquareBody = llvm::function_ref<void(mlir::Value x, mlir::Value y,
                                           mlir::Value oldX, mlir::Value oldY)>;
/// Squares beside each other along x, `line` elements in all, go before those
/// along y: a line of the cache is then written at once.
void forSquares(Emitter &e, mlir::Value width, mlir::Value height,
                unsigned side, unsigned line, SquareBody body);

} // namespace einc

#endif // EINC_COMPILER_KERNELS_CPU_SQUARES_H
