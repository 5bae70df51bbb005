// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Random/RandomEquation.h"

#include <algorithm>

using namespace einc::tests;

namespace {

struct Label {
  int64_t extent = 1;
  std::vector<unsigned> operands;
  bool inOutput = false;
};

/// An axis that a term names.
struct TermAxis {
  int label;
  int64_t extent;
};

struct TermAxes {
  std::vector<TermAxis> axes;
  /// How many axes stand before the ellipsis; -1: no ellipsis.
  int ellipsis = -1;
  std::vector<int64_t> ellipsisExtents;
};

class Maker {
public:
  explicit Maker(Dice &dice) : dice(dice) {}
  RandomEquation make();

private:
  void addLabel(std::vector<unsigned> operands, bool inOutput) {
    labels.push_back({1, std::move(operands), inOutput});
  }
  void addLabels(unsigned count, std::vector<unsigned> operands,
                 bool inOutput) {
    while (count-- > 0)
      addLabel(operands, inOutput);
  }
  void makePairLabels();
  void makeNetworkLabels(unsigned numOperands);
  void chooseExtents();
  void makeTerms(unsigned numOperands);
  void makeOutput();
  void addEllipses();
  std::string termText(const TermAxes &term) const;
  std::vector<int64_t> termShape(const TermAxes &term) const;
  void countWork();

  Dice &dice;
  std::vector<Label> labels;
  std::vector<TermAxes> terms;
  TermAxes output;
  std::string letters;
  RandomEquation result;
};

void Maker::makePairLabels() {
  addLabels(dice.weighted({60, 30, 10}), {0, 1}, true);  // batch
  addLabels(dice.weighted({20, 50, 30}), {0}, true);     // M
  addLabels(dice.weighted({20, 50, 30}), {1}, true);     // N
  addLabels(dice.weighted({20, 50, 30}), {0, 1}, false); // K
  addLabels(dice.weighted({88, 12}), {0}, false);
  addLabels(dice.weighted({88, 12}), {1}, false);
}

void Maker::makeNetworkLabels(unsigned numOperands) {
  unsigned count = unsigned(dice.between(numOperands == 1 ? 0 : 1, 7));
  for (unsigned i = 0; i < count; ++i) {
    std::vector<unsigned> all;
    for (unsigned operand = 0; operand < numOperands; ++operand)
      all.push_back(operand);
    dice.shuffle(all);
    // Most labels join two operands.
    size_t uses = 1 + dice.weighted({35, 50, 15});
    all.resize(std::min(uses, all.size()));
    addLabel(std::move(all), dice.percent(50));
  }
}

void Maker::chooseExtents() {
  for (Label &label : labels)
    label.extent = dice.oneOf<int64_t>(
        {1,  2,  2,  3,  3,  4,  5,  5,  6,  7,  7,  8,  9,  11, 13, 16,
         17, 17, 23, 24, 31, 33, 33, 48, 49, 64, 65, 72, 97, 97, 130});
  // A few cases are large enough for threads.
  double budget = dice.percent(4) ? 2e6 : 4e4;
  for (;;) {
    double product = 1;
    Label *largest = nullptr;
    for (Label &label : labels) {
      product *= double(label.extent);
      if (!largest || label.extent > largest->extent)
        largest = &label;
    }
    if (product <= budget)
      break;
    largest->extent = largest->extent > 17
                          ? dice.oneOf<int64_t>({5, 7, 9, 16, 17})
                          : dice.between(1, largest->extent - 1);
  }
  if (!labels.empty() && dice.percent(6))
    labels[dice.below(labels.size())].extent = 0;
}

void Maker::makeTerms(unsigned numOperands) {
  terms.resize(numOperands);
  unsigned repeats = dice.percent(30) ? 25 : 2;
  std::vector<double> sizes(numOperands, 1);
  for (const Label &label : labels)
    for (unsigned operand : label.operands)
      sizes[operand] *= double(label.extent);
  for (size_t l = 0; l < labels.size(); ++l)
    for (unsigned operand : labels[l].operands) {
      bool broadcast = dice.percent(4) && labels[l].extent != 1;
      result.broadcasts |= broadcast;
      int64_t extent = broadcast ? 1 : labels[l].extent;
      terms[operand].axes.push_back({int(l), extent});
      if (dice.percent(repeats) && sizes[operand] * double(extent) < 1e5) {
        sizes[operand] *= double(extent);
        terms[operand].axes.push_back({int(l), extent});
        result.repeatsInput = true;
      }
    }
  for (TermAxes &term : terms)
    dice.shuffle(term.axes);
  // Where every axis of a label was made 1, the label is 1.
  for (size_t l = 0; l < labels.size(); ++l) {
    int64_t extent = 1;
    for (const TermAxes &term : terms)
      for (const TermAxis &axis : term.axes)
        if (axis.label == int(l) && axis.extent != 1)
          extent = axis.extent;
    labels[l].extent = extent;
  }
}

void Maker::makeOutput() {
  for (size_t l = 0; l < labels.size(); ++l) {
    if (!labels[l].inOutput)
      continue;
    output.axes.push_back({int(l), labels[l].extent});
    if (labels[l].extent < 20 && dice.percent(5)) {
      output.axes.push_back({int(l), labels[l].extent});
      result.repeatsOutput = true;
    }
  }
  dice.shuffle(output.axes);
}

void Maker::addEllipses() {
  size_t width = 0;
  std::vector<int64_t> full;
  for (int64_t n = dice.between(1, 2); n > 0; --n)
    full.push_back(dice.oneOf<int64_t>({1, 2, 3, 4, 5}));
  for (TermAxes &term : terms) {
    if (dice.percent(25))
      continue;
    term.ellipsis = int(dice.between(0, int64_t(term.axes.size())));
    size_t count = dice.below(full.size() + 1);
    width = std::max(width, count);
    for (size_t i = full.size() - count; i < full.size(); ++i)
      term.ellipsisExtents.push_back(dice.percent(15) ? 1 : full[i]);
  }
  output.ellipsis = int(dice.between(0, int64_t(output.axes.size())));
  output.ellipsisExtents.assign(width, 1);
  for (const TermAxes &term : terms)
    for (size_t i = 0; i < term.ellipsisExtents.size(); ++i) {
      size_t place = width - term.ellipsisExtents.size() + i;
      if (term.ellipsisExtents[i] != 1)
        output.ellipsisExtents[place] = term.ellipsisExtents[i];
    }
  result.ellipsis = true;
}

std::string Maker::termText(const TermAxes &term) const {
  std::string text;
  for (int i = 0; i <= int(term.axes.size()); ++i) {
    if (i == term.ellipsis)
      text += "...";
    if (i < int(term.axes.size()))
      text += letters[size_t(term.axes[size_t(i)].label)];
  }
  return text;
}

std::vector<int64_t> Maker::termShape(const TermAxes &term) const {
  std::vector<int64_t> shape;
  for (int i = 0; i <= int(term.axes.size()); ++i) {
    if (i == term.ellipsis)
      shape.insert(shape.end(), term.ellipsisExtents.begin(),
                   term.ellipsisExtents.end());
    if (i < int(term.axes.size()))
      shape.push_back(term.axes[size_t(i)].extent);
  }
  return shape;
}

void Maker::countWork() {
  for (int64_t extent : output.ellipsisExtents)
    result.iterations *= double(extent);
  for (size_t l = 0; l < labels.size(); ++l) {
    const Label &label = labels[l];
    result.iterations *= double(label.extent);
    if (label.inOutput || label.extent == 1)
      continue;
    result.summed *= double(label.extent);
    for (const TermAxes &term : terms)
      result.sumsPrivately |= std::none_of(
          term.axes.begin(), term.axes.end(), [&](const TermAxis &axis) {
            return axis.label == int(l) && axis.extent != 1;
          });
  }
}

RandomEquation Maker::make() {
  letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::vector<char> order(letters.begin(), letters.end());
  dice.shuffle(order);
  letters.assign(order.begin(), order.end());

  unsigned numOperands = 1 + dice.weighted({12, 36, 26, 15, 11});
  if (numOperands == 2 && dice.percent(85))
    makePairLabels();
  else
    makeNetworkLabels(numOperands);
  chooseExtents();
  makeTerms(numOperands);
  makeOutput();
  if (dice.percent(12))
    addEllipses();
  countWork();

  size_t groupFirst = numOperands;
  size_t groupLast = numOperands;
  if (numOperands > 2 && dice.percent(25)) {
    groupFirst = dice.below(numOperands - 1);
    groupLast = groupFirst + 1 + dice.below(numOperands - 1 - groupFirst);
    result.parentheses = true;
  }
  for (size_t i = 0; i < terms.size(); ++i) {
    result.text += i > 0 ? "," : "";
    result.text += i == groupFirst ? "(" : "";
    result.text += termText(terms[i]);
    result.text += i == groupLast ? ")" : "";
    result.shapes.push_back(termShape(terms[i]));
  }
  result.text += "->" + termText(output);
  result.outputShape = termShape(output);
  return std::move(result);
}

} // namespace

RandomEquation einc::tests::makeRandomEquation(Dice &dice) {
  return Maker(dice).make();
}

namespace {

/// The letters of a term and of the output.
struct Terms {
  std::vector<std::string> inputs = {""};
  std::string output;
};

Terms splitTerms(const std::string &text) {
  Terms terms;
  size_t arrow = text.find("->");
  terms.output = text.substr(arrow + 2);
  for (char letter : text.substr(0, arrow)) {
    if (letter == ',')
      terms.inputs.emplace_back();
    else if (letter != '(' && letter != ')')
      terms.inputs.back() += letter;
  }
  return terms;
}

bool has(const std::string &term, char letter) {
  return term.find(letter) != std::string::npos;
}

} // namespace

RandomEquation
einc::tests::makeEquation(const std::string &text,
                          const std::map<char, int64_t> &extents) {
  Terms terms = splitTerms(text);
  RandomEquation equation;
  equation.text = text;
  std::string all;
  for (const std::string &term : terms.inputs) {
    equation.shapes.emplace_back();
    for (size_t i = 0; i < term.size(); ++i) {
      equation.shapes.back().push_back(extents.at(term[i]));
      equation.repeatsInput |= term.find(term[i]) < i;
    }
    all += term;
  }
  for (size_t i = 0; i < terms.output.size(); ++i) {
    equation.outputShape.push_back(extents.at(terms.output[i]));
    equation.repeatsOutput |= terms.output.find(terms.output[i]) < i;
  }
  for (const auto &[letter, extent] : extents) {
    if (!has(all, letter))
      continue;
    equation.iterations *= double(extent);
    if (has(terms.output, letter) || extent == 1)
      continue;
    equation.summed *= double(extent);
    for (const std::string &term : terms.inputs)
      equation.sumsPrivately |= !has(term, letter);
  }
  return equation;
}

std::string einc::tests::labelGroups(const RandomEquation &equation) {
  if (equation.ellipsis || equation.shapes.size() > 2)
    return "";
  Terms terms = splitTerms(equation.text);
  bool batch = false, m = false, n = false, k = false, out = false, sum = false;
  for (size_t operand = 0; operand < terms.inputs.size(); ++operand) {
    const std::string &term = terms.inputs[operand];
    for (size_t axis = 0; axis < term.size(); ++axis) {
      if (equation.shapes[operand][axis] == 1)
        continue;
      bool kept = has(terms.output, term[axis]);
      (kept ? out : sum) = true;
      if (terms.inputs.size() == 1)
        continue;
      bool shared = has(terms.inputs[1 - operand], term[axis]);
      if (shared)
        (kept ? batch : k) = true;
      else if (kept)
        (operand == 0 ? m : n) = true;
    }
  }
  std::string text;
  auto add = [&](bool present, const char *name) {
    if (present)
      text += (text.empty() ? "" : " ") + std::string(name);
  };
  if (terms.inputs.size() == 1) {
    add(out, "out");
    add(sum, "sum");
  } else {
    add(batch, "batch");
    add(m, "M");
    add(n, "N");
    add(k, "K");
  }
  return text.empty() ? "none" : text;
}
