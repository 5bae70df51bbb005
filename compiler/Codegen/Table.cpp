// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The one exported function of libeinc-compiler.so.
///
/// No text may bring the process down. Texts are parsed strictly, and a
/// schedule must suit its target, before LLVM sees anything; what LLVM reports
/// goes to handlers of the module's own contexts. LLVM's process-wide fatal
/// error handler is left alone: it must not return, and leaving it by a jump
/// would keep LLVM's locks held and its objects half made. A fatal error of
/// LLVM is thus a defect of einc, and its message is LLVM's own.

#include "compiler/Codegen/Compile.h"
#include "compiler/Codegen/Link.h"
#include "compiler/Schedule/CompilerTable.h"
#include "compiler/Support/BuildId.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace einc {
namespace {

/// More kernels than any one expression has.
constexpr uint32_t MaxKernels = 4096;
constexpr uint32_t AllForms = EINC_FORM_IMAGE | EINC_FORM_MLIR |
                              EINC_FORM_LLVM | EINC_FORM_ASM | EINC_FORM_TIMES;

struct Request {
  std::vector<Schedule> schedules;
  CodegenOptions options;
};

Diagnostic invalid(const char *message) {
  Diagnostic diagnostic;
  diagnostic.kind = ErrorKind::InvalidArgument;
  diagnostic.message = message;
  return diagnostic;
}

Result<Request> readRequest(const char *const *schedules, uint32_t count,
                            const char *target, uint32_t forms, int verify) {
  if (!target || (count && !schedules))
    return invalid("no schedules or no target");
  if (count > MaxKernels)
    return invalid("too many kernels in one call");
  if (forms & ~AllForms)
    return invalid("unknown form of result");
  Request request;
  Result<Target> parsed = parseTarget(target);
  if (!parsed)
    return std::move(parsed).error();
  request.options = {*parsed, forms, verify != 0};
  for (uint32_t i = 0; i < count; ++i) {
    if (!schedules[i])
      return invalid("no schedules or no target");
    Result<Schedule> schedule = Schedule::parse(schedules[i]);
    if (!schedule)
      return std::move(schedule).error();
    request.schedules.push_back(*schedule);
  }
  return request;
}

std::string timesText(std::span<const CompiledModule> kernels) {
  const struct {
    const char *name;
    double CodegenTimes::*field;
  } stages[] = {{"context", &CodegenTimes::context},
                {"emit", &CodegenTimes::emit},
                {"machine", &CodegenTimes::machine},
                {"translate", &CodegenTimes::translate},
                {"generate", &CodegenTimes::generate},
                {"pack", &CodegenTimes::pack}};
  std::string text;
  for (const auto &stage : stages) {
    double sum = 0;
    for (const CompiledModule &kernel : kernels)
      sum += kernel.times.*stage.field;
    char number[32];
    std::snprintf(number, sizeof number, " %.3f\n", sum);
    text.append(stage.name).append(number);
  }
  return text;
}

void deliver(std::span<const CompiledModule> kernels, uint32_t forms,
             EincSink sink, void *context) {
  auto deliverText = [&](uint32_t kernel, EincForm form,
                         const std::string &text) {
    if (forms & form)
      sink(context, kernel, form, text.data(), text.size(), 0);
  };
  for (uint32_t i = 0; i < kernels.size(); ++i) {
    const CompiledModule &kernel = kernels[i];
    for (const KernelImage &image : kernel.images)
      sink(context, i, EINC_FORM_IMAGE, image.bytes.data(), image.bytes.size(),
           image.entryOffset);
    deliverText(i, EINC_FORM_MLIR, kernel.mlir);
    deliverText(i, EINC_FORM_LLVM, kernel.llvm);
    deliverText(i, EINC_FORM_ASM, kernel.assembly);
  }
  deliverText(0, EINC_FORM_TIMES, timesText(kernels));
}

int fail(const Diagnostic &diagnostic, char *error, size_t errorSize) {
  if (error && errorSize) {
    size_t length = std::min(diagnostic.message.size(), errorSize - 1);
    std::memcpy(error, diagnostic.message.data(), length);
    error[length] = '\0';
  }
  return 1;
}

/// Set when the process exits, before LLVM's static objects are destroyed:
/// handlers run in reverse, and this one is registered after they were made.
std::atomic<bool> exiting = false;

/// Whether this thread still has MLIR's caches, which are its own and not made
/// again. Destructors of static objects run after those of the main thread's
/// objects, perhaps before the handler that sets `exiting`.
bool threadLives() {
  thread_local bool ended = false;
  struct Mark {
    ~Mark() { ended = true; }
  };
  if (!ended) {
    // Made before the caches, so that it goes after them.
    [[maybe_unused]] thread_local Mark mark;
  }
  return !ended;
}

bool mayCompile() {
  [[maybe_unused]] static const int registered =
      std::atexit([] { exiting = true; });
  return !exiting && threadLives();
}

int compile(const char *const *schedules, uint32_t count, const char *target,
            uint32_t forms, int verify, EincSink sink, void *context,
            char *error, size_t errorSize) {
  Result<Request> request =
      readRequest(schedules, count, target, forms, verify);
  if (!request)
    return fail(request.error(), error, errorSize);
  if (!sink)
    return fail(invalid("no sink"), error, errorSize);
  if (request->schedules.empty())
    return 0;
  if (!mayCompile())
    return fail(
        invalid("no code can be generated while the process or thread exits"),
        error, errorSize);
  Result<std::vector<CompiledModule>> kernels =
      compileKernels(request->schedules, request->options);
  if (!kernels)
    return fail(kernels.error(), error, errorSize);
  deliver(*kernels, forms, sink, context);
  return 0;
}

constexpr uint32_t LinkForms =
    EINC_FORM_OBJECT | EINC_FORM_LLVM | EINC_FORM_ASM;

int link(const EincProgram *program, const EincObjectOptions *options,
         uint32_t forms, int verify, EincSink sink, void *context, char *error,
         size_t errorSize) {
  if (!program || !options)
    return fail(invalid("no program or no options"), error, errorSize);
  if (options->size != sizeof(EincObjectOptions))
    return fail(invalid("the options are of another version"), error,
                errorSize);
  if (options->flags & ~uint32_t(EINC_OBJECT_RUNTIME | EINC_OBJECT_QUERY))
    return fail(invalid("unknown kind of object"), error, errorSize);
  if (forms & ~LinkForms)
    return fail(invalid("unknown form of result"), error, errorSize);
  if (!sink)
    return fail(invalid("no sink"), error, errorSize);
  if (!mayCompile())
    return fail(
        invalid("no code can be generated while the process or thread exits"),
        error, errorSize);
  Result<LinkedObject> linked =
      linkProgram(*program, *options, forms, verify != 0);
  if (!linked)
    return fail(linked.error(), error, errorSize);
  const struct {
    EincForm form;
    const std::string &bytes;
  } results[] = {{EINC_FORM_LLVM, linked->llvm},
                 {EINC_FORM_ASM, linked->assembly},
                 {EINC_FORM_OBJECT, linked->object}};
  for (const auto &result : results)
    if (forms & result.form)
      sink(context, 0, result.form, result.bytes.data(), result.bytes.size(),
           0);
  return 0;
}

} // namespace
} // namespace einc

extern "C" __attribute__((visibility("default"))) const EincCompilerTable *
eincCompilerTable() {
  static const EincCompilerTable table = {
      EINC_COMPILER_TABLE_ABI, sizeof(EincCompilerTable),
      einc::BuildId,           einc::LLVMVersion,
      einc::compile,           einc::link};
  return &table;
}
