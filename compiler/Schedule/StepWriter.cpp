// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Kernel calls as KernelLayout.h lays them out.

#include "compiler/Schedule/StepWriter.h"
#include "compiler/Schedule/KernelLayout.h"

#include <algorithm>
#include <array>
#include <cmath>

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

uint32_t StepWriter::addArgument(uint32_t argument, int64_t bytes) {
  list.buffers.push_back(
      {EINC_BUFFER_ARGUMENT, argument, {0, 0}, literal(bytes), nullptr});
  return uint32_t(list.buffers.size() - 1);
}

uint32_t StepWriter::addScalars(ElementType element) {
  list.buffers.push_back({EINC_BUFFER_SCALARS,
                          0,
                          {0, 0},
                          literal(2 * int64_t(elementBytes(element))),
                          nullptr});
  return uint32_t(list.buffers.size() - 1);
}

uint32_t StepWriter::addConstantScalars(ElementType element) {
  std::shared_ptr<const void> data;
  if (element == ElementType::F32)
    data = std::make_shared<std::array<float, 2>>(std::array{1.0f, 0.0f});
  else
    data = std::make_shared<std::array<double, 2>>(std::array{1.0, 0.0});
  list.constants.push_back(data);
  list.buffers.push_back({EINC_BUFFER_CONSTANT,
                          0,
                          {0, 0},
                          literal(2 * int64_t(elementBytes(element))),
                          data.get()});
  return uint32_t(list.buffers.size() - 1);
}

uint32_t StepWriter::addWorkspace(uint64_t offset, int64_t bytes) {
  list.buffers.push_back({EINC_BUFFER_WORKSPACE, 0, literal(int64_t(offset)),
                          literal(bytes), nullptr});
  return uint32_t(list.buffers.size() - 1);
}

static void addRecords(std::vector<int64_t> &params, const Loops &loops) {
  for (const Loop &loop : loops)
    params.insert(params.end(), {loop.extent, loop.strides[RoleC],
                                 loop.strides[RoleA], loop.strides[RoleB]});
}

static int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }

void StepWriter::addGemm(const GemmChoice &choice, const StepTarget &target,
                         uint32_t a, uint32_t b,
                         std::span<const std::string> names) {
  const LabelGroups &groups = choice.groups;
  const GemmSchedule &gemm = choice.schedule.gemm;
  int64_t m = loopProduct(groups.m), k = loopProduct(groups.k);
  int64_t run = groups.n[0].extent;
  int64_t n = loopProduct(groups.n) / run *
              (ceilDiv(run, gemm.runMultiple) * gemm.runMultiple);
  std::vector<int64_t> params(GemmHead);
  params[GemmAccumulate] = target.accumulate;
  params[GemmM] = m;
  params[GemmN] = n;
  params[GemmK] = k;
  params[GemmMBlocks] = ceilDiv(m, gemm.mc);
  params[GemmNBlocks] = ceilDiv(n, gemm.nc);
  params[GemmNumBatch] = int64_t(groups.batch.size());
  params[GemmNumM] = int64_t(groups.m.size());
  params[GemmNumN] = int64_t(groups.n.size());
  params[GemmNumK] = int64_t(groups.k.size());
  for (const Loops *loops : {&groups.batch, &groups.m, &groups.n, &groups.k})
    addRecords(params, *loops);
  int64_t grains =
      loopProduct(groups.batch) * params[GemmMBlocks] * params[GemmNBlocks];
  double work =
      double(std::min(m, gemm.mc)) * double(std::min(n, gemm.nc)) * double(k);
  const uint32_t operands[] = {a, b};
  addStep(choice.schedule, target, operands, params, grains, work,
          groupsText(groups, names));
}

void StepWriter::addGeneral(const GeneralChoice &choice,
                            const StepTarget &target,
                            std::span<const uint32_t> operands,
                            std::span<const std::string> names) {
  const Loops &output = choice.loops.output;
  const Loops &reduction = choice.loops.reduction;
  std::vector<int64_t> params(GeneralHead);
  params[GeneralAccumulate] = target.accumulate;
  params[GeneralNumOutput] = int64_t(output.size());
  params[GeneralNumReduction] = int64_t(reduction.size());
  params[GeneralReductionOuter] = 1;
  int64_t grains = 1;
  for (size_t i = 1; i < output.size(); ++i)
    grains *= output[i].extent;
  for (size_t i = 1; i < reduction.size(); ++i)
    params[GeneralReductionOuter] *= reduction[i].extent;
  addRecords(params, output);
  addRecords(params, reduction);
  // A line of no elements is nothing to do.
  if (output[0].extent == 0)
    grains = 0;
  double work = double(output[0].extent) * double(loopProduct(reduction));
  addStep(choice.schedule, target, operands, params, grains, work,
          groupsText(choice.loops, names));
}

void StepWriter::addStep(const Schedule &schedule, const StepTarget &target,
                         std::span<const uint32_t> operands,
                         std::span<const int64_t> params, int64_t grains,
                         double grainWork, std::string groups) {
  auto [entry, isNew] =
      schedules.try_emplace(schedule.text(), uint32_t(list.schedules.size()));
  if (isNew)
    list.schedules.push_back(schedule);

  EincStep step = {};
  step.kind = EINC_STEP_KERNEL;
  step.kernel = entry->second;
  step.firstPointer = uint32_t(list.pointers.size());
  step.firstParam = uint32_t(list.params.size());
  step.numParams = uint32_t(params.size());
  step.plan = target.plan;
  step.extent = literal(grains);
  double least = std::ceil(double(ThreadWork) / std::max(grainWork, 1.0));
  step.minGrains = literal(std::max(int64_t(1), int64_t(least)));

  list.pointers.push_back({target.output, 0, {0, 0}});
  for (uint32_t operand : operands)
    list.pointers.push_back({operand, 0, {0, 0}});
  list.pointers.push_back({target.scalars, 0, {0, 0}});
  for (int64_t param : params)
    list.params.push_back(literal(param));
  list.steps.push_back(step);
  list.groups.push_back(std::move(groups));
}

} // namespace einc
