// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// einc.1, in the man macros of troff.

#include "tools/einc/Commands.h"
#include "tools/einc/Declarations.h"
#include "tools/einc/Examples.h"
#include "tools/einc/Report.h"

namespace einc {

/// Text as it is: no escapes, no hyphens for minus signs, no requests.
static std::string plain(std::string_view text) {
  std::string escaped;
  bool lineStart = true;
  for (char c : text) {
    if (lineStart && (c == '.' || c == '\''))
      escaped += "\\&";
    if (c == '\\')
      escaped += "\\e";
    else if (c == '-')
      escaped += "\\-";
    else
      escaped += c;
    lineStart = c == '\n';
  }
  return escaped;
}

/// Lines that are not filled.
static std::string verbatim(std::string_view text) {
  while (text.starts_with('\n'))
    text.remove_prefix(1);
  while (text.ends_with('\n'))
    text.remove_suffix(1);
  return ".PP\n.nf\n" + plain(text) + "\n.fi\n";
}

static std::string describe(const OptionDeclaration &option) {
  std::string names;
  for (const std::string &name : option.listNames())
    names += (names.empty() ? "" : ", ") + plain(name);
  std::string text = ".TP\n\\fB" + names + "\\fR";
  if (!option.valueName.empty()) {
    bool attached = option.valueName.starts_with('[');
    text.append(attached ? "\\fI" : " \\fI")
        .append(plain(option.valueName))
        .append("\\fR");
  }
  return text + "\n" + plain(option.description) + "\n";
}

static std::string manPage(const std::vector<CommandDeclaration> &commands,
                           const char *version) {
  std::string synopsis, sections;
  for (const CommandDeclaration &command : commands) {
    if (command.hidden)
      continue;
    std::string usage = "\\fBeinc " + command.name + "\\fR [\\fIoptions\\fR]";
    for (const OptionDeclaration &option : command.options)
      if (option.isPositional())
        usage += " [\\fI" + option.names + "\\fR" +
                 (option.kind == OptionDeclaration::Kind::Values ? "..." : "") +
                 "]";
    synopsis += (synopsis.empty() ? "" : ".br\n") + usage + "\n";
    sections +=
        ".SS " + command.name + "\n" + plain(command.description) + ".\n";
    for (const OptionDeclaration &option : command.options)
      sections += describe(option);
    sections += verbatim(command.examples);
  }
  return ".TH EINC 1 \"\" \"einc " + std::string(version) +
         "\"\n"
         ".SH NAME\neinc \\- compile einsum equations and run them\n"
         ".SH SYNOPSIS\n" +
         synopsis +
         ".br\n\\fBeinc\\fR [\\fB\\-\\-help\\fR] [\\fB\\-\\-version\\fR]\n"
         ".SH COMMANDS\nEach takes \\fB\\-\\-help\\fR.\n" +
         sections + ".SH EXIT STATUS\n" + verbatim(GeneralHelp);
}

int manPage(const CommandLine &) {
  CommandLine unused;
  printResult(manPage(declareCommands(unused), EINC_VERSION));
  return ExitOk;
}

} // namespace einc
