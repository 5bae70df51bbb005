// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What the user typed, as data.

#ifndef EINC_TOOLS_EINC_COMMANDLINE_H
#define EINC_TOOLS_EINC_COMMANDLINE_H

#include "einc/ElementType.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace einc {

/// The exit status of the program.
enum ExitCode {
  ExitOk = 0,
  ExitBadInput = 1, ///< equation, shape, type, target
  ExitUsage = 2,
  ExitLimit = 3,
  ExitMismatch = 4, ///< --verify found a wrong result
  ExitIO = 5,
  ExitInternal = 70,
};

enum class Command {
  Check,
  Plan,
  Run,
  Explain,
  Bench,
  Compile,
  Cache,
  Verify,
  Dump,
  Completion,
  ManPage
};

/// What --emit prints instead of running.
/// `einc run` has no header and no object.
enum class Stage {
  Equation,
  Plan,
  Schedule,
  Steps,
  MLIR,
  LLVM,
  Asm,
  Header,
  Object
};

/// What `einc completion` prints a script for.
enum class Shell { Bash, Zsh, Fish };

/// What `einc cache` does with the kernels on disk.
enum class CacheAction { Dir, Stats, Clear, Verify };

/// The path of --path as typed; its numbers are not checked yet.
struct PathArgument {
  std::vector<std::vector<uint32_t>> steps;
  bool ssa = false;
};

struct CommandLine {
  Command command = Command::Check;
  /// Raw: "@FILE" and "-" are not read yet. Absent with --network.
  std::optional<std::string> equation;
  std::optional<std::string> network;
  std::optional<std::string> shapes;
  std::optional<std::string> dims;
  std::vector<std::string> files;
  /// Of `einc verify` and `einc dump`.
  std::optional<std::string> program;

  std::string optimize = "auto";
  std::optional<PathArgument> path;
  uint64_t seed = 0;
  std::optional<double> timeLimit;

  /// One for all operands, or one for each; empty: f32, or the files' own.
  std::vector<ElementType> dtypes;
  /// Numbers of the operands to conjugate.
  std::vector<uint64_t> conjugate;
  std::optional<ElementType> accumulate;
  std::string cpu = "native";
  /// 0: by EINC_NUM_THREADS or the machine; of what is compiled ahead, one.
  unsigned threads = 0;
  /// 0: by the memory that is free.
  uint64_t maxMemory = 0;
  /// Warm calls to time; 0: none.
  unsigned repeat = 0;
  std::optional<uint64_t> randomSeed;
  bool verify = false;

  /// Of `einc bench`: how often everything is measured, and beside what.
  unsigned turns = 9;
  std::optional<std::string> against;

  /// Of `einc compile`: the function's name, processors beside each other, and
  /// whether a shared library is made whatever the file's name.
  std::optional<std::string> name;
  std::vector<std::string> multiversion;
  bool shared = false;

  /// Leave the kernels on disk alone.
  bool noCache = false;
  /// Of `einc cache`; --remove: what verify finds to be bad.
  std::optional<CacheAction> cacheAction;
  bool remove = false;

  /// Of `einc completion`.
  std::optional<Shell> shell;

  std::optional<Stage> emit;
  std::optional<std::string> output;
  bool json = false;

  /// Whether `einc run` runs what `einc compile` made: the equation is the name
  /// of a file, which no equation looks like.
  bool runsProgram() const {
    return command == Command::Run && equation &&
           (equation->ends_with(".einc") || equation->ends_with(".so"));
  }

  bool usesDiskCache() const {
    return command == Command::Run && !noCache && !emit;
  }
};

/// Reads the command line. The int is an exit status: help or the version was
/// printed, or a mistake was reported.
std::variant<CommandLine, int> parseCommandLine(int argc,
                                                const char *const *argv);

} // namespace einc

#endif // EINC_TOOLS_EINC_COMMANDLINE_H
