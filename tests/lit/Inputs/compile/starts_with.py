# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Fails unless the first file begins with all of the second, which is code."""

import sys

with open(sys.argv[1], encoding="utf-8") as whole, \
        open(sys.argv[2], encoding="utf-8") as start:
    expected = start.read()
    sys.exit(len(expected) < 1000 or not whole.read().startswith(expected))
