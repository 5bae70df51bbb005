# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares what help lists with the completion scripts and the manual page."""

import re
import subprocess
import sys

EINC = sys.argv[1]


def run(*arguments):
    return subprocess.run([EINC, *arguments], stdout=subprocess.PIPE, text=True,
                          check=True).stdout


def options_of(help_text):
    found = re.findall(r"^  (-\S+)", help_text, re.M)
    return [name for names in found for name in names.split(",")]


def section(text, start, end):
    """From the line that matches `start` to the next that matches `end`."""
    begin = re.search(start, text, re.M)
    if not begin:
        return ""
    rest = text[begin.end():]
    stop = re.search(end, rest, re.M)
    return rest[:stop.start()] if stop else rest


commands = re.findall(r"^  (\w+) {2,}\S", section(
    run("--help"), r"^Subcommands:$", r"^Exit status"), re.M)
bash, zsh, fish = (run("completion", shell) for shell in ("bash", "zsh", "fish"))
page = run("man").replace("\\-", "-")
problems, count = [], 0
if len(commands) < 7:
    problems.append(f"help lists {commands} only")
for command in commands:
    help_text = run(command, "--help")
    if f"$ einc {command}" not in help_text:
        if not re.search(rf"\$ .*einc {command}", help_text):
            problems.append(f"{command} --help has no example")
    texts = {
        "bash": section(bash, rf"^  {command}\)$", r";;$"),
        "zsh": section(zsh, rf"^  {command}\) _arguments", r";;$"),
        "fish": "\n".join(line for line in fish.splitlines()
                          if f"subcommand_from {command}'" in line),
        "man": section(page, rf"^\.SS {command}$", r"^\.S[SH]"),
    }
    for option in options_of(help_text):
        if option == "-h" or (option == "--help"):
            continue
        count += 1
        for shell, text in texts.items():
            name = option
            if shell == "fish":
                name = ("-l " + option[2:] if option.startswith("--")
                        else "-s " + option[1:])
            if not re.search(re.escape(name) + r"(?![\w-])", text):
                problems.append(f"{command} {option} is not in {shell}")
    # And no more than help has.
    known = set(options_of(help_text))
    offered = re.search(r"_einc_words '([^']*)'", texts["bash"])
    for option in (offered[1].split() if offered else ["nothing"]):
        if option not in known:
            problems.append(f"bash offers {command} {option}")
if count < 40:
    problems.append(f"only {count} options were compared")
sys.exit("\n".join(problems) or 0)
