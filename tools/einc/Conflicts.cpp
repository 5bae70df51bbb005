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

static std::string findConflictInCompile(const CommandLine &line, bool shaped) {
  if (!shaped && line.emit != Stage::Equation)
    return "shapes are needed: --shapes, --dims or --network";
  if (!line.emit && !line.output)
    return "where to is needed: -o FILE.o, FILE.so or FILE.einc";
  if (line.emit && (line.json || line.shared))
    return "--emit prints a stage; it does not go with --json or -shared";
  if (line.multiversion.size() && line.cpu != "native")
    return "only one of --cpu and --multiversion can be given";
  return "";
}

/// `einc run FILE` and `einc verify`: everything about the code is fixed.
static std::string findConflictInProgram(const CommandLine &line) {
  if (line.network || line.emit || !line.dtypes.empty() ||
      !line.conjugate.empty() || line.accumulate || line.cpu != "native" ||
      line.path || line.optimize != "auto")
    return "a compiled program has its order, types and processor already: "
           "only "
           "--shapes, --dims, --random, --verify, --repeat, --threads, "
           "--max-memory, --json and -o go with it";
  if (line.shapes && line.dims)
    return "only one of --shapes and --dims can be given";
  if (!line.files.empty() && (line.shapes || line.dims || line.randomSeed))
    return "operands come from .npy files or from --random, not both";
  if (line.command == Command::Run && line.files.empty() && !line.randomSeed)
    return "operands are needed: .npy files, or --random";
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
  if (line.command == Command::ManPage)
    return "";
  if (line.command == Command::Completion)
    return line.shell ? "" : "a shell is needed: bash, zsh or fish";
  if (line.command == Command::Cache)
    return findConflictInCache(line);
  if (line.command == Command::Verify || line.command == Command::Dump) {
    if (!line.program)
      return "a file is needed that einc compile made";
    return findConflictInProgram(line);
  }
  if (line.runsProgram())
    return findConflictInProgram(line);
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
  if (line.command == Command::Compile)
    return findConflictInCompile(line, shaped);
  if (line.command != Command::Check && !shaped)
    return line.command == Command::Plan
               ? "a plan needs --shapes, --dims or --network"
               : "shapes are needed: --shapes, --dims or --network";
  return "";
}

} // namespace einc
