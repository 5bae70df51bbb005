// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The subcommands, each with the groups of options it has.

#include "tools/einc/Declarations.h"

#include "tools/einc/Examples.h"
#include "tools/einc/OptionGroups.h"

namespace einc {

std::vector<std::string> OptionDeclaration::listNames() const {
  std::vector<std::string> list;
  for (size_t begin = 0; begin <= names.size();) {
    size_t comma = std::min(names.find(',', begin), names.size());
    list.push_back(names.substr(begin, comma - begin));
    begin = comma + 1;
  }
  return list;
}

OptionDeclaration &CommandDeclaration::flag(const std::string &names,
                                            bool &target,
                                            const std::string &description) {
  OptionDeclaration option{names, "", description,
                           OptionDeclaration::Kind::Flag};
  option.store = [&target](const std::string &) {
    target = true;
    return "";
  };
  return options.emplace_back(std::move(option));
}

OptionDeclaration &CommandDeclaration::text(const std::string &names,
                                            std::optional<std::string> &target,
                                            const std::string &description,
                                            const std::string &valueName) {
  OptionDeclaration option{names, valueName, description};
  option.store = [&target](const std::string &given) {
    target = given;
    return "";
  };
  return options.emplace_back(std::move(option));
}

OptionDeclaration &CommandDeclaration::files(const std::string &names,
                                             std::vector<std::string> &target,
                                             const std::string &description) {
  OptionDeclaration option{names, "", description,
                           OptionDeclaration::Kind::Values};
  option.store = [&target](const std::string &given) {
    target.push_back(given);
    return "";
  };
  return options.emplace_back(std::move(option));
}

static CommandDeclaration declareCheck(CommandLine &line) {
  CommandDeclaration check(Command::Check, "check",
                           "Read an equation and infer the shape of its output",
                           CheckExample);
  declareEquationAndShapes(check, line);
  return check;
}

static CommandDeclaration declarePlan(CommandLine &line) {
  CommandDeclaration plan(Command::Plan, "plan",
                          "Show the order of contraction and what it costs",
                          PlanExample);
  declareEquationAndShapes(plan, line);
  declarePlanning(plan, line);
  return plan;
}

static CommandDeclaration declareRun(CommandLine &line) {
  CommandDeclaration run(Command::Run, "run",
                         "Compile an equation and run it, or run what was "
                         "compiled before",
                         RunExample);
  declareEquationAndShapes(run, line);
  declarePlanning(run, line);
  declareTyping(run, line);
  declareEmitting(run, line);
  declareRunning(run, line);
  return run;
}

static CommandDeclaration declareExplain(CommandLine &line) {
  CommandDeclaration explain(
      Command::Explain, "explain",
      "Show how each step will run and what it costs at least", ExplainExample);
  declareEquationAndShapes(explain, line);
  declarePlanning(explain, line);
  declareTyping(explain, line);
  return explain;
}

static CommandDeclaration declareBench(CommandLine &line) {
  CommandDeclaration bench(Command::Bench, "bench",
                           "Time an equation beside the roofs of this machine",
                           BenchExample);
  declareEquationAndShapes(bench, line);
  declarePlanning(bench, line);
  declareTyping(bench, line);
  declareBenching(bench, line);
  return bench;
}

static CommandDeclaration declareCompile(CommandLine &line) {
  CommandDeclaration compile(
      Command::Compile, "compile",
      "Compile an equation to an object, a shared library or an artifact",
      CompileExample);
  declareEquationAndShapes(compile, line);
  declarePlanning(compile, line);
  declareTyping(compile, line);
  declareCompiling(compile, line);
  return compile;
}

static CommandDeclaration declareCache(CommandLine &line) {
  CommandDeclaration cache(Command::Cache, "cache",
                           "Look after the kernels that are kept on disk",
                           CacheExample);
  declareCaching(cache, line);
  return cache;
}

static CommandDeclaration declareVerify(CommandLine &line) {
  CommandDeclaration verify(Command::Verify, "verify",
                            "Compare a compiled program with the naive formula",
                            VerifyExample);
  verify.text("FILE", line.program, "an .einc file or a shared library", "");
  declareProgramCall(verify, line);
  return verify;
}

static CommandDeclaration declareDump(CommandLine &line) {
  CommandDeclaration dump(Command::Dump, "dump",
                          "Show what is inside a compiled program",
                          DumpExample);
  dump.text("FILE", line.program, "an .einc file or a shared library", "");
  dump.flag("--json", line.json, "print the result as one line of JSON");
  return dump;
}

static CommandDeclaration declareCompletion(CommandLine &line) {
  CommandDeclaration completion(Command::Completion, "completion",
                                "Print a script that teaches a shell the "
                                "commands and options",
                                CompletionExample);
  completion.value("SHELL", parseShell, line.shell, "bash, zsh or fish", "")
      .choices = {"bash", "zsh", "fish"};
  return completion;
}

static CommandDeclaration declareManPage(CommandLine &) {
  CommandDeclaration page(Command::ManPage, "man",
                          "Print the manual page in troff", ManPageExample);
  page.hidden = true;
  return page;
}

std::vector<CommandDeclaration> declareCommands(CommandLine &line) {
  std::vector<CommandDeclaration> commands;
  for (auto *declare :
       {declareCheck, declarePlan, declareRun, declareExplain, declareBench,
        declareCompile, declareCache, declareVerify, declareDump,
        declareCompletion, declareManPage})
    commands.push_back(declare(line));
  return commands;
}

} // namespace einc
