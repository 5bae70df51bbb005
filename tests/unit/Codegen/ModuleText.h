// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Compiles modules written as text in the llvm dialect, and loads their
/// kernels.

#ifndef EINC_TESTS_UNIT_CODEGEN_MODULETEXT_H
#define EINC_TESTS_UNIT_CODEGEN_MODULETEXT_H

#include "compiler/Codegen/CompileModule.h"
#include "runtime/CodeImage.h"

namespace einc::test {

/// Aborts the test program if the text does not parse.
Result<CompiledModule> compileText(std::string_view text,
                                   const std::vector<std::string> &entries,
                                   const CodegenOptions &options);

/// Images for plain x86-64, which every host runs.
Result<CompiledModule> compileText(std::string_view text,
                                   const std::vector<std::string> &entries);

/// The message of a compilation that must fail.
std::string messageOf(std::string_view text, const std::string &entry = "k");

/// An image in executable memory.
class LoadedKernel {
public:
  explicit LoadedKernel(const KernelImage &packed);
  template <typename Function> Function *as() const {
    // Through void *: the kernels of these tests have types of their own.
    return reinterpret_cast<Function *>(
        reinterpret_cast<void *>(image.entry(entryOffset)));
  }

private:
  runtime::CodeImage image;
  uint64_t entryOffset;
};

} // namespace einc::test

#endif // EINC_TESTS_UNIT_CODEGEN_MODULETEXT_H
