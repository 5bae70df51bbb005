#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Packs a wheel of the build that is given, installs it in an environment of
its own and uses it there: it must bring all it needs but numpy."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy

SOURCE = Path(__file__).resolve().parents[2]

USE = """
import os, sys
import numpy as np
import einc
a = np.arange(12.0).reshape(3, 4)
np.testing.assert_array_equal(einc.einsum("ij,kj->ik", a, a), a @ a.T)
print(os.path.dirname(einc.__file__))
"""


def main():
    build = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {key: value for key, value in os.environ.items()
                       if not key.startswith(("PYTHON", "EINC", "LD_"))}
        # The caller's PWD would be what build-dir is relative to.
        environment["PWD"] = name

        def run(*command, **more):
            return subprocess.run(
                [str(part) for part in command], check=True, cwd=name,
                env={**environment, **more}, text=True,
                stdout=subprocess.PIPE).stdout

        run(sys.executable, "-m", "pip", "wheel", SOURCE / "tools/python",
            "--no-build-isolation", "--no-deps", "--no-index", "-q",
            "--config-settings", f"build-dir={build}", "-w", name)
        [wheel] = folder.glob("einc-*.whl")
        run(sys.executable, "-m", "venv", folder / "other")
        python = folder / "other/bin/python"
        run(python, "-m", "pip", "install", "-q", "--no-deps", "--no-index", wheel)
        # numpy is that of the tests: nothing is downloaded.
        numpys = folder / "numpys"
        numpys.mkdir()
        for part in Path(numpy.__file__).parents[1].glob("numpy*"):
            (numpys / part.name).symlink_to(part)
        where = run(python, "-c", USE, PYTHONPATH=str(numpys)).strip()
        if not where.startswith(str(folder / "other")):
            raise SystemExit(f"used {where}, not the wheel")
        maps = run(python, "-c", USE + "print(open('/proc/self/maps').read())",
                   PYTHONPATH=str(numpys))
        strange = {line.split()[-1] for line in maps.splitlines()
                   if "libeinc" in line and str(folder) not in line}
        if strange:
            raise SystemExit(f"loaded from elsewhere: {strange}")
        print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB, works")


if __name__ == "__main__":
    main()
