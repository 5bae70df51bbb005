// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/Codegen/LinkExpressions.h"

#include "runtime/Expressions.h"

#include "llvm/ADT/SmallVector.h"

namespace einc {

bool LinkExpressions::hasCounters(EincExpression expression) const {
  const EincToken *first = artifact.tokens + expression.first;
  return std::any_of(
      first, first + expression.count,
      [](const EincToken &token) { return token.opcode == EINC_OP_COUNTER; });
}

llvm::Value *LinkExpressions::emitChecked(llvm::Intrinsic::ID intrinsic,
                                          llvm::Value *left,
                                          llvm::Value *right) {
  llvm::Value *pair = b.CreateBinaryIntrinsic(intrinsic, left, right);
  addProblem(b.CreateExtractValue(pair, 1));
  return b.CreateExtractValue(pair, 0);
}

/// Rounds down or up; a divisor below 1 is a problem, and replaced, since the
/// division would trap.
llvm::Value *LinkExpressions::emitDivision(bool up, llvm::Value *left,
                                           llvm::Value *right) {
  llvm::Value *one = b.getInt64(1), *zero = b.getInt64(0);
  llvm::Value *isBad = b.CreateICmpSLT(right, one);
  addProblem(isBad);
  llvm::Value *divisor = b.CreateSelect(isBad, one, right);
  llvm::Value *quotient = b.CreateSDiv(left, divisor);
  llvm::Value *rest = b.CreateSRem(left, divisor);
  llvm::Value *away =
      up ? b.CreateICmpSGT(rest, zero) : b.CreateICmpSLT(rest, zero);
  llvm::Value *correction = b.CreateZExt(away, b.getInt64Ty());
  return up ? b.CreateAdd(quotient, correction)
            : b.CreateSub(quotient, correction);
}

llvm::Value *
LinkExpressions::emitOperation(uint32_t opcode,
                               llvm::ArrayRef<llvm::Value *> operands) {
  llvm::Value *left = operands[0], *right = operands[1];
  switch (opcode) {
  case EINC_OP_ADD:
    return emitChecked(llvm::Intrinsic::sadd_with_overflow, left, right);
  case EINC_OP_SUB:
    return emitChecked(llvm::Intrinsic::ssub_with_overflow, left, right);
  case EINC_OP_MUL:
    return emitChecked(llvm::Intrinsic::smul_with_overflow, left, right);
  case EINC_OP_FLOORDIV:
    return emitDivision(/*up=*/false, left, right);
  case EINC_OP_CEILDIV:
    return emitDivision(/*up=*/true, left, right);
  case EINC_OP_MIN:
    return b.CreateBinaryIntrinsic(llvm::Intrinsic::smin, left, right);
  case EINC_OP_MAX:
    return b.CreateBinaryIntrinsic(llvm::Intrinsic::smax, left, right);
  case EINC_OP_EQUAL:
    return b.CreateZExt(b.CreateICmpEQ(left, right), b.getInt64Ty());
  default: // EINC_OP_SELECT
    return b.CreateSelect(b.CreateICmpNE(left, b.getInt64(0)), right,
                          operands[2]);
  }
}

Result<Number> LinkExpressions::apply(uint32_t opcode,
                                      llvm::ArrayRef<Number> operands) {
  if (llvm::all_of(operands,
                   [](const Number &operand) { return !operand.value; })) {
    llvm::SmallVector<EincToken, 4> tokens;
    for (const Number &operand : operands)
      tokens.push_back({operand.known, EINC_OP_LITERAL, 0});
    tokens.push_back({0, opcode, 0});
    Number result;
    if (runtime::Problem problem = runtime::evaluate(
            {tokens.data(), tokens.size()}, {}, nullptr, result.known))
      return Diagnostic{.kind = ErrorKind::Limit,
                        .message =
                            std::string("a number of the program ") + problem};
    return result;
  }
  llvm::SmallVector<llvm::Value *, 3> values;
  for (const Number &operand : operands)
    values.push_back(valueOf(operand));
  return Number{0, emitOperation(opcode, values)};
}

Result<Number> LinkExpressions::emit(EincExpression expression) {
  const std::pair key(expression.first, expression.count);
  const bool keep = !hasCounters(expression);
  if (auto found = computed.find(key); keep && found != computed.end())
    return found->second;
  llvm::SmallVector<Number, 32> stack = {};
  for (uint32_t i = 0; i < expression.count; ++i) {
    const EincToken &token = artifact.tokens[expression.first + i];
    if (token.opcode == EINC_OP_LITERAL) {
      stack.push_back({token.value, nullptr});
    } else if (token.opcode == EINC_OP_EXTENT) {
      stack.push_back({0, numbers[static_cast<size_t>(token.value)]});
    } else if (token.opcode == EINC_OP_COUNTER) {
      stack.push_back({0, counters[token.value]});
    } else {
      size_t count = token.opcode == EINC_OP_SELECT ? 3 : 2;
      Result<Number> result =
          apply(token.opcode, llvm::ArrayRef<Number>(stack).take_back(count));
      if (!result)
        return result;
      stack.pop_back_n(count);
      stack.push_back(*result);
    }
  }
  Number result = stack.empty() ? Number() : stack.back();
  if (keep)
    computed[key] = result;
  return result;
}

} // namespace einc
