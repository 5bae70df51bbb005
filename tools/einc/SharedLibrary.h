// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Objects to shared libraries, by the system's linker.

#ifndef EINC_TOOLS_EINC_SHAREDLIBRARY_H
#define EINC_TOOLS_EINC_SHAREDLIBRARY_H

#include "compiler/Support/Result.h"

#include <string>

namespace einc {

/// Links one object, which needs no library. Tries ld.lld-22, ld.lld, ld and cc
/// of $PATH in this order and takes the first that is there. Errors: IO if
/// there is none or it fails; it says why itself.
Result<Success> linkSharedLibrary(const std::string &object,
                                  const std::string &library);

} // namespace einc

#endif // EINC_TOOLS_EINC_SHAREDLIBRARY_H
