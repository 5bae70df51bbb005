// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The structs of einc-c/Artifact.h as constants, field by field in their
/// order; both sides lay structs out in the same way.

#include "compiler/Codegen/LinkData.h"

#include "runtime/Expressions.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/IR/Constants.h"

#include <algorithm>
#include <span>

namespace einc {

llvm::Constant *LinkData::i32(uint64_t value) {
  return llvm::ConstantInt::get(llvm::Type::getInt32Ty(context()), value);
}
llvm::Constant *LinkData::i64(uint64_t value) {
  return llvm::ConstantInt::get(llvm::Type::getInt64Ty(context()), value);
}
llvm::Constant *LinkData::null() {
  return llvm::ConstantPointerNull::get(llvm::PointerType::get(context(), 0));
}

llvm::Constant *LinkData::structOf(llvm::ArrayRef<llvm::Constant *> fields) {
  return llvm::ConstantStruct::getAnon(context(), fields);
}

llvm::Constant *LinkData::array(llvm::ArrayRef<llvm::Constant *> elements) {
  if (elements.empty())
    return null();
  return keep(llvm::ConstantArray::get(
                  llvm::ArrayType::get(elements[0]->getType(), elements.size()),
                  elements),
              8);
}

llvm::Constant *LinkData::expression(EincExpression expression) {
  return structOf({i32(expression.first), i32(expression.count)});
}

llvm::Constant *LinkData::kernelData(const EincKernel &k) {
  auto *hash = llvm::ConstantDataArray::get(
      context(), llvm::ArrayRef<uint8_t>(k.imageHash, sizeof k.imageHash));
  // The code is there: no image, but its size for those who print it.
  return structOf({text(k.family), text(k.schedule), text(k.target), null(),
                   i64(k.imageBytes), i64(0), hash, kernel(k),
                   i64(k.scratchBytes), i32(k.numPointers), i32(0)});
}

llvm::Constant *LinkData::argument(const EincArgument &a) {
  auto list = [&](const int64_t *first) {
    return first ? numbers(std::vector<int64_t>(first, first + a.rank))
                 : null();
  };
  // Of a scalar there are neither, and null strides say "dense".
  return structOf({text(a.name), i32(a.type), i32(a.rank), list(a.extents),
                   list(a.strides), i32(a.openStrides), i32(a.flags)});
}

llvm::Constant *LinkData::artifact(const EincArtifact &a) {
  using Constants = std::vector<llvm::Constant *>;
  Constants kernelList, tokens, buffers, pointers, params, steps, arguments;
  for (uint32_t i = 0; i < a.numKernels; ++i)
    kernelList.push_back(kernelData(a.kernels[i]));
  for (uint32_t i = 0; i < a.numTokens; ++i)
    tokens.push_back(structOf({i64(static_cast<uint64_t>(a.tokens[i].value)),
                               i32(a.tokens[i].opcode), i32(0)}));
  for (uint32_t i = 0; i < a.numBuffers; ++i) {
    const EincBuffer &buffer = a.buffers[i];
    llvm::Constant *content = null();
    if (buffer.kind == EINC_BUFFER_CONSTANT && buffer.data &&
        buffer.bytes.count == 1) {
      const EincToken &size = a.tokens[buffer.bytes.first];
      if (size.opcode == EINC_OP_LITERAL && size.value > 0 &&
          size.value <= 1 << 20)
        content = bytes(buffer.data, static_cast<size_t>(size.value));
    }
    buffers.push_back(structOf({i32(buffer.kind), i32(buffer.argument),
                                expression(buffer.offset),
                                expression(buffer.bytes), content}));
  }
  for (uint32_t i = 0; i < a.numPointers; ++i)
    pointers.push_back(structOf(
        {i32(a.pointers[i].buffer), i32(0), expression(a.pointers[i].offset)}));
  for (uint32_t i = 0; i < a.numParams; ++i)
    params.push_back(expression(a.params[i]));
  for (uint32_t i = 0; i < a.numSteps; ++i) {
    const EincStep &s = a.steps[i];
    steps.push_back(structOf({i32(s.kind), i32(s.kernel), i32(s.firstPointer),
                              i32(s.firstParam), i32(s.numParams),
                              i32(s.bodySteps), i32(s.counter), i32(s.plan),
                              expression(s.extent), expression(s.minGrains)}));
  }
  for (uint32_t i = 0; i < a.numArguments; ++i)
    arguments.push_back(argument(a.arguments[i]));
  return keep(structOf({i32(EINC_ARTIFACT_ABI), i32(sizeof(EincArtifact)),
                        array(kernelList),      array(tokens),
                        array(buffers),         array(pointers),
                        array(params),          array(steps),
                        array(arguments),       i32(a.numKernels),
                        i32(a.numTokens),       i32(a.numBuffers),
                        i32(a.numPointers),     i32(a.numParams),
                        i32(a.numSteps),        i32(a.numArguments),
                        i32(a.numExtents),      i32(a.numCounters),
                        i32(a.scalarType),      expression(a.workspaceBytes),
                        text(a.equation),       text(a.plan)}),
              8);
}

llvm::Constant *LinkData::program(const EincProgram &p) {
  std::vector<llvm::Constant *> variants, open;
  std::map<const EincArtifact *, llvm::Constant *> artifacts;
  for (uint32_t i = 0; i < p.numVariants; ++i) {
    const EincVariant &v = p.variants[i];
    llvm::Constant *&data = artifacts[v.artifact];
    if (!data)
      data = artifact(*v.artifact);
    variants.push_back(
        structOf({data, i32(v.architecture), i32(v.cpu), expression(v.guard)}));
  }
  for (uint32_t i = 0; i < p.numOpenNumbers; ++i)
    open.push_back(
        structOf({text(p.openNumbers[i].name),
                  i64(static_cast<uint64_t>(p.openNumbers[i].hint))}));
  return keep(structOf({i32(EINC_ARTIFACT_ABI), i32(sizeof(EincProgram)),
                        text(p.name), text(p.compiler), array(variants),
                        array(open), i32(p.numVariants), i32(p.numOpenNumbers),
                        i32(p.threads), i32(0)}),
              8);
}

/// The names of the program's targets, best first: "x86-64-v4, x86-64-v3".
static std::string targetsOf(const EincProgram &program) {
  std::string all, last;
  for (uint32_t i = 0; i < program.numVariants; ++i) {
    const EincVariant &v = program.variants[i];
    std::string target = v.artifact->numKernels ? v.artifact->kernels[0].target
                         : v.architecture == EINC_ARCHITECTURE_AARCH64
                             ? "aarch64"
                             : "x86-64";
    if (target != last)
      all += (all.empty() ? "" : ", ") + target;
    last = target;
  }
  return all;
}

/// Intermediates and scratch of one thread, of the variant that needs most; -1
/// if it depends on open numbers.
static int64_t workspaceOf(const EincProgram &program) {
  int64_t most = 0;
  for (uint32_t v = 0; v < program.numVariants; ++v) {
    const EincArtifact &a = *program.variants[v].artifact;
    std::span<const EincToken> tokens(a.tokens + a.workspaceBytes.first,
                                      a.workspaceBytes.count);
    int64_t bytes = 0;
    if (llvm::any_of(tokens,
                     [](const EincToken &token) {
                       return token.opcode == EINC_OP_EXTENT;
                     }) ||
        runtime::evaluate(tokens, {}, nullptr, bytes))
      return -1;
    uint64_t scratch = 0;
    for (uint32_t i = 0; i < a.numKernels; ++i)
      scratch = std::max(scratch, a.kernels[i].scratchBytes);
    most = std::max(most, (bytes + 63) / 64 * 64 +
                              static_cast<int64_t>((scratch + 63) / 64 * 64));
  }
  return most;
}

void LinkData::addInfo(const EincProgram &p) {
  static constexpr const char *types[] = {"f32", "f64",  "c64", "c128",
                                          "i8",  "i16",  "i32", "i64",
                                          "u8",  "bool", "f16", "bf16"};
  const EincArtifact &first = *p.variants[0].artifact;
  std::vector<llvm::Constant *> tensors, open;
  for (uint32_t i = 0; i < first.numArguments; ++i) {
    const EincArgument &a = first.arguments[i];
    tensors.push_back(structOf(
        {text(a.name), text(types[a.type]), i64(a.rank),
         numbers(std::vector<int64_t>(a.extents, a.extents + a.rank))}));
  }
  for (uint32_t i = 0; i < p.numOpenNumbers; ++i)
    open.push_back(text(p.openNumbers[i].name));
  llvm::Constant *info =
      structOf({text(first.equation), text(p.compiler),
                text(targetsOf(p).c_str()), text(first.plan),
                i64(first.numArguments), array(tensors), i64(p.numOpenNumbers),
                array(open), i64(static_cast<uint64_t>(workspaceOf(p)))});
  auto *global = new llvm::GlobalVariable(
      module, info->getType(), /*isConstant=*/true,
      llvm::GlobalValue::ExternalLinkage, info, name + "_info");
  global->setDSOLocal(true);
  global->setAlignment(llvm::Align(8));
}

} // namespace einc
