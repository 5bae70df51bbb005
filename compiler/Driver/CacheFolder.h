// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Where kernels are kept on disk: which folder, and whether it is safe. What
/// lies in it is code that will be run, so nobody else may write there.

#ifndef EINC_COMPILER_DRIVER_CACHEFOLDER_H
#define EINC_COMPILER_DRIVER_CACHEFOLDER_H

#include "compiler/Driver/FileDescriptor.h"
#include "compiler/Support/Result.h"

#include <cstdint>
#include <string>

namespace einc {

struct DiskCacheOptions {
  std::string folder;
  /// Above it, what was used least recently is removed. 0: there is no cache.
  uint64_t maxBytes = uint64_t(256) << 20;
};

/// The options that the environment asks for. The folder is `folder` if that is
/// not empty, else $EINC_CACHE_DIR, $XDG_CACHE_HOME/einc or $HOME/.cache/einc,
/// the first that is set; the size is $EINC_CACHE_MAX_BYTES. Errors: IO if
/// there is no folder for a cache of some size, InvalidArgument if the size is
/// no number.
Result<DiskCacheOptions> diskCacheOptions(std::string folder = "");

/// Opens a folder that belongs to this process's user and that nobody else can
/// write to; with `create`, it and the folders above are made if need be, for
/// this user only. The last part of the path may not be a link. Error: IO.
Result<FileDescriptor> openCacheFolder(const std::string &folder, bool create);

} // namespace einc

#endif // EINC_COMPILER_DRIVER_CACHEFOLDER_H
