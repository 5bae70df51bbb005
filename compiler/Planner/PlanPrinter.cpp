// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A plan as a table.

#include "compiler/Planner/PlanPrinter.h"

#include "compiler/Planner/StepEquation.h"
#include "compiler/Planner/TreeWalk.h"

#include <cstdio>

using namespace einc;

/// Code points of an equation that a row shows.
constexpr size_t MaxEquationLength = 60;

/// Four digits at most: 0, 17, 1000, 2.2e7, 1.235e400. `log10` decides where
/// `value` is infinite.
static std::string formatCount(double value, double log10) {
  char text[40];
  if (value < 9999.5) {
    std::snprintf(text, sizeof(text), "%.4g", value);
    return text;
  }
  double exponent = std::floor(log10);
  double mantissa = std::isfinite(value) ? value / std::pow(10, exponent)
                                         : std::pow(10, log10 - exponent);
  std::snprintf(text, sizeof(text), "%.4g", mantissa);
  if (text[0] == '1' && text[1] == '0') { // 9.9996 was rounded up
    text[1] = '\0';
    ++exponent;
  }
  return std::string(text) + 'e' +
         std::to_string(static_cast<int64_t>(exponent));
}

static std::string formatCount(WideDouble value) {
  return formatCount(value.toDouble(), value.log10());
}

/// The first and last code points of a long text.
static std::string abridge(const std::string &text) {
  std::vector<size_t> starts;
  for (size_t i = 0; i < text.size(); ++i)
    if ((text[i] & 0xC0) != 0x80)
      starts.push_back(i);
  if (starts.size() <= MaxEquationLength)
    return text;
  size_t half = (MaxEquationLength - 5) / 2;
  return text.substr(0, starts[half]) + " ... " +
         text.substr(starts[starts.size() - half]);
}

static std::string printRow(const std::string &step,
                            const std::string &operands,
                            const std::string &result, const std::string &flops,
                            const std::string &size,
                            const std::string &equation) {
  auto pad = [](const std::string &text, size_t width) {
    return std::string(text.size() < width ? width - text.size() : 0, ' ');
  };
  return "  " + pad(step, 4) + step + "  " + operands + pad(operands, 12) +
         pad(result, 8) + result + "  " + pad(flops, 9) + flops + "  " +
         pad(size, 9) + size + "  " + equation + "\n";
}

static std::string printHeader(const Network &network,
                               const ContractionTree &tree,
                               const TreeCost &cost) {
  TreeCost plain = leftToRightCost(network);
  std::string text = abridge(EquationSpelling(network).equation()) +
                     "\n  left to right          " +
                     formatCount(plain.flops, plain.log10Flops) + " flops" +
                     "\n  planned                " +
                     formatCount(cost.flops, cost.log10Flops) + " flops";
  // Of the logarithms, whose difference is 0 if both cost nothing.
  double gain = std::fabs(plain.log10Flops - cost.log10Flops);
  if (gain > 1e-9)
    text += ", " + formatCount(std::pow(10, gain), gain) + " times " +
            (plain.log10Flops > cost.log10Flops ? "fewer" : "more");
  char seconds[40];
  std::snprintf(seconds, sizeof(seconds), "%.3g ms", tree.seconds * 1e3);
  return text + "\n  largest intermediate   " +
         formatCount(cost.largestIntermediate,
                     cost.log2LargestIntermediate * 0.30102999566398119521) +
         " elements\n  method                 " + tree.method + ", " + seconds +
         "\n";
}

std::string einc::printPlanTable(const Network &network,
                                 const ContractionTree &tree, size_t maxRows) {
  EquationSpelling spelling(network);
  CostSum sum;
  std::string rows;
  size_t numSteps = tree.steps.size();
  size_t rowsAbove = numSteps <= maxRows ? numSteps : maxRows / 2;
  size_t firstBelow =
      numSteps - (numSteps <= maxRows ? 0 : maxRows - rowsAbove);
  for (TreeWalk walk(network, tree); walk.next();) {
    const PairwiseStep &step = walk.step();
    sum.add(walk.flops(), walk.size());
    if (walk.index() == rowsAbove)
      rows += "  ... " + std::to_string(firstBelow - rowsAbove) +
              " steps more ...\n";
    if (walk.index() >= rowsAbove && walk.index() < firstBelow)
      continue;
    rows += printRow(std::to_string(walk.index()),
                     std::to_string(step.lhs) + ", " + std::to_string(step.rhs),
                     std::to_string(network.numOperands() + walk.index()),
                     formatCount(walk.flops()), formatCount(walk.size()),
                     abridge(spelling.step(step, walk.index())));
  }
  std::string text = printHeader(network, tree, sum.get());
  if (numSteps == 0)
    return text + "\n  one operand: no pairwise step\n";
  return text + "\n" +
         printRow("step", "operands", "result", "flops", "size", "equation") +
         rows;
}
