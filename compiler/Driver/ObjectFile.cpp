// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Driver/ObjectFile.h"

#include <new>

using namespace einc;

namespace {
/// What the sink collects. It is called from code that cannot unwind, so it
/// notes its failures.
struct Collected {
  std::string bytes;
  bool outOfMemory = false;
};
} // namespace

static void collect(void *context, uint32_t, uint32_t, const void *bytes,
                    size_t size, uint64_t) noexcept {
  auto &result = *static_cast<Collected *>(context);
  try {
    result.bytes.append(static_cast<const char *>(bytes), size);
  } catch (const std::bad_alloc &) {
    result.outOfMemory = true;
  }
}

Result<std::string> einc::makeObject(const Program &program, EincForm form,
                                     const ObjectOptions &options,
                                     KernelCache &cache) {
  Result<const EincCompilerTable *> compiler = cache.compiler();
  if (!compiler)
    return std::move(compiler).error();
  EincObjectOptions request = {};
  request.size = sizeof(EincObjectOptions);
  request.flags = options.flags;
  request.strided = options.strided ? &options.strided->get() : nullptr;
  Collected result;
  char error[1024] = "";
  if ((*compiler)->link(&program.get(), &request, static_cast<uint32_t>(form),
                        options.verifyIR, collect, &result, error,
                        sizeof(error)) != 0)
    return Diagnostic{.kind = ErrorKind::Internal,
                      .message = "the compiler failed: " + std::string(error)};
  if (result.outOfMemory)
    return Diagnostic{.kind = ErrorKind::OutOfMemory,
                      .message = "no memory for the object"};
  return std::move(result.bytes);
}
