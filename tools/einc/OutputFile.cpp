// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/einc/OutputFile.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace einc {

static Diagnostic cannotWrite(const std::string &path, int error) {
  return {.kind = ErrorKind::IO,
          .message = "cannot write '" + path + "': " + std::strerror(error)};
}

static int writeAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return errno;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return 0;
}

Result<OutputFile> OutputFile::write(const std::string &path,
                                     std::string_view bytes) {
  struct stat status = {};
  if (stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode))
    return cannotWrite(path, S_ISDIR(status.st_mode) ? EISDIR : EINVAL);
  std::string temporary = path + ".XXXXXX";
  int file = mkostemp(temporary.data(), 0);
  if (file < 0)
    return cannotWrite(path, errno);
  OutputFile result(path, temporary);
  int error = writeAll(file, bytes);
  // mkstemp's files are for their owner alone.
  mode_t mask = umask(0);
  umask(mask);
  if (error == 0 && fchmod(file, 0666 & ~mask) != 0)
    error = errno;
  if (close(file) != 0 && error == 0)
    error = errno;
  if (error != 0)
    return cannotWrite(path, error);
  return result;
}

OutputFile::OutputFile(OutputFile &&other) noexcept
    : path(std::move(other.path)), temporary(std::move(other.temporary)) {
  other.temporary.clear();
}

OutputFile::~OutputFile() {
  if (!temporary.empty())
    unlink(temporary.c_str());
}

Result<Success> OutputFile::publish() {
  if (std::rename(temporary.c_str(), path.c_str()) != 0)
    return cannotWrite(path, errno);
  temporary.clear();
  return Success{};
}

} // namespace einc
