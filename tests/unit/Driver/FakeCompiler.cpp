// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Stands in for libeinc-compiler.so where the loader is tested. The macro
/// EINC_FAKE says what is wrong with it.

#include "compiler/Schedule/CompilerTable.h"
#include "compiler/Support/BuildId.h"

#define FAKE_SOUND 0
#define FAKE_ABI 1
#define FAKE_SIZE 2
#define FAKE_BUILD_ID 3
#define FAKE_NO_BUILD_ID 4
#define FAKE_NO_TABLE 5
#define FAKE_NULL_TABLE 6

[[maybe_unused]] static int compile(const char *const *, uint32_t, const char *,
                                    uint32_t, int, EincSink, void *, char *,
                                    size_t) {
  return 0;
}

#if EINC_FAKE != FAKE_NO_TABLE
extern "C" __attribute__((visibility("default")))
const EincCompilerTable *eincCompilerTable() {
#if EINC_FAKE == FAKE_NULL_TABLE
  return nullptr;
#else
  static EincCompilerTable table = {EINC_COMPILER_TABLE_ABI,
                                    sizeof(EincCompilerTable),
                                    einc::BuildId,
                                    einc::LLVMVersion,
                                    compile,
                                    nullptr};
  if (EINC_FAKE == FAKE_ABI)
    table.abi = 77;
  if (EINC_FAKE == FAKE_SIZE)
    table.size = 8;
  if (EINC_FAKE == FAKE_BUILD_ID)
    table.buildId = "0123abcd";
  if (EINC_FAKE == FAKE_NO_BUILD_ID)
    table.buildId = nullptr;
  return &table;
#endif
}
#endif
