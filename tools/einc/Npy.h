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
#include <optional>

namespace einc {

/// A file whose header is read and whose size fits it.
class NpyFile {
public:
  /// `type`: which type the file should have; needed for bf16, whose files do
  /// not say so. Errors, all with the file's name: IO (missing, no regular
  /// file, damaged, more or fewer bytes than the header says), UnsupportedType
  /// (also for a file of another type).
  static Result<NpyFile> open(const std::string &path,
                              std::optional<ElementType> type = {});

  /// Type, shape and strides: column-major files have strides of their own.
  TensorLayout layout() const;

  /// Reads the elements, in this machine's byte order; a bool is 0 or 1
  /// whatever the file has. Errors: IO, OutOfMemory.
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
