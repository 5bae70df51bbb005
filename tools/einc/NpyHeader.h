// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The header of .npy files, versions 1 to 3: a Python dict with the keys
/// 'descr', 'fortran_order' and 'shape', each exactly once, and nothing else.

#ifndef EINC_TOOLS_EINC_NPYHEADER_H
#define EINC_TOOLS_EINC_NPYHEADER_H

#include "compiler/Frontend/ShapeInference.h"
#include "einc/ElementType.h"

#include <string_view>

namespace einc {

struct NpyHeader {
  ElementType type = ElementType::F32;
  /// Elements are two bytes of no type, as numpy writes bf16; `type` is BF16.
  bool untyped = false;
  /// Whether the bytes of an element lie in the other order than here.
  bool swapped = false;
  /// Whether the first axis is the contiguous one.
  bool fortranOrder = false;
  Shape shape;
};

/// The first bytes of a file: magic, version, length of the header. `text`
/// follows at `textOffset`.
struct NpyPreamble {
  static constexpr size_t MaxBytes = 12;
  size_t textOffset = 0;
  size_t textBytes = 0;
};

/// `start` is the first MaxBytes bytes of the file, or all it has.
/// Error: IO. A header of more than 10,000 bytes is one, as it is for numpy.
Result<NpyPreamble> parseNpyPreamble(std::string_view start);

/// Errors: IO; UnsupportedType for elements of other types than einc's.
Result<NpyHeader> parseNpyHeader(std::string_view text);

/// Magic, version 1.0 and header of a little-endian row-major file; its length
/// is a multiple of 64.
std::string makeNpyHeader(ElementType type, const Shape &shape);

} // namespace einc

#endif // EINC_TOOLS_EINC_NPYHEADER_H
