# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs a command on a terminal of its own and prints what it wrote there."""

import os
import pty
import sys

os.environ.setdefault("TERM", "xterm")
process, terminal = pty.fork()
if process == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
try:
    while data := os.read(terminal, 4096):
        sys.stdout.buffer.write(data)
except OSError:
    pass  # the command has closed its side
os.waitpid(process, 0)
