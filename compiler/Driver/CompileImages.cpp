// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/CompileImages.h"

#include <new>

using namespace einc;

namespace {
/// What the sink collects. It is called from code that cannot unwind, so it
/// notes its failures.
struct Collected {
  std::vector<CompiledImage> images;
  bool outOfMemory = false;
};
} // namespace

static void collectImage(void *context, uint32_t kernel, uint32_t form,
                         const void *bytes, size_t size,
                         uint64_t entryOffset) noexcept {
  auto &result = *static_cast<Collected *>(context);
  if (form != EINC_FORM_IMAGE || kernel >= result.images.size())
    return;
  try {
    auto *begin = static_cast<const uint8_t *>(bytes);
    result.images[kernel] = {{begin, begin + size}, entryOffset};
  } catch (const std::bad_alloc &) {
    result.outOfMemory = true;
  }
}

Result<std::vector<CompiledImage>>
einc::compileImages(const EincCompilerTable &compiler,
                    std::span<const std::string> schedules,
                    const Target &target, bool verifyIR) {
  std::vector<const char *> pointers;
  for (const std::string &schedule : schedules)
    pointers.push_back(schedule.c_str());
  Collected result;
  result.images.resize(schedules.size());
  char error[1024] = "";
  if (compiler.compile(pointers.data(), static_cast<uint32_t>(pointers.size()),
                       target.text(), EINC_FORM_IMAGE, verifyIR, collectImage,
                       &result, error, sizeof(error)) != 0) {
    Diagnostic diagnostic;
    diagnostic.kind = ErrorKind::Internal;
    diagnostic.message = "the compiler failed: " + std::string(error);
    for (const std::string &schedule : schedules)
      diagnostic.notes.push_back("schedule: " + schedule);
    return diagnostic;
  }
  if (result.outOfMemory)
    return Diagnostic{.kind = ErrorKind::OutOfMemory,
                      .message = "no memory for generated code"};
  return std::move(result.images);
}
