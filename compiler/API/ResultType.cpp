// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/API/ResultType.h"

using namespace einc;

static Diagnostic unsupported(std::string message) {
  return {.kind = ErrorKind::UnsupportedType,
          .message = std::move(message),
          .notes = {"sums can be accumulated in i32 or i64, for operands of "
                    "integer types and bool that are no wider"}};
}

Result<ElementType> einc::resultType(std::span<const ElementType> operands,
                                     std::optional<ElementType> accumulate) {
  if (!accumulate)
    return promoteAll(operands);
  if (*accumulate != ElementType::I32 && *accumulate != ElementType::I64)
    return unsupported(
        size_t(*accumulate) < NumElementTypes
            ? std::string("sums cannot be accumulated in ") +
                  elementName(*accumulate)
            : "sums cannot be accumulated in a type that does not exist");
  for (size_t i = 0; i < operands.size(); ++i)
    if (isFloating(operands[i]) ||
        elementBytes(operands[i]) > elementBytes(*accumulate))
      return unsupported("operand " + std::to_string(i) +
                         " has elements of type " + elementName(operands[i]) +
                         ", which are not accumulated in " +
                         elementName(*accumulate));
  return *accumulate;
}
