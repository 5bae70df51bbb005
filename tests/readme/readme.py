#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Holds README.md to its word.

  readme.py extract README NAME FILE     write the program of that name to FILE
  readme.py program README NAME BINARY   run it; compare with the block after it
  readme.py script README NAME PYTHON    the same in Python, which needs no file
  readme.py commands README BIN_FOLDER   run every `$ einc ...`; compare outputs

Programs are named by their language and their number among those of the same
one: cpp0, cpp1, c0, python0. What a program prints stands in the block after it.
Times, speeds, sizes of code and rounding errors differ from run to run and from
machine to machine; they are compared as "#".
"""

import difflib
import os
import re
import subprocess
import sys
import tempfile

MEASURED = re.compile(
    r"[0-9][0-9.e+-]* (?:ms|us|s|GFLOP/s|bytes of code)\b|(?<=max error )[^,]+|"
    r"(?<=bound )[^:]+")


def blocks(path):
    """(language, text) of each fenced block."""
    with open(path, encoding="utf-8") as file:
        parts = re.findall(r"^```(\w*)\n(.*?)^```$", file.read(),
                           re.MULTILINE | re.DOTALL)
    return parts


def programs(path):
    """Name -> (source, what it prints) of each block with a main function, and
    of each block of Python."""
    found = blocks(path)
    result = {}
    for language in ("c", "cpp", "python"):
        own = [(text, found[i + 1][1]) for i, (name, text) in enumerate(found)
               if name == language and ("int main(" in text or name == "python")]
        result.update({f"{language}{i}": entry for i, entry in enumerate(own)})
    return result


def commands(path):
    """(command line, what it prints) of each console block."""
    for language, text in blocks(path):
        if language == "console":
            for entry in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                line, _, output = entry.partition("\n")
                yield line, output


def mask(text):
    # Columns move when a number in them changes its length.
    return [re.sub(r" +", " ", MEASURED.sub("#", line)).rstrip()
            for line in text.splitlines()]


def differs(what, expected, actual):
    difference = list(difflib.unified_diff(
        mask(expected), mask(actual), "README.md", what, lineterm=""))
    print("\n".join(difference) if difference else f"{what}: as README.md says")
    return bool(difference)


def run(command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False,
                          timeout=300, **options).stdout


def main():
    mode, readme, *rest = sys.argv[1:]
    if mode == "extract":
        with open(rest[1], "w", encoding="utf-8") as file:
            file.write(programs(readme)[rest[0]][0])
        return 0
    if mode == "script":
        source, expected = programs(readme)[rest[0]]
        return differs(f"program {rest[0]}", expected,
                       run([rest[1], "-c", source]))
    if mode == "program":
        expected = programs(readme)[rest[0]][1]
        return differs(f"program {rest[0]}", expected, run([rest[1]]))
    path = os.path.abspath(rest[0]) + os.pathsep + os.environ["PATH"]
    environment = dict(os.environ, PATH=path, LC_ALL="C")
    environment.pop("EINC_CACHE_MAX_BYTES", None)
    found = [(line, output) for line, output in commands(readme)
             if line.startswith("einc ")]
    with tempfile.TemporaryDirectory() as folder:
        # What the first of them compile the later ones find.
        environment["EINC_CACHE_DIR"] = os.path.join(folder, "cache")
        results = [differs(line, output, run(line, shell=True, cwd=folder,
                                             env=environment))
                   for line, output in found]
    return 1 if any(results) or not results else 0


if __name__ == "__main__":
    sys.exit(main())
