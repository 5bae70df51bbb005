// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Kernel calls as KernelLayout.h lays them out.

#include "compiler/Schedule/StepWriter.h"
#include "compiler/Schedule/KernelLayout.h"
#include "runtime/Expressions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace einc {

EincExpression StepWriter::literal(int64_t value) {
  if (value == 0)
    return {0, 0};
  auto [entry, isNew] =
      literals.try_emplace(value, uint32_t(list.tokens.size()));
  if (isNew)
    list.tokens.push_back({value, EINC_OP_LITERAL, 0});
  return {entry->second, 1};
}

EincExpression StepWriter::expression(const Formula &formula) {
  if (formula.size() == 1 && formula[0].opcode == EINC_OP_LITERAL)
    return literal(formula[0].value);
  if (formula.size() > runtime::MaxExpressionTokens) {
    isTooLong = true;
    return {0, 0};
  }
  std::vector<int64_t> key;
  for (const EincToken &token : formula)
    key.insert(key.end(), {token.value, int64_t(token.opcode)});
  auto [entry, isNew] = expressions.try_emplace(
      std::move(key),
      EincExpression{uint32_t(list.tokens.size()), uint32_t(formula.size())});
  if (isNew)
    list.tokens.insert(list.tokens.end(), formula.begin(), formula.end());
  return entry->second;
}

uint32_t StepWriter::addArgument(uint32_t argument, EincExpression bytes) {
  list.buffers.push_back(
      {EINC_BUFFER_ARGUMENT, argument, {0, 0}, bytes, nullptr});
  return uint32_t(list.buffers.size() - 1);
}

uint32_t StepWriter::addScalars(ElementType compute) {
  list.buffers.push_back({EINC_BUFFER_SCALARS,
                          0,
                          {0, 0},
                          literal(2 * int64_t(elementBytes(compute))),
                          nullptr});
  return uint32_t(list.buffers.size() - 1);
}

/// {1, 0}: all compute types have a real part of one of these, zeros behind it.
static std::array<unsigned char, 32> oneAndZero(ElementType compute) {
  std::array<unsigned char, 32> bytes = {};
  auto put = [&](auto one) { std::memcpy(bytes.data(), &one, sizeof(one)); };
  switch (realType(compute)) {
  case ElementType::F32:
    put(1.0f);
    break;
  case ElementType::F64:
    put(1.0);
    break;
  default:
    bytes[0] = 1; // integers, little-endian, and bool
  }
  return bytes;
}

uint32_t StepWriter::addConstantScalars(ElementType compute) {
  auto data =
      std::make_shared<std::array<unsigned char, 32>>(oneAndZero(compute));
  list.constants.push_back(data);
  list.buffers.push_back({EINC_BUFFER_CONSTANT,
                          0,
                          {0, 0},
                          literal(2 * int64_t(elementBytes(compute))),
                          data->data()});
  return uint32_t(list.buffers.size() - 1);
}

uint32_t StepWriter::addWorkspace(EincExpression offset, EincExpression bytes) {
  list.buffers.push_back({EINC_BUFFER_WORKSPACE, 0, offset, bytes, nullptr});
  return uint32_t(list.buffers.size() - 1);
}

void StepWriter::addKernel(const KernelChoice &choice, const StepTarget &target,
                           std::span<const EincPointer> operands) {
  auto [entry, isNew] = schedules.try_emplace(choice.schedule.text(),
                                              uint32_t(list.schedules.size()));
  if (isNew)
    list.schedules.push_back(choice.schedule);

  EincStep step = {};
  step.kind = EINC_STEP_KERNEL;
  step.kernel = entry->second;
  step.firstPointer = uint32_t(list.pointers.size());
  step.firstParam = uint32_t(list.params.size());
  step.numParams = uint32_t(choice.params.size());
  step.plan = target.plan;
  const OpenCall *call = choice.call.get();
  double least =
      std::ceil(double(ThreadWork) / std::max(choice.grainWork, 1.0));
  if (call || target.condition) {
    Formula grains = call ? call->grains : formula(choice.grains);
    if (target.condition)
      grains = std::move(grains) * *target.condition;
    step.extent = expression(grains);
  } else {
    step.extent = literal(choice.grains);
  }
  step.minGrains = call ? expression(call->minGrains)
                        : literal(std::max(int64_t(1), int64_t(least)));

  list.pointers.push_back(pointer(target.output, target.offset));
  list.pointers.insert(list.pointers.end(), operands.begin(), operands.end());
  list.pointers.push_back(pointer(target.scalars));
  for (size_t i = 0; i < choice.params.size(); ++i)
    list.params.push_back(i == AccumulateParam ? literal(target.accumulate)
                          : call               ? expression(call->params[i])
                                               : literal(choice.params[i]));
  list.steps.push_back(step);
  list.groups.push_back(choice.groups);
  if (call && call->otherwise)
    addKernel(*call->otherwise, target, operands);
}

} // namespace einc
