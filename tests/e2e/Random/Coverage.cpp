// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Random/Coverage.h"

#include <cstdio>
#include <set>
#include <sstream>

using namespace einc;
using namespace einc::tests;

unsigned Coverage::operator[](const std::string &property) const {
  auto place = counts.find(property);
  return place == counts.end() ? 0 : place->second;
}

bool einc::tests::isParallel(const Case &test) {
  return test.equation.iterations > 4.2e5; // two threads' worth, and more
}

namespace {

/// What the layouts of a case's tensors have.
struct LayoutProperties {
  bool strided = false;
  bool negativeStride = false;
  bool zeroStride = false;
  bool zeroExtent = false;
  bool extentOne = false;
  bool unaligned = false;

  void look(const CaseTensor &tensor) {
    strided |= !tensor.isRowMajor();
    for (size_t axis = 0; axis < tensor.shape.size(); ++axis) {
      zeroExtent |= tensor.shape[axis] == 0;
      extentOne |= tensor.shape[axis] == 1;
      negativeStride |= tensor.shape[axis] > 1 && tensor.strides[axis] < 0;
      zeroStride |= tensor.shape[axis] > 1 && tensor.strides[axis] == 0;
    }
    // Counted from the start or the end of a page.
    int64_t bytes = int64_t(elementBytes(tensor.type));
    int64_t first = tensor.atEnd ? tensor.count - tensor.offset
                                 : tensor.lead + tensor.offset;
    unaligned |= first * bytes % 16 != 0;
  }
};

/// The last kernel call of a plan step sums one operand where the step has two,
/// or has summed before.
bool hasSplitSum(const Case &test, const StepList &steps) {
  std::map<uint32_t, std::vector<unsigned>> operands;
  for (const EincStep &step : steps.steps)
    if (step.kind == EINC_STEP_KERNEL)
      if (unsigned count = steps.schedules[step.kernel].numOperands())
        operands[step.plan].push_back(count);
  for (const auto &[plan, counts] : operands)
    if (counts.size() > 1 && counts.back() == 1 &&
        (test.operands.size() > 1 || counts.front() == 1))
      return true;
  return false;
}

} // namespace

void Coverage::addCase(const Case &test) {
  add("cases");
  add(test.cpu);
  std::set<ElementType> types;
  bool conjugated = false;
  LayoutProperties layouts;
  for (const CaseTensor &operand : test.operands) {
    types.insert(operand.type);
    conjugated |= operand.conjugate;
    layouts.look(operand);
  }
  for (ElementType type : types)
    add(elementName(type));
  add("mixed types", types.size() > 1);
  add("wider sums", test.hasWiderSums());
  add("conjugated", conjugated);
  add("strided output", !test.output.isRowMajor());
  layouts.look(test.output);
  add("strided", layouts.strided);
  add("negative stride", layouts.negativeStride);
  add("zero stride", layouts.zeroStride);
  add("zero extent", layouts.zeroExtent);
  add("extent one", layouts.extentOne);
  add("unaligned", layouts.unaligned);

  const RandomEquation &equation = test.equation;
  std::string groups = labelGroups(equation);
  size_t numOperands = test.operands.size();
  add(std::to_string(numOperands) + " operands");
  add("3 operands or more", numOperands >= 3);
  if (!groups.empty())
    add((numOperands == 1 ? "one: " : "two: ") + groups);
  add("repeated label", equation.repeatsInput);
  add("repeated output label", equation.repeatsOutput);
  add("broadcast", equation.broadcasts);
  add("ellipsis", equation.ellipsis);
  add("parentheses", equation.parentheses);
  auto isOne = [&](const Number &number) {
    return isFloating(test.type()) ? number.re == 1 && number.im == 0
                                   : number.whole == 1;
  };
  add("alpha", !isOne(test.alpha));
  add("beta", test.readsOutput());
  add("infinities", test.values == CaseValues::Special);
  add("einsumInto", test.throughAPI);
  add("parallel", isParallel(test));
}

void Coverage::addKernels(const Case &test, const StepList &steps) {
  std::set<std::string> names;
  for (const Schedule &schedule : steps.schedules)
    names.insert(familyName(schedule.family));
  if (hasSplitSum(test, steps))
    names.insert(SplitSumName);
  for (const std::string &name : names) {
    add(name);
    add("parallel " + name, isParallel(test));
    ++families[name][test.type()];
  }
}

std::string Coverage::print() const {
  std::ostringstream text;
  char line[64];
  text << "kernels  ";
  for (size_t i = 0; i < NumElementTypes; ++i) {
    std::snprintf(line, sizeof line, "%6s", elementName(ElementType(i)));
    text << line;
  }
  text << "   all\n";
  for (const auto &[name, byType] : families) {
    std::snprintf(line, sizeof line, "%-9s", name.c_str());
    text << line;
    for (size_t i = 0; i < NumElementTypes; ++i) {
      auto place = byType.find(ElementType(i));
      std::snprintf(line, sizeof line, "%6u",
                    place == byType.end() ? 0 : place->second);
      text << line;
    }
    std::snprintf(line, sizeof line, "%6u\n", (*this)[name]);
    text << line;
  }
  size_t column = 0;
  for (const auto &[property, count] : counts) {
    if (families.contains(property))
      continue;
    std::string item = property + " " + std::to_string(count);
    bool wraps = column > 0 && column + item.size() > 76;
    text << (wraps ? ",\n" : column > 0 ? ", " : "") << item;
    column = (wraps ? 0 : column) + item.size() + 2;
  }
  text << "\n";
  return text.str();
}
