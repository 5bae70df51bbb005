// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Scalar loops over loop records.

#include "tests/unit/Schedule/Interpreter.h"

#include "compiler/Schedule/KernelLayout.h"

#include <gtest/gtest.h>

#include <limits>

namespace einc::test {

Memory::Memory(const TensorLayout &layout, double fill) {
  int64_t low = 0, high = 0;
  for (size_t i = 0; i < layout.extents.size(); ++i) {
    if (layout.extents[i] == 0)
      return;
    int64_t way = (layout.extents[i] - 1) * layout.strides[i];
    (way < 0 ? low : high) += way;
  }
  elements.assign(size_t(high - low + 1), fill);
  origin = -low;
}

double &Memory::at(const TensorLayout &layout,
                   const std::vector<int64_t> &index) {
  int64_t place = origin;
  for (size_t i = 0; i < index.size(); ++i)
    place += index[i] * layout.strides[i];
  return elements.at(size_t(place));
}

namespace {

/// A tensor of a kernel call: [low, low + size) of some memory may be touched.
struct Tensor {
  double *elements = nullptr;
  int64_t origin = 0;
  int64_t size = 0;
};

struct Record {
  int64_t extent;
  int64_t strides[3];
};

class Run {
public:
  Run(const StepList &list, ElementType element, const Target &target,
      std::vector<Memory> &operands, Memory &output, double alpha, double beta)
      : list(list), target(target), bytes(int64_t(elementBytes(element))),
        operands(operands), output(output), scalars{alpha, beta},
        workspace(size_t(number(list.workspaceBytes) / bytes),
                  std::numeric_limits<double>::quiet_NaN()) {}

  void step(const EincStep &step);

private:
  int64_t number(EincExpression expression) const {
    if (expression.count == 0)
      return 0;
    EXPECT_EQ(expression.count, 1u);
    EXPECT_EQ(list.tokens[expression.first].opcode, EINC_OP_LITERAL);
    return list.tokens[expression.first].value;
  }
  int64_t param(uint32_t index) const {
    EXPECT_LT(index, step_->numParams);
    return number(list.params[step_->firstParam + index]);
  }
  Tensor tensor(unsigned pointer);
  void scalarsOf(unsigned pointer, double &alpha, double &beta);
  std::vector<Record> records(uint32_t &at, int64_t count) const;
  double *access(const Tensor &tensor, int64_t byteOffset);
  double sum(const std::vector<Record> &loops, std::vector<int64_t> offsets);

  template <typename Body>
  void walk(const std::vector<Record> &loops, std::vector<int64_t> offsets,
            Body body);

  const StepList &list;
  const Target &target;
  const int64_t bytes;
  std::vector<Memory> &operands;
  Memory &output;
  double scalars[2];
  std::vector<double> workspace;
  const EincStep *step_ = nullptr;
  /// Output first.
  std::vector<Tensor> tensors;
};

Tensor Run::tensor(unsigned pointer) {
  const EincPointer &p = list.pointers[step_->firstPointer + pointer];
  EXPECT_EQ(number(p.offset) % bytes, 0);
  const int64_t start = number(p.offset) / bytes;
  const EincBuffer &buffer = list.buffers[p.buffer];
  if (buffer.kind == EINC_BUFFER_WORKSPACE) {
    int64_t offset = number(buffer.offset);
    EXPECT_EQ(offset % 64, 0);
    EXPECT_LE(offset + number(buffer.bytes), number(list.workspaceBytes));
    return {workspace.data() + offset / bytes, start,
            number(buffer.bytes) / bytes};
  }
  EXPECT_EQ(buffer.kind, uint32_t(EINC_BUFFER_ARGUMENT));
  Memory &memory =
      buffer.argument < operands.size() ? operands[buffer.argument] : output;
  EXPECT_EQ(number(buffer.bytes), int64_t(memory.elements.size()) * bytes);
  return {memory.elements.data(), memory.origin + start,
          int64_t(memory.elements.size())};
}

void Run::scalarsOf(unsigned pointer, double &alpha, double &beta) {
  const EincPointer &p = list.pointers[step_->firstPointer + pointer];
  const EincBuffer &buffer = list.buffers[p.buffer];
  if (buffer.kind == EINC_BUFFER_SCALARS) {
    alpha = scalars[0], beta = scalars[1];
    return;
  }
  EXPECT_EQ(buffer.kind, uint32_t(EINC_BUFFER_CONSTANT));
  auto read = [&](int i) {
    return bytes == 4 ? double(static_cast<const float *>(buffer.data)[i])
                      : static_cast<const double *>(buffer.data)[i];
  };
  alpha = read(0), beta = read(1);
  EXPECT_EQ(alpha, 1);
  EXPECT_EQ(beta, 0);
}

std::vector<Record> Run::records(uint32_t &at, int64_t count) const {
  std::vector<Record> result;
  for (int64_t i = 0; i < count; ++i, at += LoopRecordWords)
    result.push_back(
        {param(at), {param(at + 1), param(at + 2), param(at + 3)}});
  return result;
}

double *Run::access(const Tensor &tensor, int64_t byteOffset) {
  EXPECT_EQ(byteOffset % bytes, 0);
  int64_t index = tensor.origin + byteOffset / bytes;
  static double outside = 0;
  if (index < 0 || index >= tensor.size) {
    ADD_FAILURE() << "access at element " << index << " of " << tensor.size;
    return &outside;
  }
  return tensor.elements + index;
}

template <typename Body>
void Run::walk(const std::vector<Record> &loops, std::vector<int64_t> offsets,
               Body body) {
  std::vector<int64_t> index(loops.size(), 0);
  for (const Record &loop : loops)
    if (loop.extent == 0)
      return;
  for (;;) {
    body(offsets);
    size_t i = 0;
    for (; i < loops.size(); ++i) {
      bool wraps = ++index[i] == loops[i].extent;
      int64_t steps = wraps ? 1 - loops[i].extent : 1;
      for (unsigned t = 0; t < 3; ++t)
        offsets[t] += steps * loops[i].strides[t];
      if (!wraps)
        break;
      index[i] = 0;
    }
    if (i == loops.size())
      return;
  }
}

double Run::sum(const std::vector<Record> &loops,
                std::vector<int64_t> offsets) {
  double total = 0;
  walk(loops, offsets, [&](const std::vector<int64_t> &at) {
    double product = 1;
    for (size_t t = 1; t < tensors.size(); ++t)
      product *= *access(tensors[t], at[t]);
    total += product;
  });
  return total;
}

void Run::step(const EincStep &step) {
  step_ = &step;
  EXPECT_EQ(step.kind, uint32_t(EINC_STEP_KERNEL));
  const Schedule &schedule = list.schedules[step.kernel];
  EXPECT_TRUE(bool(checkSchedule(schedule, target))) << schedule.text();
  unsigned numOperands = schedule.numPointers() - 2;
  tensors.clear();
  for (unsigned i = 0; i <= numOperands; ++i)
    tensors.push_back(tensor(i));
  double alpha, beta;
  scalarsOf(numOperands + 1, alpha, beta);

  auto product = [](const std::vector<Record> &loops) {
    int64_t result = 1;
    for (const Record &loop : loops)
      result *= loop.extent;
    return result;
  };
  std::vector<Record> outer, reduction;
  int64_t accumulate;
  uint32_t at;
  if (schedule.family == Family::Gemm) {
    accumulate = param(GemmAccumulate);
    at = GemmHead;
    auto batch = records(at, param(GemmNumBatch));
    auto m = records(at, param(GemmNumM));
    auto n = records(at, param(GemmNumN));
    reduction = records(at, param(GemmNumK));
    EXPECT_FALSE(m.empty() || n.empty() || reduction.empty());
    const GemmSchedule &gemm = schedule.gemm;
    int64_t multiple = gemm.runMultiple;
    int64_t padded = (n[0].extent + multiple - 1) / multiple * multiple;
    EXPECT_EQ(param(GemmM), product(m));
    EXPECT_EQ(param(GemmN), product(n) / n[0].extent * padded);
    EXPECT_EQ(param(GemmK), product(reduction));
    EXPECT_EQ(param(GemmMBlocks), (param(GemmM) + gemm.mc - 1) / gemm.mc);
    EXPECT_EQ(param(GemmNBlocks), (param(GemmN) + gemm.nc - 1) / gemm.nc);
    EXPECT_EQ(number(step.extent),
              product(batch) * param(GemmMBlocks) * param(GemmNBlocks));
    outer = batch;
    outer.insert(outer.end(), m.begin(), m.end());
    outer.insert(outer.end(), n.begin(), n.end());
    // What a kernel without the irregular paths relies on.
    int64_t columns = gemmTileColumns(schedule, target);
    if (!gemm.irregularC && gemm.storeC == GemmSchedule::StoreC::Direct) {
      EXPECT_EQ(param(GemmM) % gemm.tileRows, 0);
      EXPECT_EQ(n[0].extent % columns, 0);
      EXPECT_EQ(n[0].strides[0], bytes);
    }
    if (gemm.packB == GemmSchedule::PackB::Direct) {
      EXPECT_EQ(n[0].strides[2], bytes);
      if (!gemm.irregularB) {
        EXPECT_EQ(n[0].extent % columns, 0);
      }
    }
  } else if (schedule.family != Family::General) {
    accumulate = param(GroupedAccumulate);
    at = GroupedHead;
    for (unsigned group : {GroupedNumBatch, GroupedNumM, GroupedNumN}) {
      auto loops = records(at, param(group));
      outer.insert(outer.end(), loops.begin(), loops.end());
    }
    reduction = records(at, param(GroupedNumK));
  } else {
    const GeneralSchedule &general = schedule.general;
    accumulate = param(GeneralAccumulate);
    at = GeneralHead;
    outer = records(at, param(GeneralNumOutput));
    reduction = records(at, param(GeneralNumReduction));
    EXPECT_FALSE(outer.empty());
    EXPECT_EQ(general.reduces, !reduction.empty());
    EXPECT_EQ(general.nested, reduction.size() > 1);
    if (general.reduces) {
      EXPECT_EQ(param(GeneralReductionOuter) * reduction[0].extent,
                product(reduction));
    }
    EXPECT_EQ(number(step.extent) * outer[0].extent, product(outer));
    using Vectorize = GeneralSchedule::Vectorize;
    if (general.vectorize != Vectorize::None) {
      bool alongX = general.vectorize == Vectorize::X;
      const Record &loop = alongX ? outer[0] : reduction[0];
      if (alongX) {
        EXPECT_EQ(loop.strides[0], bytes);
      }
      for (unsigned i = 0; i < numOperands; ++i) {
        EXPECT_EQ(loop.strides[i + 1], general.contiguous[i] ? bytes : 0);
      }
    }
  }
  EXPECT_EQ(at, step.numParams);
  EXPECT_GE(number(step.minGrains), 1);
  if (accumulate)
    beta = 1;

  std::vector<bool> written(size_t(tensors[0].size), false);
  walk(outer, {0, 0, 0}, [&](const std::vector<int64_t> &offsets) {
    double value = numOperands == 0 ? 0 : sum(reduction, offsets);
    double *place = access(tensors[0], offsets[0]);
    size_t index = size_t(place - tensors[0].elements);
    EXPECT_FALSE(index < written.size() && written[index]) << "written twice";
    if (index < written.size())
      written[index] = true;
    *place = beta == 0 ? alpha * value : alpha * value + beta * *place;
  });
}

} // namespace

void interpret(const StepList &list, ElementType element, const Target &target,
               std::vector<Memory> &operands, Memory &output, double alpha,
               double beta) {
  Run run(list, element, target, operands, output, alpha, beta);
  for (const EincStep &step : list.steps)
    run.step(step);
}

} // namespace einc::test
