// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Programs in files.

#include "compiler/Driver/ProgramFile.h"
#include "compiler/Driver/CacheFiles.h"
#include "compiler/Driver/FileDescriptor.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>

using namespace einc;

static Diagnostic fileError(ErrorKind kind, const std::string &path,
                            const std::string &what) {
  return {.kind = kind, .message = "'" + path + "': " + what};
}

static Diagnostic systemError(const std::string &path, int number) {
  return fileError(ErrorKind::IO, path, std::strerror(number));
}

/// 0, or an errno.
static int writeAll(int file, std::span<const uint8_t> bytes) {
  while (!bytes.empty()) {
    ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return errno;
    bytes = bytes.subspan(size_t(written));
  }
  return 0;
}

Result<Success> einc::writeProgramFile(const EincProgram &program,
                                       const std::string &path) {
  Result<std::vector<uint8_t>> bytes = serializeProgram(program);
  if (!bytes)
    return std::move(bytes).error();
  // What is no regular file, such as a pipe, is written to, not replaced.
  struct stat status = {};
  if (stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    FileDescriptor file(open(path.c_str(), O_WRONLY | O_CLOEXEC));
    int error = file ? writeAll(file.get(), *bytes) : errno;
    return error ? Result<Success>(systemError(path, error)) : Success{};
  }
  size_t slash = path.rfind('/');
  std::string folder =
      slash == std::string::npos ? "" : path.substr(0, slash + 1);
  std::string temporary = folder + temporaryFileName();
  FileDescriptor file(
      open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (!file)
    return systemError(path, errno);
  int error = writeAll(file.get(), *bytes);
  if (close(file.release()) != 0 && error == 0)
    error = errno;
  if (error == 0 && rename(temporary.c_str(), path.c_str()) != 0)
    error = errno;
  if (error == 0)
    return Success{};
  unlink(temporary.c_str());
  return systemError(path, error);
}

Result<std::vector<uint8_t>> einc::readFileBytes(const std::string &path) {
  // A pipe without a writer must not be waited for.
  FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status = {};
  if (!file || fstat(file.get(), &status) != 0)
    return systemError(path, errno);
  if (!S_ISREG(status.st_mode))
    return fileError(ErrorKind::IO, path, "it is no regular file");
  if (uint64_t(status.st_size) > MaxProgramFileBytes)
    return fileError(ErrorKind::Limit, path,
                     "it has " + std::to_string(status.st_size) +
                         " bytes; programs have at most 2^28");
  std::vector<uint8_t> bytes(size_t(status.st_size));
  size_t done = 0;
  while (done < bytes.size()) {
    ssize_t got = read(file.get(), bytes.data() + done, bytes.size() - done);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return systemError(path, errno);
    if (got == 0) // it has become shorter
      break;
    done += size_t(got);
  }
  bytes.resize(done);
  return bytes;
}

Result<std::shared_ptr<const Program>>
einc::readProgramFile(const std::string &path) {
  Result<std::vector<uint8_t>> bytes = readFileBytes(path);
  if (!bytes)
    return std::move(bytes).error();
  Result<std::shared_ptr<const Program>> program = parseProgramFile(*bytes);
  if (!program)
    return fileError(program.error().kind, path, program.error().message);
  return program;
}
