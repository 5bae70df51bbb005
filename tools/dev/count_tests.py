#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints "N passed, N failed, N skipped" for a JUnit report of ctest."""

import sys
import xml.etree.ElementTree


def outcome(case):
    if case.get("status") == "run":
        return "passed"
    # ctest also calls a test skipped whose program is missing; that is a
    # failure here.
    skipped = case.find("skipped")
    if skipped is not None and skipped.get("message", "").startswith("SKIP_"):
        return "skipped"
    return "failed"


def main():
    count = {"passed": 0, "failed": 0, "skipped": 0}
    for case in xml.etree.ElementTree.parse(sys.argv[1]).iter("testcase"):
        count[outcome(case)] += 1
    print(", ".join(f"{number} {name}" for name, number in count.items()))


if __name__ == "__main__":
    main()
