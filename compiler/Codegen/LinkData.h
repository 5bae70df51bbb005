// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// LinkData: a module with the kernels and static data of a program.

#ifndef EINC_COMPILER_CODEGEN_LINKDATA_H
#define EINC_COMPILER_CODEGEN_LINKDATA_H

#include "einc-c/Artifact.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"

#include <map>
#include <string>
#include <vector>

namespace einc {

class LinkData {
public:
  /// `withKernels`: the kernels are defined, else declared.
  LinkData(llvm::Module &module, const std::string &name, bool withKernels)
      : module(module), name(name), withKernels(withKernels) {}

  llvm::LLVMContext &context() const { return module.getContext(); }
  llvm::Module &getModule() const { return module; }

  llvm::Function *addFunction(const std::string &symbol, llvm::Type *result,
                              llvm::ArrayRef<llvm::Type *> parameters,
                              llvm::GlobalValue::LinkageTypes linkage);
  /// A function of the runtime or of libc, declared.
  llvm::FunctionCallee declare(const char *symbol, llvm::Type *result,
                               llvm::ArrayRef<llvm::Type *> parameters);

  llvm::FunctionType *kernelType() const;
  /// The function whose code is the kernel's image, byte for byte: equal images
  /// are one function. Its symbol is `name.kernelN`, known to this object only.
  llvm::Constant *kernel(const EincKernel &kernel);

  /// Constants, each once.
  llvm::Constant *text(const char *text);
  llvm::Constant *numbers(const std::vector<int64_t> &numbers);
  llvm::Constant *bytes(const void *data, size_t size);
  /// {1, 0} in a type.
  llvm::Constant *scalars(uint32_t type);

  /// EincProgram, with all it points to.
  llvm::Constant *program(const EincProgram &program);
  /// `name_info`, which the header declares.
  void addInfo(const EincProgram &program);

private:
  llvm::Constant *array(llvm::ArrayRef<llvm::Constant *> elements);
  llvm::Constant *keep(llvm::Constant *value, unsigned alignment);
  llvm::Constant *structOf(llvm::ArrayRef<llvm::Constant *> fields);
  llvm::Constant *i32(uint64_t value);
  llvm::Constant *i64(uint64_t value);
  llvm::Constant *null();
  llvm::Constant *expression(EincExpression expression);
  llvm::Constant *kernelData(const EincKernel &kernel);
  llvm::Constant *argument(const EincArgument &argument);
  llvm::Constant *artifact(const EincArtifact &artifact);

  llvm::Module &module;
  std::string name;
  bool withKernels;
  std::map<std::string, llvm::Function *> kernels; ///< by image
  std::map<std::pair<unsigned, std::string>, llvm::Constant *> known;
};

} // namespace einc

#endif // EINC_COMPILER_CODEGEN_LINKDATA_H
