// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The options of einc. The only file that includes CLI11: it costs seconds.

#include "tools/einc/CommandLine.h"

#include "tools/einc/Conflicts.h"
#include "tools/einc/Report.h"
#include "tools/einc/Values.h"

#include <CLI/CLI.hpp>

namespace einc {

namespace {

constexpr const char *CheckExample = R"(
Example:
  $ einc check "ij,jk->ik" --shapes 3x4,4x2
  ok: ij,jk->ik
  shapes: (3, 4), (4, 2) -> (3, 2)
)";

constexpr const char *PlanExample = R"(
Example:
  $ einc plan "ij,jk,kl->il" --shapes 1000x10,10x1000,1000x1
  $ einc plan "ij,jk,kl->il" --dims i=1000,j=10,k=1000,l=1 --json
)";

constexpr const char *RunExample = R"(
Examples:
  $ einc run "ij,jk->ik" a.npy b.npy -o c.npy
  $ einc run "bij,bjk->bik" --shapes 64x10x20,64x20x30 --random --verify
  $ einc run "ij,jk->ik" --shapes 8x8,8x8 --cpu avx2 --emit=asm
)";

constexpr const char *CacheExample = R"(
Examples:
  $ einc cache stats
  $ einc cache verify --remove
  $ EINC_CACHE_MAX_BYTES=0 einc run "i->" --shapes 3 --random    # no cache
)";

constexpr const char *ExplainExample = R"(
Example:
  $ einc explain "bij,bjk->bik" --shapes 64x128x128,64x128x128
)";

constexpr const char *BenchExample = R"(
Examples:
  $ einc bench "ij,jk->ik" --shapes 512x512,512x512 --against openblas
  $ einc bench "ij->ji" --shapes 4096x4096 --dtype f64 --json
)";

/// CLI11 takes "->ij" for an option and splits "[...]" into a list. Arguments
/// that start so travel behind this character.
constexpr char Shield = '\x01';

std::string unshield(std::string text) {
  if (text.starts_with(Shield))
    text.erase(text.begin());
  return text;
}

/// The arguments as CLI11 reads them rightly, from last to first as it wants
/// them: shielded, an empty value as an argument of its own, and the value that
/// "--random" may have always there, so that it takes no file for it.
std::vector<std::string> prepareArguments(int argc, const char *const *argv) {
  std::vector<std::string> arguments;
  for (int i = argc - 1; i > 0; --i) {
    std::string text = argv[i];
    bool empty = text.starts_with("--") && text.ends_with('=');
    if (text == "--random")
      text = "--random=0";
    if (text.starts_with("->") || text.starts_with('['))
      text.insert(text.begin(), Shield);
    if (empty) {
      arguments.emplace_back();
      text.pop_back();
    }
    arguments.push_back(std::move(text));
  }
  return arguments;
}

/// One subcommand with its options bound to a CommandLine.
class Declaration {
public:
  Declaration(CLI::App &parent, CommandLine &line, Command command,
              const std::string &name, const std::string &description,
              const char *example)
      : line(line), app(*parent.add_subcommand(name, description)) {
    app.footer(example);
    app.parse_complete_callback(
        [this, command] { this->line.command = command; });
  }

  void equationAndShapes() {
    text("EQUATION", line.equation, "equation, @FILE, or - for standard input",
         "");
    text("--shapes", line.shapes,
         "shapes of the operands: 3x4,4x2 or (3,4)(4,2); @FILE, - for stdin",
         "LIST");
    text("--dims", line.dims, "extents by label instead: i=1000,j=10", "LIST");
    app.add_flag("--json", line.json, "print the result as one line of JSON");
  }

  void planning() {
    text("--network", line.network,
         "take equation and extents from a network file (JSON)", "FILE");
    value<SearchMethod>(
        "--optimize", parseMethod,
        [this](SearchMethod method) { line.optimize = method.name; },
        "how the order is searched: " + methodList() + " (default: auto)",
        "METHOD");
    value<PathArgument>(
        "--path", parsePath, [this](PathArgument path) { line.path = path; },
        "an order of contraction, as np.einsum_path prints it: "
        "\"(1,2),(0,1)\"; \"ssa:(1,2),(0,3)\" numbers values instead",
        "PATH");
    value<uint64_t>(
        "--seed", parseCount, [this](uint64_t seed) { line.seed = seed; },
        "equal seeds give equal orders (default: 0)", "N");
    value<double>(
        "--time-limit", parseSeconds,
        [this](double limit) { line.timeLimit = limit; },
        "seconds that the search may take", "SECONDS");
  }

  void compiling() {
    typing();
    emitting();
  }

  void typing() {
    value<std::vector<ElementType>>(
        "--dtype", parseElementTypes,
        [this](std::vector<ElementType> types) { line.dtypes = types; },
        "element types, one for all operands or one for each: " +
            elementTypeList() +
            " (default: f32; .npy files have their own, but bf16 is named)",
        "LIST");
    value<std::vector<uint64_t>>(
        "--conjugate", parseCounts,
        [this](std::vector<uint64_t> operands) { line.conjugate = operands; },
        "read complex operands of these numbers as their conjugates: 0,2",
        "LIST");
    value<ElementType>(
        "--accumulate", parseElementType,
        [this](ElementType type) { line.accumulate = type; },
        "sum integers in i32 or i64, which becomes the type of the result",
        "TYPE");
    app.add_option("--cpu", line.cpu,
                   "processor to generate code for: native, x86-64, x86-64-v2, "
                   "x86-64-v3 or avx2, x86-64-v4 or avx512 (default: native)")
        ->type_name("CPU");
    value<unsigned>(
        "--threads", parseSmallCount,
        [this](unsigned count) { line.threads = count; },
        "threads of a run (default: EINC_NUM_THREADS, else the processors "
        "this process may use)",
        "N");
    value<uint64_t>(
        "--max-memory", parseBytes,
        [this](uint64_t bytes) { line.maxMemory = bytes; },
        "bytes for operands, output and workspace, such as 512M or 4G "
        "(default: what is free)",
        "BYTES");
  }

  void emitting() {
    value<Stage>(
        "--emit", parseStage, [this](Stage stage) { line.emit = stage; },
        "print a stage instead of running: equation, plan, schedule, steps, "
        "mlir, llvm, asm",
        "STAGE");
    text("--output,-o", line.output,
         "write the result to FILE: .npy, or the text of --emit", "FILE");
    app.add_flag("--no-cache", line.noCache,
                 "neither look for kernels on disk nor keep them there");
  }

  void running() {
    app.add_option("FILES", line.files,
                   "operands in .npy files, in the order of the equation")
        ->type_name("");
    value<uint64_t>(
        "--random", parseCount,
        [this](uint64_t seed) { line.randomSeed = seed; },
        "fill operands of the given shapes with random numbers: in [-1, 1), "
        "integers near 0",
        "[=SEED]");
    app.add_flag("--verify", line.verify,
                 "compare with the naive formula; a mismatch exits with 4");
    value<unsigned>(
        "--repeat", parseSmallCount,
        [this](unsigned count) { line.repeat = count; },
        "time N more calls and print the speed", "N");
  }

  void benching() {
    value<unsigned>(
        "--turns", parseSmallCount,
        [this](unsigned count) { line.turns = std::max(9u, count); },
        "turns in which everything is measured (default and least: 9)", "N");
    app.add_option_function<std::string>(
           "--against",
           [this](const std::string &name) { line.against = name; },
           "an opponent to measure in the same turns: openblas")
        ->check(CLI::IsMember({"openblas"}))
        ->type_name("NAME");
  }

  void caching() {
    value<CacheAction>(
        "ACTION", parseCacheAction,
        [this](CacheAction action) { line.cacheAction = action; },
        "dir: print the folder; stats: what is in it; clear: remove all "
        "kernels; verify: check each",
        "");
    app.add_flag("--remove", line.remove, "with verify: remove what is bad");
    app.add_flag("--json", line.json, "print the result as one line of JSON");
  }

  bool parsed() const { return app.parsed(); }

  /// Moves the positional arguments to where they belong. Returns what is
  /// wrong with them, or nothing.
  std::string finish() {
    for (auto *argument : {&line.equation, &line.shapes, &line.dims,
                           &line.network, &line.output})
      if (*argument)
        **argument = unshield(std::move(**argument));
    // Without an equation, the first positional argument is a file.
    if (line.network && line.equation) {
      line.files.insert(line.files.begin(), *std::move(line.equation));
      line.equation.reset();
    }
    return findConflict(line);
  }

private:
  CLI::Option *text(const std::string &name, std::optional<std::string> &target,
                    const std::string &description, const char *type) {
    return app
        .add_option_function<std::string>(
            name, [&target](const std::string &given) { target = given; },
            description)
        ->type_name(type);
  }

  /// An option whose text goes through one of the functions of Values.h.
  template <typename T, typename Store>
  void value(const std::string &name,
             std::variant<T, std::string> (*parse)(std::string_view),
             Store store, const std::string &description, const char *type) {
    app.add_option_function<std::string>(
           name,
           [name, parse, store](const std::string &given) {
             auto parsed = parse(unshield(given));
             if (const auto *why = std::get_if<std::string>(&parsed))
               throw CLI::ValidationError(name + ": " + *why);
             store(std::get<T>(std::move(parsed)));
           },
           description)
        ->type_name(type);
  }

  CommandLine &line;
  CLI::App &app;
};

constexpr std::string_view commandNames[] = {"check",   "plan",  "run",
                                             "explain", "bench", "cache"};

std::string commandList() {
  std::string text;
  for (std::string_view name : commandNames)
    text.append(text.empty()                                        ? ""
                : name == commandNames[std::size(commandNames) - 1] ? " or "
                                                                    : ", ")
        .append(name);
  return text;
}

/// One line; a command that does not exist is named, which CLI11 does not do.
std::string usageMessage(const CLI::ParseError &error, int argc,
                         const char *const *argv) {
  if (argc < 2)
    return "a command is needed: " + commandList();
  std::string_view first = argv[1];
  if (!first.starts_with('-') &&
      std::find(std::begin(commandNames), std::end(commandNames), first) ==
          std::end(commandNames))
    return "'" + std::string(first) + "' is no command; use " + commandList();
  std::string message = error.what();
  std::replace(message.begin(), message.end(), '\n', ' ');
  while (message.ends_with(' '))
    message.pop_back();
  return message;
}

} // namespace

std::variant<CommandLine, int> parseCommandLine(int argc,
                                                const char *const *argv) {
  CommandLine line;
  CLI::App app("einc compiles einsum equations", "einc");
  app.set_version_flag("--version", "einc " EINC_VERSION);
  app.set_help_flag("--help,-h", "print this help and exit");
  app.require_subcommand(1);
  app.footer("Exit status: 0 ok, 1 bad equation, shape, type or target, 2 "
             "usage, 3 limit,\n4 verification mismatch, 5 input or output, 70 "
             "internal error.\n\nExample:\n"
             "  $ einc check \"ij,jk->ik\" --shapes 3x4,4x2");

  Declaration check(app, line, Command::Check, "check",
                    "Read an equation and infer the shape of its output",
                    CheckExample);
  check.equationAndShapes();

  Declaration plan(app, line, Command::Plan, "plan",
                   "Show the order of contraction and what it costs",
                   PlanExample);
  plan.equationAndShapes();
  plan.planning();

  Declaration run(app, line, Command::Run, "run",
                  "Compile an equation and run it", RunExample);
  run.equationAndShapes();
  run.planning();
  run.compiling();
  run.running();

  Declaration explain(app, line, Command::Explain, "explain",
                      "Show how each step will run and what it costs at least",
                      ExplainExample);
  explain.equationAndShapes();
  explain.planning();
  explain.typing();

  Declaration bench(app, line, Command::Bench, "bench",
                    "Time an equation beside the roofs of this machine",
                    BenchExample);
  bench.equationAndShapes();
  bench.planning();
  bench.typing();
  bench.benching();

  Declaration cache(app, line, Command::Cache, "cache",
                    "Look after the kernels that are kept on disk",
                    CacheExample);
  cache.caching();

  std::vector<std::string> arguments = prepareArguments(argc, argv);
  bool json = std::find(arguments.begin(), arguments.end(), "--json") !=
              arguments.end();
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::Success &request) {
    return app.exit(request);
  } catch (const CLI::ParseError &error) {
    return reportUsage(usageMessage(error, argc, argv), json);
  }
  for (Declaration *declared : {&check, &plan, &run, &explain, &bench, &cache})
    if (declared->parsed())
      if (std::string mistake = declared->finish(); !mistake.empty())
        return reportUsage(mistake, json);
  return line;
}

} // namespace einc
