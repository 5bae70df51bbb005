// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Files that appear whole or not at all.

#ifndef EINC_TOOLS_EINC_OUTPUTFILE_H
#define EINC_TOOLS_EINC_OUTPUTFILE_H

#include "compiler/Support/Result.h"

#include <string>
#include <string_view>

namespace einc {

/// A file under a name of its own beside the one it will have; removed unless
/// it was published.
class OutputFile {
public:
  /// Errors: IO, "cannot write 'f.o'", with the system's reason.
  static Result<OutputFile> write(const std::string &path,
                                  std::string_view bytes);
  /// An empty file that somebody else will fill.
  static Result<OutputFile> create(const std::string &path) {
    return write(path, "");
  }

  OutputFile(OutputFile &&other) noexcept;
  OutputFile &operator=(OutputFile &&) = delete;
  ~OutputFile();

  /// Where the bytes lie now.
  const std::string &temporaryPath() const { return temporary; }
  /// Gives the file its name, replacing what had it. Error: IO.
  Result<Success> publish();

private:
  OutputFile(std::string path, std::string temporary)
      : path(std::move(path)), temporary(std::move(temporary)) {}

  std::string path;
  std::string temporary; ///< empty: nothing to remove
};

} // namespace einc

#endif // EINC_TOOLS_EINC_OUTPUTFILE_H
