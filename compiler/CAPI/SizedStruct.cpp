// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/CAPI/SizedStruct.h"

using namespace einc;

void capi::requireStructSize(size_t size, size_t knownSize, const char *name) {
  if (size < sizeof(size_t) || size > MaxStructSize)
    throwError(ErrorKind::InvalidArgument,
               std::string("structSize of ") + name + " is " +
                   std::to_string(size) + ", expected " +
                   std::to_string(knownSize));
}

void capi::requireZeroBytes(const void *given, size_t begin, size_t end,
                            const char *name) {
  const auto *bytes = static_cast<const unsigned char *>(given);
  for (size_t i = begin; i < end; ++i)
    if (bytes[i] != 0)
      throwError(ErrorKind::InvalidArgument,
                 std::string("byte ") + std::to_string(i) + " of " + name +
                     " is set, but this version of einc knows only the first " +
                     std::to_string(begin));
}
