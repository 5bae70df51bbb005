// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// `einc compile`: an equation to an object with its header, a shared library
/// or an artifact file, or to any stage on the way there.

#include "compiler/Driver/CIdentifier.h"
#include "compiler/Driver/HeaderText.h"
#include "compiler/Driver/ObjectFile.h"
#include "compiler/Driver/ProgramFile.h"
#include "tools/einc/Commands.h"
#include "tools/einc/Compilation.h"
#include "tools/einc/OutputFile.h"
#include "tools/einc/Report.h"
#include "tools/einc/SharedLibrary.h"
#include "tools/einc/Units.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>

namespace einc {

namespace {

enum class Form { Object, Library, Artifact };

struct Destination {
  Form form;
  std::string path;
};

} // namespace

static Diagnostic invalid(std::string message) {
  return {.kind = ErrorKind::InvalidArgument, .message = std::move(message)};
}

/// "a/f.o" -> "f".
static std::string stemOf(const std::string &path) {
  std::string name = path.substr(path.rfind('/') + 1);
  return name.substr(0, name.rfind('.'));
}

static Result<Destination> destination(const CommandLine &line) {
  const std::string &path = *line.output;
  if (line.shared || path.ends_with(".so"))
    return Destination{Form::Library, path};
  if (path.ends_with(".o"))
    return Destination{Form::Object, path};
  if (path.ends_with(".einc"))
    return Destination{Form::Artifact, path};
  return invalid("'" + path +
                 "' says not what to make: name a .o, .so or .einc file, or "
                 "add -shared");
}

static Result<std::string> functionName(const CommandLine &line) {
  if (line.name)
    return *line.name;
  if (!line.output || line.emit)
    return std::string("f");
  std::string stem = stemOf(*line.output);
  if (!isCIdentifier(stem))
    return invalid("'" + stem +
                   "' cannot be the name of a C function: add --name");
  return stem;
}

/// All files of an object or none.
static Result<Success> writeObject(const std::string &path,
                                   const Compilation &compilation) {
  Result<std::string> bytes = compilation.object(EINC_FORM_OBJECT);
  if (!bytes)
    return std::move(bytes).error();
  Result<OutputFile> object = OutputFile::write(path, *bytes);
  if (!object)
    return std::move(object).error();
  Result<OutputFile> header = OutputFile::write(
      path.substr(0, path.size() - 1) + "h", compilation.header());
  if (!header)
    return std::move(header).error();
  if (Result<Success> published = header->publish(); !published)
    return published;
  return object->publish();
}

static Result<Success> writeLibrary(const std::string &path,
                                    const Compilation &compilation) {
  Result<std::string> bytes =
      compilation.object(EINC_FORM_OBJECT, EINC_OBJECT_QUERY);
  if (!bytes)
    return std::move(bytes).error();
  Result<OutputFile> object = OutputFile::write(path + ".o", *bytes);
  if (!object)
    return std::move(object).error();
  Result<OutputFile> library = OutputFile::create(path);
  if (!library)
    return std::move(library).error();
  if (Result<Success> linked =
          linkSharedLibrary(object->temporaryPath(), library->temporaryPath());
      !linked)
    return linked;
  return library->publish();
}

static Result<Success> write(const Destination &to,
                             const Compilation &compilation) {
  switch (to.form) {
  case Form::Object:
    return writeObject(to.path, compilation);
  case Form::Library:
    return writeLibrary(to.path, compilation);
  case Form::Artifact:
    break;
  }
  return writeProgramFile(compilation.program(), to.path);
}

static std::string report(const CommandLine &line, const Destination &to,
                          const Compilation &compilation, double seconds) {
  const EincProgram &program = compilation.program();
  ProgramSummary summary = summarize(program);
  std::vector<std::string> files = {to.path};
  if (to.form == Form::Object)
    files.push_back(to.path.substr(0, to.path.size() - 1) + "h");
  if (line.json) {
    nlohmann::ordered_json object = {{"outcome", "ok"},
                                     {"name", program.name},
                                     {"files", files},
                                     {"kernels", summary.numKernels},
                                     {"code_bytes", summary.codeBytes},
                                     {"workspace_bytes", nullptr},
                                     {"target", summary.targets},
                                     {"seconds", seconds}};
    if (summary.workspaceBytes)
      object["workspace_bytes"] = *summary.workspaceBytes;
    return object.dump(-1, ' ', false,
                       nlohmann::ordered_json::error_handler_t::replace) +
           "\n";
  }
  std::string workspace =
      !summary.workspaceBytes ? "workspace by extents"
      : *summary.workspaceBytes == 0
          ? "no workspace"
          : fmt::format("{} bytes of workspace", *summary.workspaceBytes);
  return fmt::format("{}: {} kernel{}, {} bytes of code, {}, {}, {}\n",
                     fmt::join(files, ", "), summary.numKernels,
                     summary.numKernels == 1 ? "" : "s", summary.codeBytes,
                     workspace, summary.targets, timeText(seconds));
}

static Result<Success> deliverText(const CommandLine &line,
                                   const std::string &text) {
  if (!line.output) {
    printResult(text);
    return Success{};
  }
  Result<OutputFile> file = OutputFile::write(*line.output, text);
  if (!file)
    return std::move(file).error();
  return file->publish();
}

static Result<Success> emitOrCompile(const CommandLine &line) {
  auto start = std::chrono::steady_clock::now();
  Result<std::string> name = functionName(line);
  if (!name)
    return std::move(name).error();
  Destination to = {Form::Object, ""};
  if (!line.emit) {
    Result<Destination> named = destination(line);
    if (!named)
      return std::move(named).error();
    to = *named;
  }
  Result<Compilation> compilation = Compilation::make(line, *name);
  if (!compilation)
    return std::move(compilation).error();
  if (line.emit) {
    Result<std::string> text = compilation->stage(*line.emit);
    if (!text)
      return std::move(text).error();
    return deliverText(line, *text);
  }
  if (Result<Success> compiled =
          compilation->compile(/*strided=*/to.form == Form::Object);
      !compiled)
    return compiled;
  if (Result<Success> written = write(to, *compilation); !written)
    return written;
  double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();
  printResult(report(line, to, *compilation, seconds));
  return Success{};
}

int compileAhead(const CommandLine &line) {
  Result<Success> done = emitOrCompile(line);
  return done ? ExitOk : reportError(done.error(), line.json);
}

} // namespace einc
