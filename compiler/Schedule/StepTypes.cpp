// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The types of a step as text.

#include "compiler/Schedule/StepTypes.h"
#include "compiler/Schedule/ScheduleReader.h"

#include <utility>

namespace einc {

bool StepTypes::areSound() const {
  for (unsigned i = 0; i < 2; ++i)
    if (promote(operands[i], output) != output && operands[i] != compute())
      return false;
  return true;
}

StepTypes StepTypes::swapped() const {
  StepTypes result = *this;
  std::swap(result.operands[0], result.operands[1]);
  std::swap(result.conjugate[0], result.conjugate[1]);
  return result;
}

std::string StepTypes::text() const {
  std::string out = elementName(output);
  if (isUniform())
    return out;
  for (unsigned i = 0; i < 2; ++i)
    out.append(i == 0 ? "(" : ",")
        .append(elementName(operands[i]))
        .append(conjugate[i] ? "*" : "");
  return out + ")";
}

/// One type off the front of `rest`; false if there is none.
static bool readType(std::string_view &rest, ElementType &type) {
  size_t length = rest.find_first_of("(,*)");
  auto known = elementTypeNamed(rest.substr(0, length));
  if (!known)
    return false;
  type = *known;
  rest.remove_prefix(std::min(length, rest.size()));
  return true;
}

static bool readMark(std::string_view &rest, char mark) {
  if (rest.empty() || rest.front() != mark)
    return false;
  rest.remove_prefix(1);
  return true;
}

StepTypes StepTypes::read(ScheduleReader &reader) {
  std::string_view word = reader.word("");
  std::string_view rest = word;
  StepTypes types;
  bool good = readType(rest, types.output);
  types.operands[0] = types.operands[1] = types.output;
  if (good && !rest.empty()) {
    for (unsigned i = 0; i < 2; ++i) {
      good = good && readMark(rest, i == 0 ? '(' : ',') &&
             readType(rest, types.operands[i]);
      types.conjugate[i] = good && readMark(rest, '*');
      good = good && (!types.conjugate[i] || isComplex(types.operands[i]));
    }
    good = good && readMark(rest, ')') && rest.empty() && !types.isUniform();
  }
  reader.require(good, "expected element types, as 'f32' or 'c64(c64*,f32)'");
  if (good)
    reader.require(types.areSound(),
                   "an operand's type does not convert to the result's");
  return types;
}

} // namespace einc
