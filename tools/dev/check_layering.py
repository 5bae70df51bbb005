#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares what each folder includes with what its CMakeLists.txt allows.

A folder with an einc_add_library(... DEPENDS ...) may include its own headers
and those of the libraries in DEPENDS, directly or through others. A program
names its libraries in target_link_libraries. LLVM is for a few folders only,
the runtime knows the artifact's header and nothing else, and CLI11, which costs
six seconds a file, is included once in each program.
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LLVM_FOLDERS = {f"compiler/{name}" for name in
                ("Emit", "Kernels", "Codegen", "IR", "Passes")}
LLVM_FOLDERS.add("tools/einc-opt")
LLVM_HEADERS = {"include/einc-c/Dialect.h"}
PUBLIC = ("einc/", "einc-c/")
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)
LIBRARY = re.compile(r"einc_add_library\(\s*(\S+)([^)]*)\)")
PROGRAM_LINKS = re.compile(r"target_link_libraries\(\s*(\S+)([^)]*)\)")


def tracked(*patterns):
    listing = subprocess.run(["git", "ls-files", "-z", "--", *patterns],
                             cwd=ROOT, check=True, capture_output=True)
    return [name for name in listing.stdout.decode().split("\0") if name]


def read_libraries():
    """Folder -> (library name, names it links)."""
    folders = {}
    for name in tracked("compiler/*CMakeLists.txt", "runtime/CMakeLists.txt",
                        "tools/*CMakeLists.txt"):
        text = re.sub(r"#.*", "", (ROOT / name).read_text())
        library, links = None, set()
        for found in LIBRARY.finditer(text):
            library = library or found.group(1)
            links.update(found.group(2).partition("DEPENDS")[2].split())
        for found in PROGRAM_LINKS.finditer(text):
            links.update(found.group(2).split())
        if library or links:
            folders[str(pathlib.Path(name).parent)] = (library, links)
    return folders


def closure(start, direct):
    seen, todo = set(), list(start)
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo.extend(direct.get(name, ()))
    return seen


def folder_of(name, folders):
    """The nearest folder above a file that has a library or program."""
    for parent in pathlib.PurePath(name).parents:
        if str(parent) in folders:
            return str(parent)
    return None


def main():
    folders = read_libraries()
    library_folder = {library: folder
                      for folder, (library, _) in folders.items() if library}
    direct = {library: links for library, links in folders.values() if library}
    errors, cli11 = [], []
    sources = tracked("compiler/*.h", "compiler/*.c", "compiler/*.cpp",
                      "runtime/*.h", "runtime/*.c", "runtime/*.cpp",
                      "include/*.h", "tools/*.h", "tools/*.c", "tools/*.cpp")
    for source in sources:
        folder = folder_of(source, folders)
        links = folders[folder][1] if folder else set()
        allowed = {library_folder[library]
                   for library in closure(links, direct)
                   if library in library_folder} | {folder}
        for header in INCLUDE.findall((ROOT / source).read_text()):
            def complain(why):
                errors.append(f"{source}: includes {header}: {why}")

            if header.startswith(("llvm/", "mlir/", "llvm-c/", "mlir-c/")):
                if source not in LLVM_HEADERS and not any(
                        source.startswith(f"{allowed_folder}/")
                        for allowed_folder in LLVM_FOLDERS):
                    complain("LLVM is out of reach of this folder")
            elif header.startswith("CLI/"):
                cli11.append(source)
            elif header.startswith(PUBLIC):
                if folder == "runtime" and not header.startswith("einc-c/"):
                    complain("the runtime knows einc-c/ only")
            elif header.startswith(("compiler/", "runtime/", "tools/")):
                if source.startswith("include/"):
                    complain("public headers know public headers only")
                elif folder and folder_of(header, folders) not in allowed:
                    complain(f"not among the libraries that {folder} links")
    for folder in {str(pathlib.Path(source).parent) for source in cli11}:
        files = [source for source in cli11
                 if str(pathlib.Path(source).parent) == folder]
        if len(files) > 1:
            errors.append(f"CLI11 is included by {len(files)} files: "
                          + ", ".join(files))
    for error in errors:
        print(error)
    print(f"layering: {len(sources)} files, {len(errors)} mistakes")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
