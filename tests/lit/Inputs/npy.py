# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes and shows .npy files with nothing but the standard library.

  npy.py write FILE FORMAT ORDER VERSION EXTENT,EXTENT,...
      elements 1, 2, 3, ... in the order of the axes; FORMAT '<f4', '>f8', ...;
      ORDER C or F
  npy.py show FILE
      header and elements, one line each
"""

import itertools
import math
import struct
import sys


def write(path, form, order, version, shape):
    elements = list(range(1, math.prod(shape) + 1))
    if order == "F":
        # Element number n in row-major order goes to where the first axis is
        # the fastest.
        strides = [math.prod(shape[:axis]) for axis in range(len(shape))]
        placed = [0] * len(elements)
        for number, index in enumerate(itertools.product(*map(range, shape))):
            place = sum(i * stride for i, stride in zip(index, strides))
            placed[place] = elements[number]
        elements = placed
    header = str({"descr": form, "fortran_order": order == "F",
                  "shape": tuple(shape)}) + "\n"
    code = form[0] + str(len(elements)) + {"4": "f", "8": "d"}[form[2]]
    size = struct.pack("<H" if version == 1 else "<I", len(header))
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY" + bytes([version, 0]) + size
                   + header.encode() + struct.pack(code, *elements))


def show(path):
    with open(path, "rb") as file:
        content = file.read()
    size = struct.unpack("<H", content[8:10])[0]
    print(f"version {content[6]}.{content[7]}, data at {10 + size}")
    print(content[10:10 + size].decode().rstrip(" \n"))
    data = content[10 + size:]
    code = "f" if b"'<f4'" in content[:10 + size] else "d"
    print(*struct.unpack(f"<{len(data) // struct.calcsize(code)}{code}", data))


if __name__ == "__main__":
    if sys.argv[1] == "write":
        extents = [int(text) for text in sys.argv[6].split(",") if text]
        write(sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]), extents)
    else:
        show(sys.argv[2])
