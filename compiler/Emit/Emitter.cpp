// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The Emitter over the llvm dialect: module, types, memory and control.

#include "compiler/Emit/EmitterImpl.h"

#include "mlir/IR/TypeUtilities.h"

namespace einc {

using namespace mlir;

Emitter::Emitter(MLIRContext &context, const Target &target) : isa(target) {
  context.loadDialect<LLVM::LLVMDialect>();
  impl = std::make_unique<Impl>(context);
}
Emitter::~Emitter() = default;

Operation *Emitter::module() const { return *impl->module; }

//===-- Types -----------------------------------------------------------===//

Type Emitter::i64() const { return impl->builder.getI64Type(); }
Type Emitter::pointer() const {
  return LLVM::LLVMPointerType::get(impl->builder.getContext());
}
Type Emitter::element(ElementType type) const {
  ElementType real = realType(type);
  if (real == ElementType::F32)
    return impl->builder.getF32Type();
  if (real == ElementType::F64)
    return impl->builder.getF64Type();
  return integer(8 * elementBytes(real));
}
Type Emitter::integer(unsigned bits) const {
  return impl->builder.getIntegerType(bits);
}
Type Emitter::half() const { return impl->builder.getF16Type(); }
Type Emitter::vector(Type element, unsigned lanes) const {
  return lanes == 1 ? element : Type(VectorType::get({lanes}, element));
}
unsigned Emitter::width(Value value) const {
  auto vector = dyn_cast<VectorType>(value.getType());
  return vector ? unsigned(vector.getDimSize(0)) : 1;
}

//===-- Functions -------------------------------------------------------===//

Emitter::Values Emitter::beginFunction(StringRef name, ArrayRef<Type> arguments,
                                       FunctionOptions options) {
  OpBuilder &b = impl->builder;
  b.setInsertionPointToEnd(impl->module->getBody());
  auto type = LLVM::LLVMFunctionType::get(
      LLVM::LLVMVoidType::get(b.getContext()), arguments);
  auto function = LLVM::LLVMFuncOp::create(
      b, impl->loc, name, type,
      options.exported ? LLVM::Linkage::External : LLVM::Linkage::Internal);
  function.setNoUnwind(true);
  // Inlining is what no pipeline would do anyway; the cold ones need the
  // attribute, since optimize_none without it is invalid.
  if (options.cold) {
    function.setOptimizeNone(true);
    function.setNoInline(true);
  }
  impl->function = function;
  Block *entry = function.addEntryBlock(b);
  b.setInsertionPointToStart(entry);
  return Values(entry->args_begin(), entry->args_end());
}

void Emitter::endFunction() {
  LLVM::ReturnOp::create(impl->builder, impl->loc, ValueRange{});
}

void Emitter::call(StringRef name, ValuesRef arguments) {
  LLVM::CallOp::create(impl->builder, impl->loc, TypeRange{}, name,
                       ValueRange(arguments));
}

//===-- Memory ----------------------------------------------------------===//

Value Emitter::offset(Value base, Value bytes) {
  if (auto number = constantOf(bytes); number && *number == 0)
    return base;
  return impl->create<LLVM::GEPOp>(pointer(), impl->builder.getI8Type(), base,
                                   ArrayRef<LLVM::GEPArg>{bytes});
}
Value Emitter::offset(Value base, int64_t bytes) {
  if (bytes == 0)
    return base;
  if (bytes != static_cast<int32_t>(bytes))
    return offset(base, constant(bytes));
  return impl->create<LLVM::GEPOp>(
      pointer(), impl->builder.getI8Type(), base,
      ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(bytes)});
}
Value Emitter::address(Value pointer) {
  return impl->create<LLVM::PtrToIntOp>(i64(), pointer);
}
Value Emitter::opaque(Value pointer) {
  return impl->create<LLVM::FreezeOp>(pointer);
}
Value Emitter::load(Type type, Value pointer, unsigned align) {
  return impl->create<LLVM::LoadOp>(type, pointer, align);
}
void Emitter::store(Value value, Value pointer, unsigned align) {
  LLVM::StoreOp::create(impl->builder, impl->loc, value, pointer, align);
}
void Emitter::stream(Value value, Value pointer) {
  Type element = getElementTypeOrSelf(value.getType());
  unsigned bytes = width(value) * element.getIntOrFloatBitWidth() / 8;
  LLVM::StoreOp::create(impl->builder, impl->loc, value, pointer, bytes,
                        /*isVolatile=*/false, /*isNonTemporal=*/true);
}
void Emitter::fenceStreams() {
  // Elsewhere what hands the result to other threads orders all stores.
  if (isa.architecture() != EINC_ARCHITECTURE_X86_64)
    return;
  LLVM::CallIntrinsicOp::create(
      impl->builder, impl->loc,
      impl->builder.getStringAttr("llvm.x86.sse.sfence"), ValueRange{});
}
void Emitter::prefetch(Value pointer) {
  LLVM::Prefetch::create(impl->builder, impl->loc, pointer, /*rw=*/0,
                         /*hint=*/3, /*cache=*/1);
}
Value Emitter::loadIndex(Value pointer, int64_t byte) {
  return load(i64(), offset(pointer, byte), 8);
}
Value Emitter::loadPointer(Value pointer, int64_t byte) {
  return load(this->pointer(), offset(pointer, byte), 8);
}

//===-- Control ---------------------------------------------------------===//

// Loops are emitted rotated: one test before the first iteration and one at the
// end of each, since nothing rotates them later.
Emitter::Values Emitter::loop(Value lo, Value hi, Value step, ValuesRef init,
                              function_ref<Values(Value, ValuesRef)> body) {
  OpBuilder &b = impl->builder;
  SmallVector<Type> carried = {i64()}, results;
  SmallVector<Value> first = {lo};
  for (Value value : init) {
    carried.push_back(value.getType());
    results.push_back(value.getType());
    first.push_back(value);
  }
  Block *bodyBlock = impl->newBlock(carried);
  Block *exit = impl->newBlock(results);
  impl->branchIf(less(lo, hi), bodyBlock, first, exit, init);

  b.setInsertionPointToStart(bodyBlock);
  Values inside(bodyBlock->args_begin() + 1, bodyBlock->args_end());
  Value i = bodyBlock->getArgument(0);
  Values next = body(i, inside);
  Value after = add(i, step);
  SmallVector<Value> again = {after};
  again.append(next.begin(), next.end());
  impl->branchIf(less(after, hi), bodyBlock, again, exit, next);

  b.setInsertionPointToStart(exit);
  return Values(exit->args_begin(), exit->args_end());
}

void Emitter::loop(Value lo, Value hi, int64_t step,
                   function_ref<void(Value)> body) {
  loop(lo, hi, constant(step), {}, [&](Value i, ValuesRef) {
    body(i);
    return Values{};
  });
}

Emitter::Values
Emitter::loopWhile(Value first, ValuesRef init,
                   function_ref<Values(ValuesRef, Value &)> body) {
  OpBuilder &b = impl->builder;
  Block *bodyBlock = impl->newBlock(ValueRange(init).getTypes());
  Block *exit = impl->newBlock(ValueRange(init).getTypes());
  impl->branchIf(first, bodyBlock, init, exit, init);

  b.setInsertionPointToStart(bodyBlock);
  Value again;
  Values next =
      body(Values(bodyBlock->args_begin(), bodyBlock->args_end()), again);
  impl->branchIf(again, bodyBlock, next, exit, next);

  b.setInsertionPointToStart(exit);
  return Values(exit->args_begin(), exit->args_end());
}

void Emitter::ifThen(Value condition, function_ref<void()> then) {
  Block *thenBlock = impl->newBlock();
  Block *exit = impl->newBlock();
  impl->branchIf(condition, thenBlock, {}, exit, {});
  impl->builder.setInsertionPointToStart(thenBlock);
  then();
  impl->branch(exit);
  impl->builder.setInsertionPointToStart(exit);
}

void Emitter::ifThenElse(Value condition, function_ref<void()> then,
                         function_ref<void()> otherwise) {
  Block *thenBlock = impl->newBlock();
  Block *elseBlock = impl->newBlock();
  Block *exit = impl->newBlock();
  impl->branchIf(condition, thenBlock, {}, elseBlock, {});
  impl->builder.setInsertionPointToStart(thenBlock);
  then();
  impl->branch(exit);
  impl->builder.setInsertionPointToStart(elseBlock);
  otherwise();
  impl->branch(exit);
  impl->builder.setInsertionPointToStart(exit);
}

} // namespace einc
