# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Has mandoc or groff, whichever is there, look at the manual page."""

import shutil
import subprocess
import sys

page = subprocess.run([sys.argv[1], "man"], stdout=subprocess.PIPE,
                      check=True).stdout
for command in (["mandoc", "-T", "lint", "-W", "warning"],
                ["groff", "-man", "-ww", "-Tutf8"],
                ["nroff", "-man"]):
    if shutil.which(command[0]):
        result = subprocess.run(command, input=page, check=False,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        complaints = result.stderr
        if command[0] == "mandoc":
            complaints += result.stdout
        sys.exit(complaints.decode() or result.returncode)
print("neither mandoc nor groff: the page was not looked at")
