// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/Compiler.h"

using namespace einc;

static void collectText(void *context, uint32_t, uint32_t, const void *bytes,
                        size_t size, uint64_t) {
  static_cast<std::string *>(context)->append(static_cast<const char *>(bytes),
                                              size);
}

Result<std::string> einc::emitText(const StepList &steps, EincForm form,
                                   const CompileOptions &options,
                                   KernelCache &cache) {
  Result<const EincCompilerTable *> compiler = cache.compiler();
  if (!compiler)
    return std::move(compiler).error();
  std::vector<std::string> texts;
  std::vector<const char *> pointers;
  for (const Schedule &schedule : steps.schedules)
    texts.push_back(schedule.text());
  for (const std::string &text : texts)
    pointers.push_back(text.c_str());
  std::string result;
  char error[1024] = "";
  if ((*compiler)->compile(
          pointers.data(), static_cast<uint32_t>(pointers.size()),
          options.machine.target.text(), static_cast<uint32_t>(form),
          options.verifyIR, collectText, &result, error, sizeof(error)) != 0) {
    Diagnostic diagnostic;
    diagnostic.kind = ErrorKind::Internal;
    diagnostic.message = "the compiler failed: " + std::string(error);
    return diagnostic;
  }
  return result;
}
