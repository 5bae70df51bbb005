// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Functions and small constants; LinkProgramData.cpp has the large ones.

#include "compiler/Codegen/LinkData.h"

#include "llvm/IR/Constants.h"

#include <cstring>

namespace einc {

llvm::Function *LinkData::addFunction(const std::string &symbol,
                                      llvm::Type *result,
                                      llvm::ArrayRef<llvm::Type *> parameters,
                                      llvm::GlobalValue::LinkageTypes linkage) {
  auto *function =
      llvm::Function::Create(llvm::FunctionType::get(result, parameters, false),
                             linkage, symbol, module);
  function->setDoesNotThrow();
  function->setDSOLocal(true);
  return function;
}

llvm::FunctionCallee
LinkData::declare(const char *symbol, llvm::Type *result,
                  llvm::ArrayRef<llvm::Type *> parameters) {
  return module.getOrInsertFunction(
      symbol, llvm::FunctionType::get(result, parameters, false));
}

llvm::FunctionType *LinkData::kernelType() const {
  auto *pointer = llvm::PointerType::get(context(), 0);
  auto *number = llvm::Type::getInt64Ty(context());
  return llvm::FunctionType::get(llvm::Type::getVoidTy(context()),
                                 {pointer, pointer, pointer, number, number},
                                 false);
}

/// The image is the function's prologue, which is emitted as it is, before a
/// body of no instruction.
llvm::Constant *LinkData::kernel(const EincKernel &kernel) {
  const auto *first = static_cast<const char *>(kernel.image);
  std::string image(first, first + kernel.imageBytes);
  llvm::Function *&function = kernels[image];
  if (!function) {
    const std::string symbol =
        name + ".kernel" + std::to_string(kernels.size() - 1);
    function =
        llvm::Function::Create(kernelType(),
                               withKernels ? llvm::GlobalValue::InternalLinkage
                                           : llvm::GlobalValue::ExternalLinkage,
                               symbol, module);
    function->setDoesNotThrow();
    function->setDSOLocal(true);
    if (withKernels) {
      function->setAlignment(llvm::Align(64));
      function->setPrologueData(
          llvm::ConstantDataArray::getRaw(llvm::StringRef(image), image.size(),
                                          llvm::Type::getInt8Ty(context())));
      llvm::IRBuilder<>(llvm::BasicBlock::Create(context(), "", function))
          .CreateUnreachable();
    }
  }
  if (kernel.entryOffset == 0)
    return function;
  return llvm::ConstantExpr::getGetElementPtr(
      llvm::Type::getInt8Ty(context()), function, i64(kernel.entryOffset));
}

llvm::Constant *LinkData::keep(llvm::Constant *value, unsigned alignment) {
  auto *global =
      new llvm::GlobalVariable(module, value->getType(), /*isConstant=*/true,
                               llvm::GlobalValue::PrivateLinkage, value, "");
  global->setAlignment(llvm::Align(alignment));
  return global;
}

llvm::Constant *LinkData::text(const char *text) {
  llvm::Constant *&kept = known[{0, text}];
  if (!kept)
    kept = keep(llvm::ConstantDataArray::getString(context(), text), 1);
  return kept;
}

llvm::Constant *LinkData::numbers(const std::vector<int64_t> &numbers) {
  if (numbers.empty())
    return null();
  std::string key(reinterpret_cast<const char *>(numbers.data()),
                  numbers.size() * sizeof(int64_t));
  llvm::Constant *&kept = known[{1, key}];
  if (!kept) {
    std::vector<uint64_t> words(numbers.begin(), numbers.end());
    kept = keep(llvm::ConstantDataArray::get(context(),
                                             llvm::ArrayRef<uint64_t>(words)),
                8);
  }
  return kept;
}

llvm::Constant *LinkData::bytes(const void *data, size_t size) {
  if (size == 0)
    return null();
  std::string key(static_cast<const char *>(data), size);
  llvm::Constant *&kept = known[{2, key}];
  if (!kept)
    kept =
        keep(llvm::ConstantDataArray::getRaw(llvm::StringRef(key), size,
                                             llvm::Type::getInt8Ty(context())),
             64);
  return kept;
}

llvm::Constant *LinkData::scalars(uint32_t type) {
  uint8_t data[32] = {};
  auto set = [&](auto one) { std::memcpy(data, &one, sizeof one); };
  size_t size = 16;
  switch (type) {
  case EINC_TYPE_F32:
  case EINC_TYPE_C64:
    set(1.0f);
    break;
  case EINC_TYPE_F64:
  case EINC_TYPE_C128:
    set(1.0);
    size = 32;
    break;
  case EINC_TYPE_F16:
    set(uint16_t(0x3c00));
    break;
  case EINC_TYPE_BF16:
    set(uint16_t(0x3f80));
    break;
  default: // integers and booleans, in little-endian order
    set(uint8_t(1));
  }
  return bytes(data, size);
}

} // namespace einc
