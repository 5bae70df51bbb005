// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Tensors in .npy files. A file is opened and measured before any memory is
/// taken for what it claims to hold.

#ifndef EINC_TOOLS_EINC_NPY_H
#define EINC_TOOLS_EINC_NPY_H

#include "tools/einc/NpyHeader.h"
#include "tools/einc/TensorData.h"

#include <cstdio>

namespace einc {

/// A file whose header is read and whose size fits it.
class NpyFile {
public:
  /// Errors, all with the file's name: IO (missing, no regular file, damaged,
  /// more or fewer bytes than the header says), UnsupportedType.
  static Result<NpyFile> open(const std::string &path);

  /// Type, shape and strides: column-major files have strides of their own.
  TensorLayout layout() const;

  /// Reads the elements, in this machine's byte order. Errors: IO,
  /// OutOfMemory.
  Result<TensorData> read() &&;

private:
  struct Close {
    void operator()(std::FILE *file) const { std::fclose(file); }
  };

  std::string path;
  std::unique_ptr<std::FILE, Close> file;
  NpyHeader header;
};

/// Writes a row-major tensor. Error: IO.
Result<Success> writeNpy(const std::string &path, const TensorData &tensor);

} // namespace einc

#endif // EINC_TOOLS_EINC_NPY_H
