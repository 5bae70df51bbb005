// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/CacheFolder.h"
#include "compiler/Support/Printable.h"

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>

using namespace einc;

static std::string_view variable(const char *name) {
  const char *value = std::getenv(name);
  return value ? value : "";
}

static Diagnostic folderError(std::string message) {
  return {.kind = ErrorKind::IO, .message = std::move(message)};
}

Result<DiskCacheOptions> einc::diskCacheOptions(std::string folder) {
  DiskCacheOptions options;
  if (std::string_view text = variable("EINC_CACHE_MAX_BYTES"); !text.empty()) {
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(),
                                        options.maxBytes);
    if (error != std::errc() || end != text.data() + text.size())
      return Diagnostic{.kind = ErrorKind::InvalidArgument,
                        .message = "EINC_CACHE_MAX_BYTES is " + inQuotes(text) +
                                   ", expected a number of bytes"};
  }

  if (!folder.empty())
    options.folder = std::move(folder);
  else if (std::string_view own = variable("EINC_CACHE_DIR"); !own.empty())
    options.folder = own;
  // The XDG specification wants relative paths to be ignored.
  else if (std::string_view xdg = variable("XDG_CACHE_HOME");
           xdg.starts_with('/'))
    options.folder = std::string(xdg) + "/einc";
  else if (std::string_view home = variable("HOME"); home.starts_with('/'))
    options.folder = std::string(home) + "/.cache/einc";
  else if (options.maxBytes != 0)
    return folderError("no folder to keep kernels in: neither EINC_CACHE_DIR "
                       "nor XDG_CACHE_HOME nor HOME is set");
  return options;
}

static int tryOpen(const std::string &folder) {
  return open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/// Makes the folder and those above it. Returns 0, or the error's number for
/// the folder itself: those above may exist.
static int makeFolders(const std::string &folder) {
  for (size_t slash = folder.find('/', 1); slash != std::string::npos;
       slash = folder.find('/', slash + 1))
    mkdir(folder.substr(0, slash).c_str(), 0700);
  return mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST ? 0 : errno;
}

Result<FileDescriptor> einc::openCacheFolder(const std::string &given,
                                             bool create) {
  std::string folder = given;
  // With a slash at its end, a link would be followed.
  while (folder.size() > 1 && folder.ends_with('/'))
    folder.pop_back();
  std::string name = "the cache folder '" + printable(folder) + "'";
  if (folder.find('\0') != std::string::npos)
    return folderError(name + " has a name that no file can have");

  FileDescriptor result(tryOpen(folder));
  if (!result && errno == ENOENT && create) {
    if (int error = makeFolders(folder))
      return folderError("cannot create " + name + ": " + std::strerror(error));
    result = FileDescriptor(tryOpen(folder));
  }
  if (!result && (errno == ENOTDIR || errno == ELOOP))
    return folderError(name + " is no folder, or a link to one");
  struct stat status;
  if (!result || fstat(result.get(), &status) != 0)
    return folderError("cannot open " + name + ": " + std::strerror(errno));
  if (status.st_uid != geteuid())
    return folderError(name + " belongs to another user");
  if (status.st_mode & (S_IWGRP | S_IWOTH))
    return folderError(name + " can be written to by others");
  return result;
}
