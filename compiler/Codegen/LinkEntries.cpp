// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Checks arguments, chooses a variant, finds workspace and runs it.

#include "compiler/Codegen/LinkEntries.h"

#include "compiler/Codegen/LinkProcessor.h"
#include "compiler/Codegen/LinkSteps.h"

#include <algorithm>

namespace einc {
namespace {

/// Workspace up to this size lies on the stack.
constexpr int64_t StackBytes = 16 << 10;
constexpr int64_t WorkspaceAlignment = 64;

enum class Entry {
  Plain,         ///< makes its own workspace
  WithWorkspace, ///< takes one
  Strided,       ///< takes strides
  Bytes          ///< only says how much workspace a call needs
};

class EntryEmitter {
public:
  EntryEmitter(LinkData &data, const EincProgram &program, bool byRuntime)
      : data(data), program(program), byRuntime(byRuntime),
        first(*program.variants[0].artifact), b(data.context()) {}
  Result<Success> emit();

private:
  using Step = Result<Success>;
  Step emitVariants();
  Step emitEntry(Entry entry);
  void begin(Entry entry);
  void checkArguments();
  void checkPointer(uint32_t index);
  void checkSize(const EincArgument &argument);
  void emitRuntimeCall();
  Step emitVariant(uint32_t index);
  Result<llvm::Value *> emitGuard(uint32_t index, LinkExpressions &numbers);
  void emitRun(uint32_t index, const Number &bytes);
  llvm::Value *emitAllocation(llvm::Value *bytes);

  llvm::BasicBlock *newBlock() {
    return llvm::BasicBlock::Create(data.context(), "", function);
  }
  /// Ends the function here with a result that its type fits: an EincResult or,
  /// where bytes are asked for, -1.
  void giveUp(EincResult result) {
    b.CreateRet(entry == Entry::Bytes ? b.getInt64(-1) : b.getInt32(result));
  }
  void giveUpIf(llvm::Value *condition, EincResult result) {
    llvm::BasicBlock *leave = newBlock(), *next = newBlock();
    b.CreateCondBr(condition, leave, next);
    b.SetInsertPoint(leave);
    giveUp(result);
    b.SetInsertPoint(next);
  }
  llvm::Value *isNull(llvm::Value *pointer) {
    return b.CreateICmpEQ(pointer,
                          llvm::ConstantPointerNull::get(b.getPtrTy()));
  }
  /// Open numbers before the strides.
  uint32_t numExtents() const {
    uint32_t count = program.numOpenNumbers;
    for (uint32_t i = 0; i < first.numArguments; ++i)
      count = std::min(count, first.arguments[i].openStrides);
    return count;
  }
  bool hasOpenStrides() const { return numExtents() < program.numOpenNumbers; }

  LinkData &data;
  const EincProgram &program;
  bool byRuntime;
  const EincArtifact &first;
  llvm::IRBuilder<> b;
  std::vector<llvm::Function *> runs; ///< by variant
  llvm::Function *processor = nullptr;
  llvm::Constant *programData = nullptr;

  // Of the function at hand.
  Entry entry = Entry::Plain;
  llvm::Function *function = nullptr;
  llvm::SmallVector<llvm::Value *, 8> tensors, strides, numbers;
  llvm::Value *workspace = nullptr;
  llvm::AllocaInst *stack = nullptr;
  llvm::Value *bits = nullptr;
};

void EntryEmitter::begin(Entry kind) {
  entry = kind;
  llvm::SmallVector<llvm::Type *, 8> types;
  const bool strided = entry == Entry::Strided;
  if (entry != Entry::Bytes)
    types.append(first.numArguments * (strided ? 2 : 1), b.getPtrTy());
  types.append(numExtents(), b.getInt64Ty());
  if (entry == Entry::WithWorkspace)
    types.push_back(b.getPtrTy());
  const char *suffixes[] = {"", "_ws", "_strided", "_workspace_bytes"};
  function = data.addFunction(
      std::string(program.name) + suffixes[static_cast<int>(entry)],
      entry == Entry::Bytes ? b.getInt64Ty() : b.getInt32Ty(), types,
      llvm::GlobalValue::ExternalLinkage);
  b.SetInsertPoint(newBlock());
  tensors.clear();
  strides.clear();
  numbers.clear();
  workspace = nullptr;
  stack = nullptr;
  bits = nullptr;
  auto *argument = function->arg_begin();
  for (uint32_t i = 0; entry != Entry::Bytes && i < first.numArguments; ++i) {
    tensors.push_back(argument++);
    if (strided)
      strides.push_back(argument++);
  }
  for (uint32_t i = 0; i < numExtents(); ++i)
    numbers.push_back(argument++);
  if (entry == Entry::WithWorkspace)
    workspace = argument;
}

/// A tensor without elements has no pointer to speak of.
void EntryEmitter::checkPointer(uint32_t index) {
  const EincArgument &argument = first.arguments[index];
  llvm::Value *wrong = isNull(tensors[index]);
  for (uint32_t axis = 0; axis < argument.rank; ++axis) {
    int64_t extent = argument.extents[axis];
    if (extent == 0)
      return;
    if (extent < 0)
      wrong = b.CreateAnd(
          wrong, b.CreateICmpNE(numbers[static_cast<size_t>(-1 - extent)],
                                b.getInt64(0)));
  }
  giveUpIf(wrong, EINC_RESULT_INVALID_ARGUMENT);
}

/// No dense tensor has 2^63 bytes. An extent of 0 does not hide that others
/// are too large.
void EntryEmitter::checkSize(const EincArgument &argument) {
  static constexpr int64_t elementBytes[] = {4, 8, 8, 16, 1, 2,
                                             4, 8, 1, 1,  2, 2};
  llvm::Value *size = b.getInt64(elementBytes[argument.type]), *wrong = nullptr;
  for (uint32_t axis = 0; axis < argument.rank; ++axis) {
    const int64_t extent = argument.extents[axis];
    llvm::Value *factor =
        extent < 0
            ? b.CreateBinaryIntrinsic(llvm::Intrinsic::smax,
                                      numbers[static_cast<size_t>(-1 - extent)],
                                      b.getInt64(1))
            : b.getInt64(std::max<int64_t>(extent, 1));
    llvm::Value *product = b.CreateBinaryIntrinsic(
        llvm::Intrinsic::smul_with_overflow, size, factor);
    size = b.CreateExtractValue(product, 0);
    llvm::Value *overflows = b.CreateExtractValue(product, 1);
    wrong = wrong ? b.CreateOr(wrong, overflows) : overflows;
  }
  if (wrong)
    giveUpIf(wrong, EINC_RESULT_LIMIT);
}

void EntryEmitter::checkArguments() {
  for (llvm::Value *extent : numbers)
    giveUpIf(b.CreateICmpSLT(extent, b.getInt64(0)),
             EINC_RESULT_INVALID_ARGUMENT);
  // Of fixed extents that was checked when they were planned for.
  if (numExtents() > 0 && !hasOpenStrides())
    for (uint32_t i = 0; i < first.numArguments; ++i)
      checkSize(first.arguments[i]);
  for (uint32_t i = 0; i < tensors.size(); ++i)
    checkPointer(i);
  for (uint32_t i = 0; i < strides.size(); ++i) {
    const uint32_t rank = first.arguments[i].rank;
    if (rank > 0)
      giveUpIf(isNull(strides[i]), EINC_RESULT_INVALID_ARGUMENT);
    for (uint32_t axis = 0; axis < rank; ++axis)
      numbers.push_back(b.CreateAlignedLoad(
          b.getInt64Ty(),
          b.CreateConstGEP1_64(b.getInt64Ty(), strides[i], axis),
          llvm::Align(8)));
  }
}

/// `f_workspace_bytes` of the runtime says what its own steps need.
void EntryEmitter::emitRuntimeCall() {
  auto store = [&](llvm::ArrayRef<llvm::Value *> values, llvm::Type *type) {
    if (values.empty())
      return static_cast<llvm::Value *>(
          llvm::ConstantPointerNull::get(b.getPtrTy()));
    llvm::AllocaInst *list =
        b.CreateAlloca(llvm::ArrayType::get(type, values.size()));
    for (size_t i = 0; i < values.size(); ++i)
      b.CreateStore(values[i], b.CreateConstGEP1_64(type, list, i));
    return static_cast<llvm::Value *>(list);
  };
  llvm::Value *given = store(numbers, b.getInt64Ty());
  llvm::Value *bytes = b.getInt64(0);
  if (entry == Entry::Bytes || workspace)
    bytes =
        b.CreateCall(data.declare("eincProgramWorkspaceBytes", b.getInt64Ty(),
                                  {b.getPtrTy(), b.getPtrTy()}),
                     {programData, given});
  if (entry == Entry::Bytes) {
    b.CreateRet(bytes);
    return;
  }
  llvm::Value *none = llvm::ConstantPointerNull::get(b.getPtrTy());
  llvm::FunctionCallee run = data.declare(
      "eincRunProgram", b.getInt32Ty(),
      {b.getPtrTy(), b.getPtrTy(), b.getPtrTy(), b.getPtrTy(), b.getInt64Ty()});
  b.CreateRet(b.CreateCall(run, {programData, store(tensors, b.getPtrTy()),
                                 given, workspace ? workspace : none, bytes}));
}

/// Whether the processor and the guard of a variant allow it; null: always.
Result<llvm::Value *> EntryEmitter::emitGuard(uint32_t index,
                                              LinkExpressions &expressions) {
  const EincVariant &variant = program.variants[index];
  llvm::Value *fits = nullptr;
  if (variant.guard.count > 0) {
    Result<Number> guard = expressions.emit(variant.guard);
    if (!guard)
      return std::move(guard).error();
    fits = b.CreateICmpNE(expressions.valueOf(*guard), b.getInt64(0));
    if (llvm::Value *problem = expressions.takeProblem())
      fits = b.CreateAnd(fits, b.CreateNot(problem));
  }
  if (variant.cpu != 0) {
    llvm::Value *has =
        b.CreateICmpEQ(b.CreateAnd(bits, variant.cpu), b.getInt32(variant.cpu));
    fits = fits ? b.CreateAnd(fits, has) : has;
  }
  return fits;
}

llvm::Value *EntryEmitter::emitAllocation(llvm::Value *bytes) {
  llvm::FunctionCallee allocate = data.declare(
      "aligned_alloc", b.getPtrTy(), {b.getInt64Ty(), b.getInt64Ty()});
  llvm::Value *memory =
      b.CreateCall(allocate, {b.getInt64(WorkspaceAlignment), bytes});
  giveUpIf(isNull(memory), EINC_RESULT_OUT_OF_MEMORY);
  return memory;
}

/// The call of a variant and the function's end.
void EntryEmitter::emitRun(uint32_t index, const Number &bytes) {
  llvm::Value *none = llvm::ConstantPointerNull::get(b.getPtrTy());
  auto call = [&](llvm::Value *memory) {
    llvm::SmallVector<llvm::Value *, 8> arguments(tensors);
    arguments.append(numbers);
    arguments.push_back(memory);
    return b.CreateCall(runs[index], arguments);
  };
  llvm::Value *size = bytes.value ? bytes.value : b.getInt64(bytes.known);
  if (workspace) {
    llvm::Value *address = b.CreatePtrToInt(workspace, b.getInt64Ty());
    llvm::Value *wrong =
        b.CreateOr(isNull(workspace),
                   b.CreateICmpNE(b.CreateAnd(address, WorkspaceAlignment - 1),
                                  b.getInt64(0)));
    giveUpIf(b.CreateAnd(wrong, b.CreateICmpNE(size, b.getInt64(0))),
             EINC_RESULT_INVALID_ARGUMENT);
    b.CreateRet(call(workspace));
    return;
  }
  if (bytes.isKnown(0)) {
    b.CreateRet(call(none));
    return;
  }
  if (!bytes.value && bytes.known <= StackBytes) {
    b.CreateRet(call(stack));
    return;
  }
  if (bytes.value) {
    llvm::BasicBlock *small = newBlock(), *large = newBlock();
    b.CreateCondBr(b.CreateICmpULE(size, b.getInt64(StackBytes)), small, large);
    b.SetInsertPoint(small);
    b.CreateRet(call(stack));
    b.SetInsertPoint(large);
  }
  llvm::Value *memory = emitAllocation(size);
  llvm::Value *result = call(memory);
  b.CreateCall(data.declare("free", b.getVoidTy(), {b.getPtrTy()}), {memory});
  b.CreateRet(result);
}

EntryEmitter::Step EntryEmitter::emitVariant(uint32_t index) {
  const EincArtifact &artifact = *program.variants[index].artifact;
  LinkExpressions expressions(b, artifact, numbers);
  Result<llvm::Value *> fits = emitGuard(index, expressions);
  if (!fits)
    return std::move(fits).error();
  llvm::BasicBlock *next = newBlock();
  if (*fits) {
    llvm::BasicBlock *taken = newBlock();
    b.CreateCondBr(*fits, taken, next);
    b.SetInsertPoint(taken);
  }
  Result<Number> bytes = emitWorkspaceBytes(expressions, artifact, b);
  if (!bytes)
    return std::move(bytes).error();
  if (llvm::Value *problem = expressions.takeProblem())
    giveUpIf(problem, EINC_RESULT_LIMIT);
  if (entry == Entry::Bytes)
    b.CreateRet(expressions.valueOf(*bytes));
  else
    emitRun(index, *bytes);
  b.SetInsertPoint(next);
  return Success{};
}

EntryEmitter::Step EntryEmitter::emitEntry(Entry kind) {
  begin(kind);
  checkArguments();
  if (byRuntime) {
    emitRuntimeCall();
    return Success{};
  }
  if (entry == Entry::Plain || entry == Entry::Strided) {
    // In the entry block: part of the frame, whatever path is taken.
    llvm::IRBuilder<> start(&function->getEntryBlock(),
                            function->getEntryBlock().begin());
    stack = start.CreateAlloca(llvm::ArrayType::get(b.getInt8Ty(), StackBytes));
    stack->setAlignment(llvm::Align(WorkspaceAlignment));
  }
  if (processor)
    bits = b.CreateCall(processor);
  for (uint32_t i = 0; i < program.numVariants; ++i)
    if (Step variant = emitVariant(i); !variant)
      return variant;
  giveUp(EINC_RESULT_UNSUPPORTED_CPU);
  if (stack && stack->use_empty())
    stack->eraseFromParent();
  return Success{};
}

/// Each artifact's steps, once.
EntryEmitter::Step EntryEmitter::emitVariants() {
  bool asks = false;
  for (uint32_t i = 0; i < program.numVariants; ++i) {
    const EincVariant &variant = program.variants[i];
    asks |= variant.cpu != 0;
    Result<llvm::Function *> run =
        emitSteps(data, *variant.artifact,
                  program.name +
                      (hasOpenStrides() ? std::string(".strided")
                                        : std::string(".variant")) +
                      std::to_string(i));
    if (!run)
      return std::move(run).error();
    runs.push_back(*run);
  }
  if (asks) {
    processor =
        data.getModule().getFunction(std::string(program.name) + ".detect");
    if (!processor)
      processor = addProcessorBits(data, program.name);
  }
  return Success{};
}

Result<Success> EntryEmitter::emit() {
  if (byRuntime)
    programData = data.program(program);
  else if (Step variants = emitVariants(); !variants)
    return variants;
  if (hasOpenStrides())
    return emitEntry(Entry::Strided);
  for (Entry kind : {Entry::Plain, Entry::WithWorkspace, Entry::Bytes})
    if (Step step = emitEntry(kind); !step)
      return step;
  return Success{};
}

} // namespace

Result<Success> addEntries(LinkData &data, const EincProgram &program,
                           bool byRuntime) {
  return EntryEmitter(data, program, byRuntime).emit();
}

} // namespace einc
