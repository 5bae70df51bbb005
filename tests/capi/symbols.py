#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Holds libeinc.so to symbols.txt.

  symbols.py LIBRARY LIST PROGRAM

The C functions that it exports are those of the list, no more and no fewer; all
else that it exports is in namespace einc; and the C test calls each function of
the list.
"""

import subprocess
import sys


def names(*arguments):
    output = subprocess.run(["nm", *arguments], check=True,
                            capture_output=True, text=True).stdout
    return {line.split()[-1].partition("@")[0] for line in output.splitlines()}


def demangled(symbols):
    output = subprocess.run(["c++filt"], input="\n".join(symbols), check=True,
                            capture_output=True, text=True).stdout
    return output.splitlines()


def main():
    library, listing, program = sys.argv[1:]
    with open(listing, encoding="utf-8") as file:
        expected = set(file.read().split())
    exported = names("-D", "--defined-only", library)
    cxx = sorted(name for name in exported if name.startswith("_Z"))
    errors = [f"exported but not listed: {name}"
              for name in sorted(exported - set(cxx) - expected)]
    errors += [f"listed but not exported: {name}"
               for name in sorted(expected - exported)]
    errors += [f"not in namespace einc: {name}" for name in demangled(cxx)
               if not name.removeprefix("typeinfo for ")
               .removeprefix("typeinfo name for ")
               .removeprefix("vtable for ").startswith("einc::")]
    called = names("-u", program)
    errors += [f"not called by the test: {name}"
               for name in sorted(expected - called)]
    print("\n".join(errors))
    print(f"{len(exported)} symbols, {len(expected)} of them C, "
          f"{len(errors)} mistakes")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
