// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Open/OpenCases.h"
#include "tests/e2e/Elements/DriverCall.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

using namespace einc;
using namespace einc::tests;

static double numElements(const Shape &shape) {
  double product = 1;
  for (int64_t extent : shape)
    product *= double(extent);
  return product;
}

std::vector<int64_t> einc::tests::randomExtents(const OpenProgram &program,
                                                Dice &dice, double mostWork) {
  const ShapedEquation &equation = program.plan().equation;
  double work = 1;
  std::vector<bool> isOpen(equation.labels.size(), false);
  for (const OpenExtent &open : equation.openExtents)
    isOpen[open.label] = true;
  for (size_t label = 0; label < isOpen.size(); ++label)
    if (!isOpen[label])
      work *= double(equation.extents[label]);
  std::vector<int64_t> extents;
  for (size_t n = 0; n < equation.openExtents.size(); ++n) {
    int64_t extent =
        dice.percent(4)    ? 0
        : dice.percent(15) ? 1
        : dice.percent(40)
            ? dice.oneOf<int64_t>({2, 3, 4, 7, 8, 15, 16, 17, 31, 32, 33})
            : dice.oneOf<int64_t>(
                  {5, 11, 13, 47, 48, 63, 64, 65, 97, 128, 131, 257, 400});
    while (extent > 3 && work * double(extent) > mostWork)
      extent = extent / 2;
    work *= double(std::max<int64_t>(extent, 1));
    extents.push_back(extent);
  }
  // Diagonals have more elements than products.
  for (size_t i = 0; i <= program.plan().operands.size(); ++i)
    while (!extents.empty() &&
           numElements(program.shape(i, {extents, {}})) > 1e6)
      *std::max_element(extents.begin(), extents.end()) /= 2;
  return extents;
}

std::vector<int64_t> einc::tests::randomStrides(const Shape &shape,
                                                bool isOperand, Dice &dice) {
  std::vector<size_t> order(shape.size());
  std::iota(order.begin(), order.end(), size_t(0));
  if (dice.percent(60))
    dice.shuffle(order);
  std::vector<int64_t> strides(shape.size());
  int64_t stride = dice.percent(30) ? dice.between(2, 3) : 1;
  for (size_t i = order.size(); i-- > 0;) {
    size_t axis = order[i];
    bool isZero = isOperand && dice.percent(10);
    bool isBackward = dice.percent(25);
    strides[axis] = isZero ? 0 : isBackward ? -stride : stride;
    if (!isZero)
      stride *= std::max<int64_t>(shape[axis], 1);
    if (dice.percent(20))
      stride += dice.between(1, 5);
  }
  return strides;
}

void einc::tests::setRandomStrides(const OpenProgram &program, OpenCall &call,
                                   Dice &dice) {
  const size_t numOperands = program.plan().operands.size();
  for (size_t i = 0; i <= numOperands; ++i)
    call.strides.push_back(
        randomStrides(program.shape(i, call), i < numOperands, dice));
}

static std::string listText(const std::vector<int64_t> &list) {
  std::string text = "(";
  for (size_t i = 0; i < list.size(); ++i)
    text += (i ? ", " : "") + std::to_string(list[i]);
  return text + ")";
}

void einc::tests::checkRandomCalls(const OpenProgram &program,
                                   const std::string &name, bool openStrides,
                                   unsigned count, uint64_t seed) {
  for (unsigned i = 0; i < count; ++i) {
    Dice dice(seed * 1000 + i);
    OpenCall call;
    call.extents = randomExtents(program, dice, 1e6);
    if (openStrides)
      setRandomStrides(program, call, dice);
    if (dice.percent(40)) {
      call.alpha = 2;
      call.beta = dice.oneOf({0, 1, -1});
    }
    call.threads = dice.percent(30) ? 3 : 1;
    std::string wrong = program.check(call, seed + i);
    if (wrong.empty())
      continue;
    std::string strides;
    for (const std::vector<int64_t> &list : call.strides)
      strides += " " + listText(list);
    ADD_FAILURE() << name << ", open extents " << listText(call.extents)
                  << (strides.empty() ? "" : ", strides") << strides
                  << ", alpha " << call.alpha << ", beta " << call.beta
                  << ", threads " << call.threads << ": " << wrong << "\n"
                  << printSchedules(program.plan().steps)
                  << printSteps(program.plan().steps);
    return;
  }
}

std::vector<std::string> einc::tests::hostLevels() {
  std::vector<std::string> levels;
  for (const char *level : {"x86-64", "x86-64-v3", "x86-64-v4"})
    if (hostRuns(level))
      levels.push_back(level);
  return levels;
}
