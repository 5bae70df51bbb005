// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The subcommands and their options as data. The reader of the command line,
/// --help, the completion scripts and the manual page are all made from it, so
/// that none of them can lack an option that another one has.

#ifndef EINC_TOOLS_EINC_DECLARATIONS_H
#define EINC_TOOLS_EINC_DECLARATIONS_H

#include "tools/einc/Values.h"

#include <functional>

namespace einc {

struct OptionDeclaration {
  enum class Kind { Flag, Value, Values };

  /// "--output,-o"; "FILES" if it is a positional argument.
  std::string names;
  /// Of the value in help: "FILE"; "[=SEED]" if it may be left out.
  std::string valueName;
  std::string description;
  Kind kind = Kind::Value;
  /// Keeps the value, which is empty for a flag. Returns what is wrong with
  /// it, or nothing.
  std::function<std::string(const std::string &)> store = {};
  /// What the shell offers as values; empty: anything, or files.
  std::vector<std::string> choices = {};

  bool isPositional() const { return !names.starts_with('-'); }
  bool takesFile() const {
    return valueName == "FILE" || names == "FILE" || names == "FILES";
  }
  /// "--output" and "-o".
  std::vector<std::string> listNames() const;
  /// The first of them.
  std::string name() const { return names.substr(0, names.find(',')); }
};

class CommandDeclaration {
public:
  CommandDeclaration(Command command, std::string name, std::string description,
                     const char *examples)
      : command(command), name(std::move(name)),
        description(std::move(description)), examples(examples) {}

  OptionDeclaration &flag(const std::string &names, bool &target,
                          const std::string &description);
  OptionDeclaration &text(const std::string &names,
                          std::optional<std::string> &target,
                          const std::string &description,
                          const std::string &valueName);
  OptionDeclaration &files(const std::string &names,
                           std::vector<std::string> &target,
                           const std::string &description);

  /// An option whose text goes through one of the functions of Values.h;
  /// `keep` is what it becomes, or is called with it.
  template <typename T, typename Keep>
  OptionDeclaration &value(const std::string &names,
                           Parsed<T> (*parse)(std::string_view), Keep &&keep,
                           const std::string &description,
                           const std::string &valueName) {
    OptionDeclaration option{names, valueName, description};
    if constexpr (std::is_invocable_v<Keep, T>)
      option.store = [parse, keep](const std::string &given) {
        return store(parse(given), keep);
      };
    else
      option.store = [parse, &keep](const std::string &given) {
        return store(parse(given),
                     [&keep](T parsed) { keep = std::move(parsed); });
      };
    return options.emplace_back(std::move(option));
  }

  Command command;
  std::string name;
  std::string description;
  /// Printed below the options.
  const char *examples;
  /// Neither in the list of commands nor completed.
  bool hidden = false;
  std::vector<OptionDeclaration> options;

private:
  template <typename T, typename Keep>
  static std::string store(Parsed<T> parsed, const Keep &keep) {
    if (auto *mistake = std::get_if<std::string>(&parsed))
      return std::move(*mistake);
    keep(std::get<T>(std::move(parsed)));
    return "";
  }
};

/// All subcommands, in the order of help. Their options write to `line`, which
/// must outlive them and stay where it is.
std::vector<CommandDeclaration> declareCommands(CommandLine &line);

} // namespace einc

#endif // EINC_TOOLS_EINC_DECLARATIONS_H
