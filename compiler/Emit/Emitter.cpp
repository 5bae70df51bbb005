// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The Emitter over the llvm dialect; the only file of the project that
/// includes it for code generation (7 s to compile).

#include "compiler/Emit/Emitter.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Matchers.h"

namespace einc {

using namespace mlir;

struct Emitter::Impl {
  explicit Impl(MLIRContext &context)
      : builder(&context), loc(UnknownLoc::get(&context)),
        module(ModuleOp::create(builder, loc)) {}

  template <typename Op, typename... Args> Value create(Args &&...args) {
    return Op::create(builder, loc, std::forward<Args>(args)...);
  }
  Block *newBlock(TypeRange types = {}) {
    Region &body = function.getBody();
    OpBuilder::InsertionGuard guard(builder);
    return builder.createBlock(&body, body.end(), types,
                               SmallVector<Location>(types.size(), loc));
  }
  void branch(Block *to, ValueRange values = {}) {
    LLVM::BrOp::create(builder, loc, values, to);
  }
  void branchIf(Value condition, Block *then, ValueRange thenValues,
                Block *otherwise, ValueRange otherwiseValues) {
    LLVM::CondBrOp::create(builder, loc, condition, then, thenValues, otherwise,
                           otherwiseValues);
  }
  Value compare(LLVM::ICmpPredicate predicate, Value a, Value b) {
    return create<LLVM::ICmpOp>(predicate, a, b);
  }

  OpBuilder builder;
  Location loc;
  OwningOpRef<ModuleOp> module;
  LLVM::LLVMFuncOp function;
};

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
  return type == ElementType::F32 ? Type(impl->builder.getF32Type())
                                  : Type(impl->builder.getF64Type());
}
Type Emitter::vector(Type element, unsigned lanes) const {
  return VectorType::get({lanes}, element);
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

//===-- Integers --------------------------------------------------------===//

/// The value of a scalar integer constant, else nothing.
static std::optional<int64_t> constantOf(Value value) {
  APInt number;
  if (value.getType().isInteger(64) &&
      matchPattern(value, m_ConstantInt(&number)))
    return number.getSExtValue();
  return std::nullopt;
}

Value Emitter::constant(int64_t value) {
  return impl->create<LLVM::ConstantOp>(i64(),
                                        impl->builder.getI64IntegerAttr(value));
}

Value Emitter::add(Value a, Value b) {
  auto x = constantOf(a), y = constantOf(b);
  if (x && y)
    return constant(*x + *y);
  if (x && *x == 0)
    return b;
  if (y && *y == 0)
    return a;
  return impl->create<LLVM::AddOp>(a, b);
}

Value Emitter::sub(Value a, Value b) {
  if (auto y = constantOf(b); y && *y == 0)
    return a;
  return impl->create<LLVM::SubOp>(a, b);
}

Value Emitter::mul(Value a, Value b) {
  auto x = constantOf(a), y = constantOf(b);
  if (x && y)
    return constant(*x * *y);
  if (x && *x == 1)
    return b;
  if (y && *y == 1)
    return a;
  return impl->create<LLVM::MulOp>(a, b);
}

Value Emitter::div(Value a, Value b) {
  if (auto y = constantOf(b); y && *y == 1)
    return a;
  return impl->create<LLVM::UDivOp>(a, b);
}
Value Emitter::rem(Value a, Value b) {
  return impl->create<LLVM::URemOp>(a, b);
}
Value Emitter::min(Value a, Value b) {
  return impl->create<LLVM::SMinOp>(a, b);
}
Value Emitter::max(Value a, Value b) {
  return impl->create<LLVM::SMaxOp>(a, b);
}
Value Emitter::less(Value a, Value b) {
  return impl->compare(LLVM::ICmpPredicate::slt, a, b);
}
Value Emitter::equal(Value a, Value b) {
  return impl->compare(LLVM::ICmpPredicate::eq, a, b);
}
Value Emitter::notEqual(Value a, Value b) {
  return impl->compare(LLVM::ICmpPredicate::ne, a, b);
}
Value Emitter::both(Value a, Value b) {
  return impl->create<LLVM::AndOp>(a, b);
}
Value Emitter::either(Value a, Value b) {
  return impl->create<LLVM::OrOp>(a, b);
}
Value Emitter::select(Value condition, Value a, Value b) {
  return impl->create<LLVM::SelectOp>(condition, a, b);
}

//===-- Floating point --------------------------------------------------===//

Value Emitter::zero(Type type) { return impl->create<LLVM::ZeroOp>(type); }
Value Emitter::one(Type type) {
  return impl->create<LLVM::ConstantOp>(type,
                                        impl->builder.getFloatAttr(type, 1.0));
}
Value Emitter::fadd(Value a, Value b) {
  return impl->create<LLVM::FAddOp>(a, b);
}
Value Emitter::fmul(Value a, Value b) {
  return impl->create<LLVM::FMulOp>(a, b);
}
Value Emitter::fma(Value a, Value b, Value c) {
  // Without the instruction the intrinsic would become a call of fmaf.
  if (!isa.hasFMA())
    return fadd(fmul(a, b), c);
  return impl->create<LLVM::FMAOp>(a.getType(), ValueRange{a, b, c});
}
Value Emitter::isZero(Value a) {
  return impl->create<LLVM::FCmpOp>(LLVM::FCmpPredicate::oeq, a,
                                    zero(a.getType()));
}

//===-- Vectors ---------------------------------------------------------===//

Value Emitter::splat(Value scalar, unsigned lanes) {
  if (lanes == 1)
    return scalar;
  Value poison = impl->create<LLVM::PoisonOp>(vector(scalar.getType(), lanes));
  Value first = impl->create<LLVM::ConstantOp>(
      impl->builder.getI32Type(), impl->builder.getI32IntegerAttr(0));
  Value inserted = impl->create<LLVM::InsertElementOp>(poison, scalar, first);
  return shuffle(inserted, poison, SmallVector<int32_t>(lanes, 0));
}
Value Emitter::shuffle(Value a, Value b, ArrayRef<int32_t> mask) {
  return impl->create<LLVM::ShuffleVectorOp>(a, b, mask);
}
Value Emitter::extract(Value vector, unsigned lane) {
  Value number = impl->create<LLVM::ConstantOp>(
      impl->builder.getI32Type(), impl->builder.getI32IntegerAttr(lane));
  return impl->create<LLVM::ExtractElementOp>(vector, number);
}
Value Emitter::iota(unsigned lanes, Value scale) {
  SmallVector<int64_t> numbers;
  for (unsigned i = 0; i < lanes; ++i)
    numbers.push_back(i);
  Value steps = impl->create<LLVM::ConstantOp>(
      vector(i64(), lanes), impl->builder.getI64VectorAttr(numbers));
  return impl->create<LLVM::MulOp>(steps, splat(scale, lanes));
}
Value Emitter::sum(Value value) {
  unsigned lanes = cast<VectorType>(value.getType()).getDimSize(0);
  while (lanes > 1) {
    lanes /= 2;
    SmallVector<int32_t> low, high;
    for (unsigned i = 0; i < lanes; ++i) {
      low.push_back(i);
      high.push_back(i + lanes);
    }
    value = fadd(shuffle(value, value, low), shuffle(value, value, high));
  }
  return extract(value, 0);
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
Value Emitter::load(Type type, Value pointer, unsigned align) {
  return impl->create<LLVM::LoadOp>(type, pointer, align);
}
void Emitter::store(Value value, Value pointer, unsigned align) {
  LLVM::StoreOp::create(impl->builder, impl->loc, value, pointer, align);
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
