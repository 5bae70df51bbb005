// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/einc/SharedLibrary.h"

#include <cerrno>
#include <cstring>
#include <spawn.h>
#include <sys/wait.h>
#include <vector>

extern "C" char **environ;

namespace einc {

static Diagnostic failure(std::string message) {
  return {.kind = ErrorKind::IO, .message = std::move(message)};
}

Result<Success> linkSharedLibrary(const std::string &object,
                                  const std::string &library) {
  const std::vector<std::string> options = {
      "-shared", "-z", "noexecstack", "-z", "relro", "-z", "now"};
  const std::vector<std::string> driver = {
      "-shared", "-nostdlib", "-Wl,-z,noexecstack,-z,relro,-z,now"};
  for (const std::string linker : {"ld.lld-22", "ld.lld", "ld", "cc"}) {
    std::vector<std::string> words = {linker};
    const std::vector<std::string> &more = linker == "cc" ? driver : options;
    words.insert(words.end(), more.begin(), more.end());
    words.insert(words.end(), {"-o", library, object});
    std::vector<char *> arguments;
    for (std::string &word : words)
      arguments.push_back(word.data());
    arguments.push_back(nullptr);

    pid_t process = 0;
    int error = posix_spawnp(&process, linker.c_str(), nullptr, nullptr,
                             arguments.data(), environ);
    if (error == ENOENT)
      continue;
    if (error != 0)
      return failure("cannot start " + linker + ": " + std::strerror(error));
    int status = 0;
    while (waitpid(process, &status, 0) < 0)
      if (errno != EINTR)
        return failure("cannot wait for " + linker + ": " +
                       std::strerror(errno));
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
      return Success{};
    return failure("the linker " + linker + " failed");
  }
  return failure("no linker was found: a shared library needs ld.lld-22, "
                 "ld.lld, ld or cc");
}

} // namespace einc
