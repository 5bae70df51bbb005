# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Changes to .einc files that a careless world could make.

    program.py replace FILE OUT OLD NEW   texts of equal length, checksum right
    program.py cut FILE OUT BYTES         the first BYTES bytes
    program.py flip FILE OUT OFFSET       another bit there
    program.py unix FILE OUT              CR LF becomes LF
"""

import hashlib
import struct
import sys


def main():
    action, source, target, *rest = sys.argv[1:]
    with open(source, "rb") as file:
        data = bytearray(file.read())
    if action == "replace":
        old, new = (text.encode() for text in rest)
        assert len(old) == len(new) and old in data
        data = bytearray(data.replace(old, new))
        (images_at,) = struct.unpack_from("<Q", data, 24)
        data[images_at - 32:images_at] = hashlib.sha256(
            data[:images_at - 32]).digest()
    elif action == "cut":
        del data[int(rest[0]):]
    elif action == "flip":
        data[int(rest[0])] ^= 4
    elif action == "unix":
        data = data.replace(b"\r\n", b"\n")
    with open(target, "wb") as file:
        file.write(data)


main()
