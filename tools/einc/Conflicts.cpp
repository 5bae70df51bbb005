// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Rules between options, each with the message that names the way out.

#include "tools/einc/Conflicts.h"

namespace einc {

static std::string findConflictInRun(const CommandLine &line, bool shaped) {
  if (line.emit && (line.verify || line.repeat || line.json))
    return "--emit prints a stage and runs nothing; it does not go with "
           "--verify, --repeat or --json";
  if (shaped && !line.files.empty())
    return "operands come from .npy files or from --random, not both";
  if (shaped && !line.randomSeed && !line.emit)
    return "the shapes are given but no values: add --random";
  if (shaped || line.emit == Stage::Equation)
    return "";
  if (line.randomSeed)
    return "--random needs --shapes, --dims or --network";
  if (line.files.empty())
    return "operands are needed: .npy files, or --shapes and --random";
  return "";
}

static std::string findConflictInCache(const CommandLine &line) {
  if (!line.cacheAction)
    return "what to do is needed: dir, stats, clear or verify";
  if (line.remove && line.cacheAction != CacheAction::Verify)
    return "--remove goes with verify";
  return "";
}

std::string findConflict(const CommandLine &line) {
  if (line.command == Command::Cache)
    return findConflictInCache(line);
  if (!line.equation && !line.network)
    return "an equation is needed";
  if (int(line.shapes.has_value()) + line.dims.has_value() +
          line.network.has_value() >
      1)
    return "only one of --shapes, --dims and --network can be given";
  if (line.equation == "-" && (line.shapes == "-" || line.dims == "-"))
    return "equation and shapes cannot both come from standard input";
  bool shaped = line.shapes || line.dims || line.network;
  if (line.command == Command::Run)
    return findConflictInRun(line, shaped);
  if (!line.files.empty())
    return "an equation and --network cannot both be given";
  if (line.command != Command::Check && !shaped)
    return line.command == Command::Plan
               ? "a plan needs --shapes, --dims or --network"
               : "shapes are needed: --shapes, --dims or --network";
  return "";
}

} // namespace einc
