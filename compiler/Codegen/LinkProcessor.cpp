// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// cpuid and xgetbv by inline assembly; no function of any library.

#include "compiler/Codegen/LinkProcessor.h"

#include "llvm/IR/InlineAsm.h"

namespace einc {
namespace {

constexpr uint32_t Known = 1u << 31;

class ProcessorEmitter {
public:
  ProcessorEmitter(LinkData &data, const std::string &name)
      : b(data.context()), i32(b.getInt32Ty()),
        function(data.addFunction(name + ".detect", i32, {},
                                  llvm::GlobalValue::InternalLinkage)),
        variable(new llvm::GlobalVariable(data.getModule(), i32,
                                          /*isConstant=*/false,
                                          llvm::GlobalValue::InternalLinkage,
                                          b.getInt32(0), name + ".processor")) {
  }

  llvm::Function *emit();

private:
  enum Register { EAX, EBX, ECX, EDX };

  /// {eax, ebx, ecx, edx}.
  llvm::Value *cpuid(uint32_t leaf, uint32_t subleaf) {
    auto *type = llvm::FunctionType::get(
        llvm::StructType::get(i32, i32, i32, i32), {i32, i32}, false);
    auto *code = llvm::InlineAsm::get(
        type, "cpuid",
        "={eax},={ebx},={ecx},={edx},{eax},{ecx},~{dirflag},~{fpsr},~{flags}",
        /*hasSideEffects=*/true);
    return b.CreateCall(type, code, {b.getInt32(leaf), b.getInt32(subleaf)});
  }
  llvm::Value *cpuid(uint32_t leaf, uint32_t subleaf, Register which) {
    return b.CreateExtractValue(cpuid(leaf, subleaf), which);
  }
  /// The states of registers that the system saves, XCR0.
  llvm::Value *xgetbv() {
    auto *type =
        llvm::FunctionType::get(llvm::StructType::get(i32, i32), {i32}, false);
    auto *code = llvm::InlineAsm::get(
        type, "xgetbv", "={eax},={edx},{ecx},~{dirflag},~{fpsr},~{flags}",
        /*hasSideEffects=*/true);
    return b.CreateExtractValue(b.CreateCall(type, code, {b.getInt32(0)}), 0);
  }
  llvm::Value *has(llvm::Value *value, uint32_t mask) {
    return b.CreateICmpEQ(b.CreateAnd(value, mask), b.getInt32(mask));
  }
  llvm::Value *bit(llvm::Value *condition, uint32_t value) {
    return b.CreateSelect(condition, b.getInt32(value), b.getInt32(0));
  }
  llvm::BasicBlock *block() {
    return llvm::BasicBlock::Create(b.getContext(), "", function);
  }
  llvm::Value *detect(llvm::BasicBlock *nothing);

  llvm::IRBuilder<> b;
  llvm::Type *i32;
  llvm::Function *function;
  llvm::GlobalVariable *variable;
};

/// The bits of a processor that has leaf 7 and saves vector registers; others
/// go to `nothing`.
llvm::Value *ProcessorEmitter::detect(llvm::BasicBlock *nothing) {
  llvm::Value *leaves = cpuid(0, 0, EAX);
  llvm::Value *basic = cpuid(1, 0, ECX);
  constexpr uint32_t fma = 1u << 12, movbe = 1u << 22, osxsave = 1u << 27,
                     avx = 1u << 28, f16c = 1u << 29;
  llvm::Value *enough = b.CreateICmpUGE(leaves, b.getInt32(7));
  llvm::BasicBlock *more = block();
  b.CreateCondBr(
      b.CreateAnd(enough, has(basic, fma | movbe | osxsave | avx | f16c)), more,
      nothing);
  b.SetInsertPoint(more);

  llvm::Value *states = xgetbv();
  llvm::Value *extended = cpuid(7, 0);
  llvm::Value *maxSubleaf = b.CreateExtractValue(extended, EAX);
  llvm::Value *ebx = b.CreateExtractValue(extended, EBX);
  llvm::Value *ecx = b.CreateExtractValue(extended, ECX);
  llvm::Value *hasAMD =
      b.CreateICmpUGE(cpuid(0x80000000, 0, EAX), b.getInt32(0x80000001));
  constexpr uint32_t lzcnt = 1u << 5;
  llvm::Value *hasLZCNT =
      b.CreateAnd(hasAMD, has(cpuid(0x80000001, 0, ECX), lzcnt));
  constexpr uint32_t sse = 1u << 1, ymm = 1u << 2, zmm = 7u << 5;
  constexpr uint32_t bmi1 = 1u << 3, avx2 = 1u << 5, bmi2 = 1u << 8;
  llvm::Value *v3 = b.CreateAnd(
      b.CreateAnd(has(states, sse | ymm), has(ebx, bmi1 | avx2 | bmi2)),
      hasLZCNT);
  constexpr uint32_t avx512 =
      1u << 16 | 1u << 17 | 1u << 28 | 1u << 30 | 1u << 31; // F DQ CD BW VL
  llvm::Value *v4 =
      b.CreateAnd(v3, b.CreateAnd(has(states, zmm), has(ebx, avx512)));
  constexpr uint32_t vnni = 1u << 11, bf16 = 1u << 5;
  llvm::Value *hasVNNI = b.CreateAnd(v4, has(ecx, vnni));
  llvm::Value *hasSubleaf = b.CreateICmpUGE(maxSubleaf, b.getInt32(1));
  llvm::Value *hasBF16 =
      b.CreateAnd(b.CreateAnd(v4, hasSubleaf), has(cpuid(7, 1, EAX), bf16));
  llvm::Value *bits =
      b.CreateOr(bit(v3, EINC_CPU_X86_64_V3), bit(v4, EINC_CPU_X86_64_V4));
  bits = b.CreateOr(bits, bit(hasVNNI, EINC_CPU_AVX512_VNNI));
  return b.CreateOr(bits, bit(hasBF16, EINC_CPU_AVX512_BF16));
}

llvm::Function *ProcessorEmitter::emit() {
  auto relaxed = [](auto *access) {
    access->setAtomic(llvm::AtomicOrdering::Monotonic);
    return access;
  };
  llvm::BasicBlock *entry = block(), *ask = block(), *done = block(),
                   *keep = block();
  b.SetInsertPoint(entry);
  llvm::Value *before =
      relaxed(b.CreateAlignedLoad(i32, variable, llvm::Align(4)));
  b.CreateCondBr(b.CreateICmpEQ(before, b.getInt32(0)), ask, done);

  b.SetInsertPoint(ask);
  llvm::Value *detected = detect(keep);
  llvm::BasicBlock *asked = b.GetInsertBlock();
  b.CreateBr(keep);

  b.SetInsertPoint(keep);
  llvm::PHINode *bits = b.CreatePHI(i32, 2);
  bits->addIncoming(b.getInt32(0), ask);
  bits->addIncoming(detected, asked);
  llvm::Value *marked = b.CreateOr(bits, b.getInt32(Known));
  relaxed(b.CreateAlignedStore(marked, variable, llvm::Align(4)));
  b.CreateBr(done);

  b.SetInsertPoint(done);
  llvm::PHINode *result = b.CreatePHI(i32, 2);
  result->addIncoming(before, entry);
  result->addIncoming(marked, keep);
  b.CreateRet(b.CreateAnd(result, b.getInt32(~Known)));
  return function;
}

} // namespace

llvm::Function *addProcessorBits(LinkData &data, const std::string &name) {
  return ProcessorEmitter(data, name).emit();
}

} // namespace einc
