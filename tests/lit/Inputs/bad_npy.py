# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes .npy files, most of them wrong in one way each, into a folder."""

import os
import struct
import sys

folder = sys.argv[1]
DATA = struct.pack("<6f", 1.5, 2, 3, 4, 5, 6)


def write(name, content):
    with open(os.path.join(folder, name + ".npy"), "wb") as file:
        file.write(content)


def npy(header, data=DATA, version=1):
    size = struct.pack("<H" if version == 1 else "<I", len(header))
    return b"\x93NUMPY" + bytes([version, 0]) + size + header.encode() + data


def dictionary(descr="'<f4'", order="False", shape="(2, 3)"):
    return (f"{{'descr': {descr}, 'fortran_order': {order}, "
            f"'shape': {shape}, }}\n")


write("good-f32", npy(dictionary()))
write("empty", b"")
write("magic-only", b"\x93NUMPY\x01\x00")
write("cut-header", npy(dictionary())[:40])
write("version-4", npy(dictionary(), version=4))
write("huge-header", b"\x93NUMPY\x02\x00\xff\xff\xff\xff" + DATA)
write("object", npy(dictionary("'|O'")))
write("fields", npy(dictionary("[('x', '<f4'), ('y', '<f4')]")))
write("unsigned", npy(dictionary("'<u4'")))
write("void", npy(dictionary("'<V2'"), DATA[:12]))
write("truncated", npy(dictionary(), DATA[:-1]))
write("trailing", npy(dictionary(), DATA + b"\0"))
write("claims-terabytes",
      npy(dictionary("'<f8'", shape="(1000000, 1000000)"), DATA[:8]))
write("overflow", npy(dictionary(shape="(4294967296, 4294967296)")))
write("negative", npy(dictionary(shape="(-2, 3)")))
write("list-shape", npy(dictionary(shape="[2, 3]")))
write("no-tuple", npy(dictionary(shape="(6)")))
write("rank-65", npy(dictionary(shape="(" + "1, " * 65 + ")"), DATA[:4]))
write("order-1", npy(dictionary(order="1")))
write("twice", npy(dictionary().replace("}", "'shape': (2, 3)}")))
write("lacks-shape", npy("{'descr': '<f4', 'fortran_order': False}\n"))
write("code", npy("__import__('os').abort()\n"))
write("goes-on", npy(dictionary() + "1"))
