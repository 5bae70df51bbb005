// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Postfix expressions of an artifact as LLVM IR, with the runtime's arithmetic
/// (runtime/Expressions.h).

#ifndef EINC_COMPILER_CODEGEN_LINKEXPRESSIONS_H
#define EINC_COMPILER_CODEGEN_LINKEXPRESSIONS_H

#include "compiler/Support/Result.h"
#include "einc-c/Artifact.h"

#include "llvm/IR/IRBuilder.h"

#include <map>

namespace einc {

/// Known here, or computed by the code.
struct Number {
  int64_t known = 0;
  llvm::Value *value = nullptr; ///< null: `known`

  bool isKnown(int64_t number) const { return !value && known == number; }
};

class LinkExpressions {
public:
  /// `numbers`: the open numbers, values of the function at hand.
  LinkExpressions(llvm::IRBuilder<> &b, const EincArtifact &artifact,
                  llvm::ArrayRef<llvm::Value *> numbers)
      : b(b), artifact(artifact), numbers(numbers) {}

  /// Code for a checked expression, at the builder's place; one without
  /// counters is computed once and must come first where it dominates its later
  /// uses. Errors: Limit if a number that is known here overflows.
  Result<Number> emit(EincExpression expression);
  bool hasCounters(EincExpression expression) const;
  llvm::Value *valueOf(const Number &number) const {
    return number.value ? number.value : b.getInt64(number.known);
  }

  /// What is true (i1) if something computed since the last call overflowed or
  /// was divided by less than 1; null if nothing can.
  llvm::Value *takeProblem() { return std::exchange(problem, nullptr); }
  void addProblem(llvm::Value *condition) {
    problem = problem ? b.CreateOr(problem, condition) : condition;
  }

  llvm::Value *counters[16] = {};

private:
  Result<Number> apply(uint32_t opcode, llvm::ArrayRef<Number> operands);
  llvm::Value *emitOperation(uint32_t opcode,
                             llvm::ArrayRef<llvm::Value *> operands);
  llvm::Value *emitChecked(llvm::Intrinsic::ID intrinsic, llvm::Value *left,
                           llvm::Value *right);
  llvm::Value *emitDivision(bool up, llvm::Value *left, llvm::Value *right);

  llvm::IRBuilder<> &b;
  const EincArtifact &artifact;
  llvm::ArrayRef<llvm::Value *> numbers;
  std::map<std::pair<uint32_t, uint32_t>, Number> computed;
  llvm::Value *problem = nullptr;
};

} // namespace einc

#endif // EINC_COMPILER_CODEGEN_LINKEXPRESSIONS_H
