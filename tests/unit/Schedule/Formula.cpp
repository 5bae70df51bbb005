// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/unit/Schedule/Formula.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace einc::test {

int64_t pick(Random &random, int64_t low, int64_t high) {
  return std::uniform_int_distribution<int64_t>(low, high)(random);
}

namespace {

/// Next index in row-major order; false after the last.
bool advance(std::vector<int64_t> &index, const std::vector<int64_t> &extents) {
  for (size_t i = index.size(); i-- > 0;) {
    if (++index[i] < extents[i])
      return true;
    index[i] = 0;
  }
  return false;
}

/// Distinct integers in random order, some negative. Where many operands are
/// multiplied, they start again at `most`: doubles must stay exact.
void fill(Memory &memory, Random &random, int64_t most = 1 << 20) {
  std::vector<int64_t> values(memory.elements.size());
  std::iota(values.begin(), values.end(), -int64_t(values.size() / 3));
  std::shuffle(values.begin(), values.end(), random);
  for (size_t i = 0; i < values.size(); ++i)
    memory.elements[i] = double(values[i] % most);
}

/// The formula: every assignment of all labels, one product each.
void evaluate(const Expression &e, std::vector<Memory> &operands,
              Memory &output, double alpha, double beta) {
  const ShapedEquation &eq = e.equation;
  std::vector<int64_t> index(eq.outputShape.size(), 0);
  for (int64_t extent : eq.outputShape)
    if (extent == 0)
      return;
  do {
    double &element = output.at(e.output, index);
    element = beta == 0 ? 0 : beta * element;
  } while (advance(index, eq.outputShape));
  for (int64_t extent : eq.extents)
    if (extent == 0)
      return;

  std::vector<int64_t> labels(eq.extents.size(), 0);
  do {
    double product = alpha;
    for (size_t i = 0; i < operands.size(); ++i) {
      std::vector<int64_t> at;
      for (size_t axis = 0; axis < eq.operand(i).size(); ++axis)
        at.push_back(
            e.operands[i].extents[axis] == 1 ? 0 : labels[eq.operand(i)[axis]]);
      product *= operands[i].at(e.operands[i], at);
    }
    std::vector<int64_t> at;
    for (LabelId label : eq.outputLabels)
      at.push_back(labels[label]);
    output.at(e.output, at) += product;
  } while (advance(labels, eq.extents));
}

} // namespace

void check(const Expression &e, double alpha, double beta, Random &random,
           int64_t largest) {
  Result<StepList> list = e.make();
  ASSERT_TRUE(bool(list)) << list.error().render();
  SCOPED_TRACE(printSchedules(*list) + printSteps(*list));
  std::vector<Memory> operands;
  for (const TensorLayout &layout : e.operands) {
    operands.emplace_back(layout);
    fill(operands.back(), random, e.operands.size() > 2 ? 97 : largest);
  }
  Memory expected(e.output), actual(e.output);
  fill(expected, random);
  if (beta == 0) // must not be read
    std::fill(expected.elements.begin(), expected.elements.end(), NAN);
  actual = expected;
  evaluate(e, operands, expected, alpha, beta);
  interpret(*list, e.output.type, e.options.machine.target, operands, actual,
            alpha, beta);
  for (size_t i = 0; i < expected.elements.size(); ++i) {
    if (std::isnan(expected.elements[i]) && std::isnan(actual.elements[i]))
      continue; // between the output's elements
    ASSERT_EQ(actual.elements[i], expected.elements[i]) << "element " << i;
  }
}

} // namespace einc::test
