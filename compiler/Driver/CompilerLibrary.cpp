// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/CompilerLibrary.h"
#include "compiler/Support/BuildId.h"

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <dlfcn.h>
#include <mutex>
#include <unistd.h>

using namespace einc;

static constexpr const char LibraryName[] = "libeinc-compiler.so";

/// The folder of the file that this code was loaded from, "" if unknown.
static std::string ownFolder() {
  Dl_info info;
  if (!dladdr(reinterpret_cast<void *>(&einc::compilerLibraryPaths), &info) ||
      !info.dli_fname)
    return "";
  std::string path = info.dli_fname;
  // Of the program itself the dynamic linker knows only how it was called,
  // which after a search along PATH is no path.
  const char *file =
      path == program_invocation_name ? "/proc/self/exe" : path.c_str();
  if (char *absolute = realpath(file, nullptr)) {
    path = absolute;
    free(absolute);
  }
  size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

std::vector<std::string> einc::compilerLibraryPaths() {
  std::vector<std::string> paths;
  const char *forced = getenv("EINC_COMPILER");
  if (forced && *forced)
    paths.push_back(forced);
  std::string folder = ownFolder();
  if (folder.empty())
    return paths;
  paths.push_back(folder + "/" + LibraryName);
  paths.push_back(folder + "/../lib/" + LibraryName);
  return paths;
}

static Diagnostic libraryError(ErrorKind kind, std::string message,
                               std::string note) {
  Diagnostic result;
  result.kind = kind;
  result.message = std::move(message);
  result.notes.push_back(std::move(note));
  return result;
}

static Diagnostic notFound(std::span<const std::string> paths) {
  Diagnostic result = libraryError(ErrorKind::IO,
                                   std::string("cannot find ") + LibraryName +
                                       ", which generates code",
                                   "set EINC_COMPILER to its path");
  for (const std::string &path : paths)
    result.notes.push_back("looked for " + path);
  return result;
}

static Result<const EincCompilerTable *> loadTable(const std::string &path,
                                                   std::string_view buildId) {
  void *library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char *reason = dlerror();
    return libraryError(ErrorKind::IO, "cannot load the compiler " + path,
                        reason ? reason : "no reason given");
  }
  auto function = reinterpret_cast<EincCompilerTableFunction>(
      dlsym(library, EINC_COMPILER_TABLE_SYMBOL));
  const EincCompilerTable *table = function ? function() : nullptr;
  if (!table)
    return libraryError(
        ErrorKind::BadArtifact, path + " is no compiler of einc",
        "it has no function " EINC_COMPILER_TABLE_SYMBOL " that gives a table");
  if (table->abi != EINC_COMPILER_TABLE_ABI ||
      table->size < sizeof(EincCompilerTable))
    return libraryError(
        ErrorKind::BadArtifact, path + " belongs to another version of einc",
        "its table has version " + std::to_string(table->abi) + " and " +
            std::to_string(table->size) + " bytes, expected version " +
            std::to_string(EINC_COMPILER_TABLE_ABI) + " and " +
            std::to_string(sizeof(EincCompilerTable)) + " bytes");
  if (!table->buildId || table->buildId != buildId)
    return libraryError(
        ErrorKind::BadArtifact, path + " was built from other sources",
        "its build id is " +
            std::string(table->buildId ? table->buildId : "missing") +
            ", expected " + std::string(buildId));
  return table;
}

Result<const EincCompilerTable *>
einc::loadCompilerLibrary(std::span<const std::string> paths,
                          std::string_view buildId) {
  for (const std::string &path : paths)
    if (access(path.c_str(), F_OK) == 0)
      return loadTable(path, buildId);
  return notFound(paths);
}

Result<const EincCompilerTable *> einc::processCompiler() {
  static std::mutex mutex;
  static std::atomic<const EincCompilerTable *> loaded = nullptr;
  if (const EincCompilerTable *table = loaded.load(std::memory_order_acquire))
    return table;
  std::lock_guard lock(mutex);
  if (const EincCompilerTable *table = loaded.load(std::memory_order_relaxed))
    return table;
  Result<const EincCompilerTable *> table =
      loadCompilerLibrary(compilerLibraryPaths(), BuildId);
  if (table)
    loaded.store(*table, std::memory_order_release);
  return table;
}
