// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// `einc plan`: the order of contraction and its cost.

#include "compiler/Planner/PlanPrinter.h"
#include "tools/einc/Commands.h"
#include "tools/einc/Problem.h"
#include "tools/einc/Report.h"

namespace einc {

int plan(const CommandLine &line) {
  Result<Problem> problem = readProblem(line);
  if (!problem)
    return reportError(problem.error(), line.json);
  Network network = Network::fromEquation(*problem->shaped);
  Result<ContractionTree> tree = findTree(network, searchOptions(line));
  if (!tree)
    return reportError(tree.error(), line.json);
  std::string text = line.json ? printPlanJSON(network, *tree)
                               : printPlanTable(network, *tree);
  if (!text.ends_with('\n'))
    text += '\n';
  printResult(text);
  return ExitOk;
}

} // namespace einc
