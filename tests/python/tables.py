# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads the tables of the conformance tests."""

import json
import re
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data" / "conformance"
OWN = ROOT / "tests" / "conformance"


def files(name):
    """The tables of this name; those outside of the project may be absent."""
    found = [folder / name for folder in (OWN, SHARED)
             if (folder / name).exists()]
    if len(found) < 2:
        print(f"skipping {SHARED / name}: there is no such file")
    return found


def rows(name):
    for path in files(name):
        lines = path.read_bytes().decode("utf-8", "surrogateescape").split("\n")
        names = lines[0].split("\t")
        for line in lines[1:]:
            if line:
                yield dict(zip(names, line.split("\t")))


def unescape(text):
    """The bytes of an equation: \\t \\n \\r \\\\ and \\xHH."""
    raw = text.encode("utf-8", "surrogateescape")
    single = {b"t": b"\t", b"n": b"\n", b"r": b"\r", b"\\": b"\\"}
    return re.sub(rb"\\(?:x([0-9A-Fa-f]{2})|(.))",
                  lambda m: bytes([int(m[1], 16)]) if m[1] else single[m[2]],
                  raw)


def shapes(text):
    return [tuple(int(extent) for extent in shape.split(",") if extent)
            for shape in re.findall(r"\(([^)]*)\)", text)]


def too_large(shape):
    """Whether numpy has no array of this shape, whatever its strides."""
    return np.prod([max(n, 1) for n in shape], dtype=object) >= 2**60


def distinct(shape, first):
    """Distinct small numbers; huge shapes take no memory."""
    size = int(np.prod(shape, dtype=object)) if shape else 1
    if size > 1_000_000:
        return np.broadcast_to(np.float64(first), shape)
    return (np.arange(size, dtype=np.float64) + first).reshape(shape)


def values():
    path = SHARED / "values.jsonl"
    if not path.exists():
        print(f"skipping {path}: there is no such file")
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def operand(entry, dtype):
    """The operand as README.md of the tables says."""
    shape = tuple(entry["shape"])
    size = entry.get("base", int(np.prod(shape)))
    mul, add, mod, sub = entry["fill"]
    complex_ = dtype.kind == "c"
    j = np.arange(size * (2 if complex_ else 1), dtype=np.int64)
    numbers = (j * mul + add) % mod
    if dtype == np.bool_:
        buffer = numbers < sub
    else:
        numbers = numbers - sub
        buffer = (numbers[0::2] + 1j * numbers[1::2] if complex_
                  else numbers).astype(dtype)
    if "strides" not in entry:
        return buffer.reshape(shape)
    return np.ndarray(shape, dtype, buffer,
                      entry["offset"] * dtype.itemsize,
                      [stride * dtype.itemsize for stride in entry["strides"]]
                      ) if size else np.empty(shape, dtype)


def expected(row, dtype):
    """The result, or None where only its checksum is given."""
    if "expected" not in row:
        return None
    numbers = [complex(*(float(part) for part in number))
               if isinstance(number, list)
               else float(number) if isinstance(number, str) else number
               for number in row["expected"]]
    return np.array(numbers).astype(dtype).reshape(row["shape"])


def checksum(part):
    """Sum of (i % 97 + 1) * value[i], wrapping, as text."""
    with np.errstate(over="ignore"):
        weights = np.arange(part.size, dtype=np.int64) % 97 + 1
        return str(int((weights * part.reshape(-1).astype(np.int64)).sum()))
