// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Structs that begin with structSize, of older and newer headers.

#ifndef EINC_COMPILER_CAPI_SIZEDSTRUCT_H
#define EINC_COMPILER_CAPI_SIZEDSTRUCT_H

#include "compiler/CAPI/Guard.h"

#include <algorithm>
#include <cstring>

namespace einc::capi {

/// A structSize above this is no size but memory that was never set.
constexpr size_t MaxStructSize = 4096;

/// Throws InvalidArgument unless `size` can be that of a struct named `name`,
/// which has `knownSize` here.
void requireStructSize(size_t size, size_t knownSize, const char *name);

/// Throws InvalidArgument unless bytes [begin, end) of a struct are 0.
void requireZeroBytes(const void *given, size_t begin, size_t end,
                      const char *name);

/// What the caller gave, members of newer headers 0; null: all members are.
/// Throws InvalidArgument for a size that is none, and for members that this
/// library does not know and that are not 0.
template <typename Struct>
Struct readSizedStruct(const Struct *given, const char *name) {
  Struct result = {};
  if (!given)
    return result;
  const size_t size = given->structSize;
  requireStructSize(size, sizeof(Struct), name);
  if (size > sizeof(Struct))
    requireZeroBytes(given, sizeof(Struct), size, name);
  std::memcpy(&result, given, std::min(size, sizeof(Struct)));
  return result;
}

/// Fills in the members that the caller's struct has, and 0 for those that this
/// library does not know.
template <typename Struct>
void writeSizedStruct(Struct value, Struct *out, const char *name) {
  const size_t size = out->structSize;
  requireStructSize(size, sizeof(Struct), name);
  value.structSize = size;
  std::memcpy(out, &value, std::min(size, sizeof(Struct)));
  if (size > sizeof(Struct))
    std::memset(reinterpret_cast<char *>(out) + sizeof(Struct), 0,
                size - sizeof(Struct));
}

} // namespace einc::capi

#endif // EINC_COMPILER_CAPI_SIZEDSTRUCT_H
