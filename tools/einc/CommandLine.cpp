// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Reads the command line as declared. The only file that includes CLI11: it
/// costs seconds.

#include "tools/einc/CommandLine.h"

#include "tools/einc/Conflicts.h"
#include "tools/einc/Declarations.h"
#include "tools/einc/Examples.h"
#include "tools/einc/Report.h"

#include <CLI/CLI.hpp>

namespace einc {

namespace {

/// CLI11 takes "->ij" for an option and splits "[...]" into a list. Arguments
/// that start so travel behind this character.
constexpr char Shield = '\x01';

std::string unshield(std::string text) {
  if (text.starts_with(Shield))
    text.erase(text.begin());
  return text;
}

/// The arguments as CLI11 reads them rightly, from last to first as it wants
/// them: shielded, an empty value as an argument of its own, and the values
/// that
/// "--random" and "--multiversion" may have always there, so that they take no
/// file for it.
std::vector<std::string> prepareArguments(int argc, const char *const *argv) {
  std::vector<std::string> arguments;
  for (int i = argc - 1; i > 0; --i) {
    std::string text = argv[i];
    bool empty = text.starts_with("--") && text.ends_with('=');
    if (text == "--random")
      text = "--random=0";
    // The name that compilers have for it, which CLI11 reads as -s -h -a ...
    if (text == "-shared")
      text = "--shared";
    if (text == "--multiversion")
      text = "--multiversion=x86-64-v4,x86-64-v3,x86-64";
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

/// Makes an option of CLI11. What `store` finds wrong becomes CLI11's error.
void addOption(CLI::App &app, const OptionDeclaration &declared) {
  using Kind = OptionDeclaration::Kind;
  auto keep = [&declared](const std::string &given) {
    if (std::string mistake = declared.store(unshield(given)); !mistake.empty())
      throw CLI::ValidationError(declared.name() + ": " + mistake);
  };
  if (declared.kind == Kind::Flag) {
    app.add_flag_callback(
        declared.names, [keep] { keep(""); }, declared.description);
    return;
  }
  CLI::Option *option =
      declared.kind == Kind::Value
          ? app.add_option_function<std::string>(declared.names, keep,
                                                 declared.description)
          : app.add_option_function<std::vector<std::string>>(
                declared.names,
                [keep](const std::vector<std::string> &values) {
                  for (const std::string &given : values)
                    keep(given);
                },
                declared.description);
  option->type_name(declared.valueName);
}

void addCommand(CLI::App &parent, CommandLine &line,
                const CommandDeclaration &declared) {
  CLI::App &app = *parent.add_subcommand(declared.name, declared.description);
  app.footer(declared.examples);
  if (declared.hidden)
    app.group("");
  for (const OptionDeclaration &option : declared.options)
    addOption(app, option);
  app.parse_complete_callback(
      [&line, command = declared.command] { line.command = command; });
}

using CommandList = std::vector<CommandDeclaration>;

std::string commandNames(const CommandList &commands) {
  std::vector<std::string> names;
  for (const CommandDeclaration &command : commands)
    if (!command.hidden)
      names.push_back(command.name);
  return listOfWords(names);
}

/// One line; a command that does not exist is named, which CLI11 does not do.
std::string usageMessage(const CLI::ParseError &error, int argc,
                         const char *const *argv, const CommandList &commands) {
  if (argc < 2)
    return "a command is needed: " + commandNames(commands);
  std::string_view first = argv[1];
  if (!first.starts_with('-') && std::none_of(commands.begin(), commands.end(),
                                              [first](const auto &command) {
                                                return command.name == first;
                                              }))
    return "'" + std::string(first) + "' is no command; use " +
           commandNames(commands);
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
  const CommandList commands = declareCommands(line);
  CLI::App app("einc compiles einsum equations", "einc");
  app.set_version_flag("--version", "einc " EINC_VERSION);
  app.set_help_flag("--help,-h", "print this help and exit");
  app.require_subcommand(1);
  app.footer(GeneralHelp);
  for (const CommandDeclaration &command : commands)
    addCommand(app, line, command);

  std::vector<std::string> arguments = prepareArguments(argc, argv);
  bool json = std::find(arguments.begin(), arguments.end(), "--json") !=
              arguments.end();
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::Success &request) {
    return app.exit(request);
  } catch (const CLI::ParseError &error) {
    return reportUsage(usageMessage(error, argc, argv, commands), json);
  }
  // Without an equation, the first positional argument is a file.
  if (line.network && line.equation) {
    line.files.insert(line.files.begin(), *std::move(line.equation));
    line.equation.reset();
  }
  if (std::string mistake = findConflict(line); !mistake.empty())
    return reportUsage(mistake, json);
  return line;
}

} // namespace einc
