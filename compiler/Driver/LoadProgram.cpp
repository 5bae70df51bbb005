// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/LoadProgram.h"
#include "compiler/Driver/ProgramFile.h"
#include "compiler/Driver/SharedLibraryCheck.h"
#include "runtime/ArtifactCheck.h"

#include <dlfcn.h>

using namespace einc;

static Diagnostic fileError(ErrorKind kind, const std::string &path,
                            const std::string &what) {
  return {.kind = kind, .message = "'" + path + "': " + what};
}

namespace {

class LibraryProgram final : public Program {
public:
  explicit LibraryProgram(void *handle) : handle(handle) {}
  LibraryProgram(const LibraryProgram &) = delete;
  LibraryProgram &operator=(const LibraryProgram &) = delete;
  ~LibraryProgram() override { dlclose(handle); }

  const EincProgram &get() const override { return *program; }

  /// Returns what is wrong, or nothing.
  std::string findProgram() {
    auto function = reinterpret_cast<EincProgramFunction>(
        dlsym(handle, EINC_PROGRAM_SYMBOL));
    if (!function)
      return "it is a shared library without a function " EINC_PROGRAM_SYMBOL
             ", so it was not made by einc compile -shared";
    program = function(EINC_ARTIFACT_ABI);
    if (!program)
      return "its program has another ABI than " +
             std::to_string(EINC_ARTIFACT_ABI) +
             "; compile it again with this version of einc";
    runtime::Status status = runtime::checkProgram(*program);
    return status.message();
  }

private:
  void *handle;
  const EincProgram *program = nullptr;
};

} // namespace

static Result<std::shared_ptr<const Program>>
loadLibrary(const std::string &path) {
  // A name without a slash would be looked for where libraries are.
  std::string file = path.find('/') == std::string::npos ? "./" + path : path;
  void *handle = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    const char *reason = dlerror();
    Diagnostic error =
        fileError(ErrorKind::IO, path, "the system does not load this library");
    error.notes.push_back(reason ? reason : "it gives no reason");
    return error;
  }
  auto program = std::make_shared<LibraryProgram>(handle);
  if (std::string problem = program->findProgram(); !problem.empty())
    return fileError(ErrorKind::BadArtifact, path, problem);
  return std::shared_ptr<const Program>(std::move(program));
}

Result<std::shared_ptr<const Program>>
einc::loadProgram(const std::string &path) {
  Result<std::vector<uint8_t>> bytes = readFileBytes(path);
  if (!bytes)
    return std::move(bytes).error();
  if (isELF(*bytes)) {
    if (Result<Success> sound = checkSharedLibrary(*bytes); !sound)
      return fileError(sound.error().kind, path, sound.error().message);
    return loadLibrary(path);
  }
  Result<std::shared_ptr<const Program>> program = parseProgramFile(*bytes);
  if (!program)
    return fileError(program.error().kind, path, program.error().message);
  return program;
}
