# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Builds the wheel, for pip (PEP 517): the CMake build makes the package, and
here it is packed.

    pip wheel tools/python
    pip wheel tools/python --config-settings build-dir=build/dev     # of a build that exists

Without build-dir, everything is built in build/wheel. CC and CXX choose the
compilers, CMAKE_ARGS adds to what CMake is told.
"""

import base64
import hashlib
import os
import re
import shlex
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    given = (config_settings or {}).get("build-dir")
    # pip runs this in tools/python; the path is the caller's.
    build = Path(os.environ.get("PWD", "."), given) if given else ROOT / "build/wheel"
    if not given:
        configure(build)
    subprocess.run(["cmake", "--build", str(build), "--target", "einc-python"],
                   check=True)
    return pack(build / "python/einc", Path(wheel_directory))


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    """Without it pip would build everything to learn what it depends on."""
    info = Path(metadata_directory) / f"einc-{version()}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(metadata(), encoding="utf-8")
    return info.name


def configure(build):
    command = ["cmake", "-S", str(ROOT), "-B", str(build), "-G", "Ninja",
               "-DCMAKE_BUILD_TYPE=Release", "-DEINC_BUILD_PYTHON=ON",
               "-DEINC_BUILD_TOOLS=OFF", "-DEINC_BUILD_TESTS=OFF",
               f"-DPython_EXECUTABLE={sys.executable}"]
    subprocess.run(command + shlex.split(os.environ.get("CMAKE_ARGS", "")),
                   check=True)


def version():
    text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    return re.search(r"project\(einc VERSION ([0-9.]+)", text).group(1)


def metadata():
    """What pyproject.toml says, in the wheel's form."""
    text = (HERE / "pyproject.toml").read_text(encoding="utf-8")

    def find(key):
        return re.search(rf'^{key} = \[?"(.*?)"\]?$', text, re.M).group(1)

    return "\n".join([
        "Metadata-Version: 2.1", "Name: einc", f"Version: {version()}",
        f"Summary: {find('description')}",
        "License: Apache-2.0 WITH LLVM-exception",
        f"Requires-Python: {find('requires-python')}",
        f"Requires-Dist: {find('dependencies')}", "Provides-Extra: bf16",
        f"Requires-Dist: {find('bf16')} ; extra == 'bf16'", ""])


def pack(package, folder):
    python = f"cp{sys.version_info.major}{sys.version_info.minor}"
    platform = re.sub(r"[.-]", "_", sysconfig.get_platform())
    tag = f"{python}-{python}-{platform}"
    info = f"einc-{version()}.dist-info"
    name = f"einc-{version()}-{tag}.whl"
    record = []
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as wheel:
        def add(path, data, mode=0o644):
            # A fixed date: equal files make equal wheels.
            entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = (0o100000 | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            wheel.writestr(entry, data)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest())
            record.append(f"{path},sha256={digest.decode().rstrip('=')},{len(data)}")

        for path in sorted(package.iterdir()):
            if path.is_file():
                add(f"einc/{path.name}", path.read_bytes(),
                    0o755 if ".so" in path.name else 0o644)
        add(f"{info}/LICENSE", (ROOT / "LICENSE").read_bytes())
        add(f"{info}/METADATA", metadata().encode())
        add(f"{info}/WHEEL", (f"Wheel-Version: 1.0\nGenerator: einc\n"
                              f"Root-Is-Purelib: false\nTag: {tag}\n").encode())
        record.append(f"{info}/RECORD,,")
        add(f"{info}/RECORD", ("\n".join(record) + "\n").encode())
    return name
