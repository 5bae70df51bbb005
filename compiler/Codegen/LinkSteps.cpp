// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Numbers first, then kernel calls and loops in their order.

#include "compiler/Codegen/LinkSteps.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/IR/Module.h"

namespace einc {
namespace {

constexpr uint64_t Alignment = 64;

uint64_t alignUp(uint64_t bytes) {
  return (bytes + Alignment - 1) & ~(Alignment - 1);
}

class StepEmitter {
public:
  StepEmitter(LinkData &data, const EincArtifact &artifact)
      : data(data), artifact(artifact), b(data.context()) {}
  Result<llvm::Function *> emit(const std::string &name);

private:
  using Step = Result<Success>;
  void begin(const std::string &name);
  Step emitNumbers();
  Step emitNumber(EincExpression expression, bool isCount);
  Step emitStep(uint32_t index);
  Step emitLoop(uint32_t index, const EincStep &step);
  Step emitKernelStep(const EincStep &step);
  Step emitCall(const EincStep &step, const Number &grains);
  Result<llvm::Value *> emitPointer(const EincPointer &pointer);
  Result<llvm::Value *> emitParams(const EincStep &step);
  void closeLoops(uint32_t index);
  void leaveOnProblem();
  llvm::BasicBlock *newBlock() {
    return llvm::BasicBlock::Create(data.context(), "", function);
  }
  llvm::Value *add(llvm::Value *pointer, const Number &bytes) {
    return bytes.isKnown(0)
               ? pointer
               : b.CreatePtrAdd(pointer, expressions->valueOf(bytes));
  }

  struct Loop {
    uint32_t end;
    uint32_t counter;
    llvm::Value *extent;
    llvm::BasicBlock *body;
    llvm::BasicBlock *exit;
  };

  LinkData &data;
  const EincArtifact &artifact;
  llvm::IRBuilder<> b;
  llvm::Function *function = nullptr;
  llvm::SmallVector<llvm::Value *, 8> numbers;
  std::optional<LinkExpressions> expressions;
  llvm::BasicBlock *failure = nullptr;
  llvm::AllocaInst *pointers = nullptr, *params = nullptr;
  llvm::Value *workspace = nullptr, *scratch = nullptr;
  std::vector<Loop> loops;
};

void StepEmitter::begin(const std::string &name) {
  llvm::SmallVector<llvm::Type *, 8> types(artifact.numArguments, b.getPtrTy());
  types.append(artifact.numExtents, b.getInt64Ty());
  types.push_back(b.getPtrTy());
  function = data.addFunction(name, b.getInt32Ty(), types,
                              llvm::GlobalValue::InternalLinkage);
  for (uint32_t i = 0; i < artifact.numExtents; ++i)
    numbers.push_back(function->getArg(artifact.numArguments + i));
  workspace = function->getArg(artifact.numArguments + artifact.numExtents);
  b.SetInsertPoint(newBlock());
  expressions.emplace(b, artifact, numbers);

  uint32_t maxPointers = 0, maxParams = 0;
  for (uint32_t i = 0; i < artifact.numSteps; ++i) {
    const EincStep &step = artifact.steps[i];
    if (step.kind != EINC_STEP_KERNEL)
      continue;
    maxPointers =
        std::max(maxPointers, artifact.kernels[step.kernel].numPointers);
    maxParams = std::max(maxParams, step.numParams);
  }
  auto reserve = [&](llvm::Type *type, uint32_t count) {
    return b.CreateAlloca(llvm::ArrayType::get(type, std::max(count, 1u)));
  };
  pointers = reserve(b.getPtrTy(), maxPointers);
  params = reserve(b.getInt64Ty(), maxParams);
}

StepEmitter::Step StepEmitter::emitNumber(EincExpression expression,
                                          bool isCount) {
  if (expressions->hasCounters(expression))
    return Success{};
  Result<Number> number = expressions->emit(expression);
  if (!number)
    return std::move(number).error();
  if (isCount && number->value)
    expressions->addProblem(b.CreateICmpSLT(number->value, b.getInt64(0)));
  return Success{};
}

/// Everything that does not change within the call.
StepEmitter::Step StepEmitter::emitNumbers() {
  Result<Number> bytes = expressions->emit(artifact.workspaceBytes);
  if (!bytes)
    return std::move(bytes).error();
  if (!bytes->value)
    bytes->known =
        static_cast<int64_t>(alignUp(static_cast<uint64_t>(bytes->known)));
  else
    bytes->value = b.CreateAnd(
        b.CreateAdd(bytes->value, b.getInt64(Alignment - 1)), -Alignment);
  scratch = add(workspace, *bytes);
  for (uint32_t i = 0; i < artifact.numBuffers; ++i)
    if (Step step = emitNumber(artifact.buffers[i].offset, true); !step)
      return step;
  for (uint32_t i = 0; i < artifact.numSteps; ++i) {
    const EincStep &step = artifact.steps[i];
    if (Step extent = emitNumber(step.extent, true); !extent)
      return extent;
    if (step.kind != EINC_STEP_KERNEL)
      continue;
    const uint32_t numPointers = artifact.kernels[step.kernel].numPointers;
    for (uint32_t p = 0; p < numPointers; ++p)
      if (Step offset = emitNumber(
              artifact.pointers[step.firstPointer + p].offset, false);
          !offset)
        return offset;
    for (uint32_t p = 0; p < step.numParams; ++p)
      if (Step param = emitNumber(artifact.params[step.firstParam + p], false);
          !param)
        return param;
  }
  leaveOnProblem();
  return Success{};
}

void StepEmitter::leaveOnProblem() {
  llvm::Value *problem = expressions->takeProblem();
  if (!problem)
    return;
  if (!failure) {
    failure = newBlock();
    llvm::IRBuilder<>(failure).CreateRet(b.getInt32(EINC_RESULT_LIMIT));
  }
  llvm::BasicBlock *next = newBlock();
  b.CreateCondBr(problem, failure, next);
  b.SetInsertPoint(next);
}

Result<llvm::Value *> StepEmitter::emitPointer(const EincPointer &pointer) {
  const EincBuffer &buffer = artifact.buffers[pointer.buffer];
  llvm::Value *base = nullptr;
  switch (buffer.kind) {
  case EINC_BUFFER_ARGUMENT:
    base = function->getArg(buffer.argument);
    break;
  case EINC_BUFFER_WORKSPACE: {
    Result<Number> offset = expressions->emit(buffer.offset);
    if (!offset)
      return std::move(offset).error();
    base = add(workspace, *offset);
    break;
  }
  case EINC_BUFFER_SCALARS:
    base = data.scalars(artifact.scalarType);
    break;
  default: { // EINC_BUFFER_CONSTANT
    Result<Number> bytes = expressions->emit(buffer.bytes);
    if (!bytes)
      return std::move(bytes).error();
    if (bytes->value || bytes->known < 0 || bytes->known > (1 << 20) ||
        (bytes->known > 0 && !buffer.data))
      return Diagnostic{.kind = ErrorKind::BadArtifact,
                        .message = "a constant of the program has no size"};
    base = data.bytes(buffer.data, static_cast<size_t>(bytes->known));
    break;
  }
  }
  Result<Number> offset = expressions->emit(pointer.offset);
  if (!offset)
    return std::move(offset).error();
  return add(base, *offset);
}

/// A constant array, or one on the stack that is filled here.
Result<llvm::Value *> StepEmitter::emitParams(const EincStep &step) {
  std::vector<Number> values;
  for (uint32_t p = 0; p < step.numParams; ++p) {
    Result<Number> value =
        expressions->emit(artifact.params[step.firstParam + p]);
    if (!value)
      return std::move(value).error();
    values.push_back(*value);
  }
  if (llvm::none_of(values, [](const Number &n) { return n.value; })) {
    std::vector<int64_t> known;
    for (const Number &number : values)
      known.push_back(number.known);
    return data.numbers(known);
  }
  for (uint32_t p = 0; p < step.numParams; ++p)
    b.CreateStore(expressions->valueOf(values[p]),
                  b.CreateConstGEP1_64(b.getInt64Ty(), params, p));
  return params;
}

StepEmitter::Step StepEmitter::emitCall(const EincStep &step,
                                        const Number &grains) {
  const EincKernel &kernel = artifact.kernels[step.kernel];
  for (uint32_t p = 0; p < kernel.numPointers; ++p) {
    Result<llvm::Value *> value =
        emitPointer(artifact.pointers[step.firstPointer + p]);
    if (!value)
      return std::move(value).error();
    b.CreateStore(*value, b.CreateConstGEP1_64(b.getPtrTy(), pointers, p));
  }
  Result<llvm::Value *> filled = emitParams(step);
  if (!filled)
    return std::move(filled).error();
  leaveOnProblem();
  b.CreateCall(data.kernelType(), data.kernel(kernel),
               {pointers, *filled, scratch, b.getInt64(0),
                expressions->valueOf(grains)});
  return Success{};
}

StepEmitter::Step StepEmitter::emitKernelStep(const EincStep &step) {
  Result<Number> grains = expressions->emit(step.extent);
  if (!grains)
    return std::move(grains).error();
  if (!grains->value)
    return grains->known > 0 ? emitCall(step, *grains) : Step(Success{});
  llvm::BasicBlock *work = newBlock(), *next = newBlock();
  b.CreateCondBr(b.CreateICmpSGT(grains->value, b.getInt64(0)), work, next);
  b.SetInsertPoint(work);
  if (Step call = emitCall(step, *grains); !call)
    return call;
  b.CreateBr(next);
  b.SetInsertPoint(next);
  return Success{};
}

StepEmitter::Step StepEmitter::emitLoop(uint32_t index, const EincStep &step) {
  Result<Number> extent = expressions->emit(step.extent);
  if (!extent)
    return std::move(extent).error();
  leaveOnProblem();
  Loop loop = {index + 1 + step.bodySteps, step.counter,
               expressions->valueOf(*extent), newBlock(), newBlock()};
  b.CreateCondBr(b.CreateICmpSGT(loop.extent, b.getInt64(0)), loop.body,
                 loop.exit);
  llvm::BasicBlock *before = b.GetInsertBlock();
  b.SetInsertPoint(loop.body);
  llvm::PHINode *counter = b.CreatePHI(b.getInt64Ty(), 2);
  counter->addIncoming(b.getInt64(0), before);
  expressions->counters[step.counter] = counter;
  loops.push_back(loop);
  return Success{};
}

void StepEmitter::closeLoops(uint32_t index) {
  while (!loops.empty() && loops.back().end == index) {
    const Loop &loop = loops.back();
    auto *counter =
        llvm::cast<llvm::PHINode>(expressions->counters[loop.counter]);
    llvm::Value *next = b.CreateAdd(counter, b.getInt64(1));
    counter->addIncoming(next, b.GetInsertBlock());
    b.CreateCondBr(b.CreateICmpSLT(next, loop.extent), loop.body, loop.exit);
    b.SetInsertPoint(loop.exit);
    loops.pop_back();
  }
}

Result<llvm::Function *> StepEmitter::emit(const std::string &name) {
  begin(name);
  if (Step step = emitNumbers(); !step)
    return std::move(step).error();
  for (uint32_t i = 0; i < artifact.numSteps; ++i) {
    closeLoops(i);
    const EincStep &step = artifact.steps[i];
    Step done =
        step.kind == EINC_STEP_LOOP ? emitLoop(i, step) : emitKernelStep(step);
    if (!done)
      return std::move(done).error();
  }
  closeLoops(artifact.numSteps);
  b.CreateRet(b.getInt32(EINC_RESULT_OK));
  return function;
}

} // namespace

Result<Number> emitWorkspaceBytes(LinkExpressions &expressions,
                                  const EincArtifact &artifact,
                                  llvm::IRBuilder<> &b) {
  Result<Number> bytes = expressions.emit(artifact.workspaceBytes);
  if (!bytes)
    return bytes;
  uint64_t scratch = 0;
  for (uint32_t i = 0; i < artifact.numKernels; ++i)
    scratch = std::max(scratch, alignUp(artifact.kernels[i].scratchBytes));
  constexpr int64_t most = int64_t(1) << 56;
  if (!bytes->value) {
    if (bytes->known < 0 || bytes->known > most)
      return Diagnostic{.kind = ErrorKind::Limit,
                        .message = "the program needs too much workspace"};
    return Number{static_cast<int64_t>(
                      alignUp(static_cast<uint64_t>(bytes->known)) + scratch),
                  nullptr};
  }
  expressions.addProblem(b.CreateICmpUGT(bytes->value, b.getInt64(most)));
  llvm::Value *aligned = b.CreateAnd(
      b.CreateAdd(bytes->value, b.getInt64(Alignment - 1)), -Alignment);
  return Number{0, b.CreateAdd(aligned, b.getInt64(scratch))};
}

Result<llvm::Function *> emitSteps(LinkData &data, const EincArtifact &artifact,
                                   const std::string &name) {
  return StepEmitter(data, artifact).emit(name);
}

} // namespace einc
