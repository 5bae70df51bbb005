// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The options: names, what they take, where it goes, what help says.

#include "tools/einc/OptionGroups.h"

#include <algorithm>

namespace einc {

void declareEquationAndShapes(CommandDeclaration &command, CommandLine &line) {
  command.text("EQUATION", line.equation,
               "equation, @FILE, or - for standard input", "");
  command.text("--shapes", line.shapes,
               "shapes of the operands: 3x4,4x2 or (3,4)(4,2); @FILE, - for "
               "stdin",
               "LIST");
  command.text("--dims", line.dims, "extents by label instead: i=1000,j=10",
               "LIST");
  command.flag("--json", line.json, "print the result as one line of JSON");
}

void declarePlanning(CommandDeclaration &command, CommandLine &line) {
  command.text("--network", line.network,
               "take equation and extents from a network file (JSON)", "FILE");
  command
      .value(
          "--optimize", parseMethod,
          [&line](SearchMethod method) { line.optimize = method.name; },
          "how the order is searched: " + methodList() + " (default: auto)",
          "METHOD")
      .choices = wordsOfList(methodList());
  command.value("--path", parsePath, line.path,
                "an order of contraction, as np.einsum_path prints it: "
                "\"(1,2),(0,1)\"; \"ssa:(1,2),(0,3)\" numbers values instead",
                "PATH");
  command.value("--seed", parseCount, line.seed,
                "equal seeds give equal orders (default: 0)", "N");
  command.value("--time-limit", parseSeconds, line.timeLimit,
                "seconds that the search may take", "SECONDS");
}

void declareTyping(CommandDeclaration &command, CommandLine &line) {
  command
      .value(
          "--dtype", parseElementTypes, line.dtypes,
          "element types, one for all operands or one for each: " +
              elementTypeList() +
              " (default: f32; .npy files have their own, but bf16 is named)",
          "LIST")
      .choices = wordsOfList(elementTypeList());
  command.value("--conjugate", parseCounts, line.conjugate,
                "read complex operands of these numbers as their conjugates: "
                "0,2",
                "LIST");
  command
      .value("--accumulate", parseElementType, line.accumulate,
             "sum integers in i32 or i64, which becomes the type of the result",
             "TYPE")
      .choices = {"i32", "i64"};
  OptionDeclaration cpu{"--cpu", "CPU",
                        "processor to generate code for: native, x86-64, "
                        "x86-64-v2, x86-64-v3 or avx2, x86-64-v4 or avx512, "
                        "aarch64 (default: native)"};
  cpu.store = [&line](const std::string &given) {
    line.cpu = given;
    return "";
  };
  cpu.choices = {"native",    "x86-64", "x86-64-v2", "x86-64-v3",
                 "x86-64-v4", "avx2",   "avx512",    "aarch64"};
  command.options.push_back(std::move(cpu));
  command.value("--threads", parseSmallCount, line.threads,
                "threads of a run (default: EINC_NUM_THREADS, else the "
                "processors this process may use; of what is compiled ahead: "
                "1, and with more it needs libeinc-runtime)",
                "N");
  command.value("--max-memory", parseBytes, line.maxMemory,
                "bytes for operands, output and workspace, such as 512M or 4G "
                "(default: what is free)",
                "BYTES");
}

void declareEmitting(CommandDeclaration &command, CommandLine &line) {
  command
      .value("--emit", parseStage, line.emit,
             "print a stage instead of running: " + stageList(), "STAGE")
      .choices = wordsOfList(stageList());
  command.text("--output,-o", line.output,
               "write the result to FILE: .npy, or the text of --emit", "FILE");
  command.flag("--no-cache", line.noCache,
               "neither look for kernels on disk nor keep them there");
}

void declareRunning(CommandDeclaration &command, CommandLine &line) {
  command.files("FILES", line.files,
                "operands in .npy files, in the order of the equation");
  command.value("--random", parseCount, line.randomSeed,
                "fill operands of the given shapes with random numbers: in "
                "[-1, 1), integers near 0",
                "[=SEED]");
  command.flag("--verify", line.verify,
               "compare with the naive formula; a mismatch exits with 4");
  command.value("--repeat", parseSmallCount, line.repeat,
                "time N more calls and print the speed", "N");
}

void declareProgramCall(CommandDeclaration &command, CommandLine &line) {
  command.files("FILES", line.files,
                "operands in .npy files (default: random numbers)");
  command.text("--shapes", line.shapes,
               "shapes of the operands, for open extents: 3x4,4x2", "LIST");
  command.text("--dims", line.dims,
               "open extents by name instead: b=64 (default: what the program "
               "was planned for)",
               "LIST");
  command.value("--random", parseCount, line.randomSeed,
                "other random numbers: in [-1, 1), integers near 0", "[=SEED]");
  command.value("--repeat", parseSmallCount, line.repeat,
                "time N more calls and print the speed", "N");
  command.value("--threads", parseSmallCount, line.threads,
                "threads of a call, at most as many as the program was "
                "compiled for",
                "N");
  command.value("--max-memory", parseBytes, line.maxMemory,
                "bytes for operands and output, such as 512M or 4G (default: "
                "what is free)",
                "BYTES");
  command.flag("--json", line.json, "print the result as one line of JSON");
}

void declareCompiling(CommandDeclaration &command, CommandLine &line) {
  command.text("--output,-o", line.output,
               "FILE.o: object and header; FILE.so: shared library; FILE.einc: "
               "artifact; or the text of --emit",
               "FILE");
  command
      .value("--emit", parseCompileStage, line.emit,
             "print a stage instead: " + compileStageList(), "STAGE")
      .choices = wordsOfList(compileStageList());
  command.text("--name", line.name,
               "the function's name (default: that of the output file)",
               "NAME");
  command.value("--multiversion", parseProcessors, line.multiversion,
                "code for several processors, chosen when it is called "
                "(default: x86-64-v4,x86-64-v3,x86-64)",
                "[=LIST]");
  command.flag("--shared", line.shared, "make a shared library (also -shared)");
}

void declareBenching(CommandDeclaration &command, CommandLine &line) {
  command.value(
      "--turns", parseSmallCount,
      [&line](unsigned count) { line.turns = std::max(9u, count); },
      "turns in which everything is measured (default and least: 9)", "N");
  command
      .value(
          "--against", parseOpponent,
          [&line](Opponent opponent) { line.against = opponent.name; },
          "an opponent to measure in the same turns: openblas", "NAME")
      .choices = {"openblas"};
}

void declareCaching(CommandDeclaration &command, CommandLine &line) {
  command
      .value("ACTION", parseCacheAction, line.cacheAction,
             "dir: print the folder; stats: what is in it; clear: remove all "
             "kernels; verify: check each",
             "")
      .choices = {"dir", "stats", "clear", "verify"};
  command.flag("--remove", line.remove, "with verify: remove what is bad");
  command.flag("--json", line.json, "print the result as one line of JSON");
}

} // namespace einc
