// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Reads texts in chunks, so that a file without an end meets the limit.

#include "tools/einc/Input.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace einc {

static constexpr size_t MaxTextBytes = size_t(256) << 20;

Result<std::string> readText(const std::string &path) {
  bool standardInput = path == "-";
  std::string name = standardInput ? "standard input" : "'" + path + "'";
  std::unique_ptr<std::FILE, int (*)(std::FILE *)> file(
      standardInput ? stdin : std::fopen(path.c_str(), "rb"),
      standardInput ? [](std::FILE *) { return 0; } : std::fclose);
  if (!file)
    return Diagnostic{.kind = ErrorKind::IO,
                      .message =
                          "cannot open " + name + ": " + std::strerror(errno)};
  std::string text;
  auto buffer = std::make_unique<char[]>(size_t(1) << 16);
  while (size_t got = std::fread(buffer.get(), 1, size_t(1) << 16, file.get()))
    if (text.append(buffer.get(), got).size() > MaxTextBytes)
      return Diagnostic{.kind = ErrorKind::Limit,
                        .message = name + " is longer than 256 MiB"};
  if (std::ferror(file.get()))
    return Diagnostic{.kind = ErrorKind::IO,
                      .message =
                          "cannot read " + name + ": " + std::strerror(errno)};
  return text;
}

Result<std::string> readArgument(const std::string &argument) {
  if (argument != "-" && !argument.starts_with('@'))
    return argument;
  Result<std::string> text =
      readText(argument == "-" ? argument : argument.substr(1));
  if (text && text->ends_with('\n'))
    text->resize(text->size() - (text->ends_with("\r\n") ? 2 : 1));
  return text;
}

} // namespace einc
