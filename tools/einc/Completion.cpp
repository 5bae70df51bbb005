// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What completion offers: subcommands, their options, values where there is a
/// list of them, files where files are taken.

#include "tools/einc/Completion.h"

#include "tools/einc/Commands.h"
#include "tools/einc/Report.h"

namespace einc {

using Kind = OptionDeclaration::Kind;

static std::string join(const std::vector<std::string> &words,
                        const char *separator = " ") {
  std::string text;
  for (const std::string &word : words)
    text += (text.empty() ? "" : separator) + word;
  return text;
}

/// Characters of `special`, and the backslash, with a backslash in front.
static std::string escape(std::string_view text, std::string_view special) {
  std::string escaped;
  for (char c : text) {
    if (c == '\\' || special.find(c) != special.npos)
      escaped += '\\';
    escaped += c;
  }
  return escaped;
}

/// In single quotes, for bash and zsh, which have no escapes in there.
static std::string quote(std::string_view text) {
  std::string quoted = "'";
  for (char c : text)
    if (c == '\'')
      quoted += "'\\''";
    else
      quoted += c;
  return quoted + "'";
}

/// Whether the value stands in a word of its own.
static bool needsValue(const OptionDeclaration &option) {
  return option.kind != Kind::Flag && !option.valueName.starts_with("[=");
}

static std::string bashReply(const OptionDeclaration &option) {
  if (!option.choices.empty())
    return "_einc_words " + quote(join(option.choices));
  return option.takesFile() ? "_einc_files" : ":";
}

std::string bashCompletion(const std::vector<CommandDeclaration> &commands) {
  std::string names, values, words;
  for (const CommandDeclaration &command : commands) {
    if (command.hidden)
      continue;
    names += command.name + " ";
    std::string options = "--help", positional = ":";
    for (const OptionDeclaration &option : command.options) {
      if (option.isPositional()) {
        // Files are offered wherever one of the arguments is a file.
        if (positional == ":")
          positional = bashReply(option);
        continue;
      }
      options.append(" ").append(join(option.listNames()));
      if (!needsValue(option))
        continue;
      std::string patterns;
      for (const std::string &name : option.listNames())
        patterns += (patterns.empty() ? "" : " | ") + command.name + ":" + name;
      values += "  " + patterns + ") " + bashReply(option) + "; return ;;\n";
    }
    words += "  " + command.name + ")\n    if [[ $word == -* ]]; then\n" +
             "      _einc_words " + quote(options) + "\n    else\n      " +
             positional + "\n    fi ;;\n";
  }
  return "# Completion of einc for bash: source <(einc completion bash)\n"
         "_einc_words() { COMPREPLY=($(compgen -W \"$1\" -- \"$word\")); }\n"
         "_einc_files() {\n"
         "  compopt -o filenames 2>/dev/null\n"
         "  mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
         "}\n"
         "_einc() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]}\n"
         "  local before=${COMP_WORDS[COMP_CWORD - 1]}\n"
         "  COMPREPLY=()\n"
         "  if ((COMP_CWORD == 1)); then\n"
         "    _einc_words " +
         quote(names + "--help --version") +
         "\n    return\n  fi\n"
         "  # bash takes --option=value for three words.\n"
         "  if [[ $word == = ]]; then\n"
         "    word=\n"
         "  elif [[ $before == = ]]; then\n"
         "    before=${COMP_WORDS[COMP_CWORD - 2]}\n"
         "  fi\n"
         "  case ${COMP_WORDS[1]}:$before in\n" +
         values + "  esac\n  case ${COMP_WORDS[1]} in\n" + words +
         "  esac\n}\ncomplete -F _einc einc\n";
}

static std::string zshValue(const OptionDeclaration &option) {
  std::string text = ":";
  text.append(escape(option.isPositional() ? option.names : option.valueName,
                     ":[]"))
      .append(":");
  if (!option.choices.empty())
    text.append("(").append(join(option.choices)).append(")");
  else if (option.takesFile())
    text += "_files";
  return text;
}

std::string zshCompletion(const std::vector<CommandDeclaration> &commands) {
  std::string names, cases;
  for (const CommandDeclaration &command : commands) {
    if (command.hidden)
      continue;
    names += "    " +
             quote(command.name + ":" + escape(command.description, ":")) +
             "\n";
    cases += "  " + command.name + ") _arguments";
    unsigned place = 0;
    for (const OptionDeclaration &option : command.options) {
      std::string description = escape(option.description, ":[]");
      if (option.isPositional()) {
        std::string where =
            option.kind == Kind::Values ? "*" : std::to_string(++place);
        cases += " \\\n    " + quote(where + zshValue(option));
        continue;
      }
      for (const std::string &name : option.listNames()) {
        std::string equals = !needsValue(option)      ? ""
                             : name.starts_with("--") ? "="
                                                      : "+";
        cases +=
            " \\\n    " + quote(name + equals + "[" + description + "]" +
                                (needsValue(option) ? zshValue(option) : ""));
      }
    }
    cases += " \\\n    '--help[print help]' ;;\n";
  }
  return "#compdef einc\n"
         "# Completion of einc for zsh: source <(einc completion zsh), or as "
         "a\n"
         "# file named _einc in a folder of $fpath.\n"
         "_einc() {\n"
         "  local -a commands\n"
         "  commands=(\n" +
         names +
         "  )\n"
         "  if ((CURRENT == 2)); then\n"
         "    _describe command commands\n"
         "    _arguments '--help[print help]' '--version[print the version]'\n"
         "    return\n"
         "  fi\n"
         "  local command=$words[2]\n"
         "  shift words\n"
         "  ((CURRENT--))\n"
         "  case $command in\n" +
         cases +
         "  esac\n"
         "}\n"
         "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n"
         "  _einc \"$@\"\n"
         "else\n"
         "  compdef _einc einc\n"
         "fi\n";
}

std::string fishCompletion(const std::vector<CommandDeclaration> &commands) {
  auto quoted = [](std::string_view text) {
    return std::string("'").append(escape(text, "'")).append("'");
  };
  std::string text =
      "# Completion of einc for fish: einc completion fish | source\n"
      "complete -c einc -f\n"
      "complete -c einc -n __fish_use_subcommand -l help -d 'Print help'\n"
      "complete -c einc -n __fish_use_subcommand -l version"
      " -d 'Print the version'\n";
  for (const CommandDeclaration &command : commands) {
    if (command.hidden)
      continue;
    text += "complete -c einc -n __fish_use_subcommand -a " + command.name +
            " -d " + quoted(command.description) + "\n";
    std::string start = "complete -c einc -n '__fish_seen_subcommand_from " +
                        command.name + "'";
    text += start + " -l help -d 'Print help'\n";
    for (const OptionDeclaration &option : command.options) {
      if (option.isPositional() && option.choices.empty() &&
          !option.takesFile())
        continue;
      text += start;
      if (!option.isPositional()) {
        for (const std::string &name : option.listNames())
          text += name.starts_with("--") ? " -l " + name.substr(2)
                                         : " -s " + name.substr(1);
        if (needsValue(option))
          text += " -r";
      }
      if (option.takesFile())
        text += " -F";
      if (!option.choices.empty())
        text += " -a " + quoted(join(option.choices));
      text += " -d " + quoted(option.description) + "\n";
    }
  }
  return text;
}

int completion(const CommandLine &line) {
  CommandLine unused;
  std::vector<CommandDeclaration> commands = declareCommands(unused);
  switch (*line.shell) {
  case Shell::Bash:
    printResult(bashCompletion(commands));
    break;
  case Shell::Zsh:
    printResult(zshCompletion(commands));
    break;
  case Shell::Fish:
    printResult(fishCompletion(commands));
    break;
  }
  return ExitOk;
}

} // namespace einc
