# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints what a plugin says about itself to a host: loads MLIR as the host
would, then the plugin, and calls its two functions."""

import ctypes
import sys


class Info(ctypes.Structure):
    _fields_ = [("apiVersion", ctypes.c_uint32), ("name", ctypes.c_char_p),
                ("version", ctypes.c_char_p), ("registerAll", ctypes.c_void_p)]


mlir, plugin = sys.argv[1:]
ctypes.CDLL(mlir, mode=ctypes.RTLD_GLOBAL)
library = ctypes.CDLL(plugin)
for function in ("mlirGetPassPluginInfo", "mlirGetDialectPluginInfo"):
    call = getattr(library, function)
    call.restype = Info
    info = call()
    print(f"{function}: api {info.apiVersion}, {info.name.decode()} "
          f"{info.version.decode()}, registers: {bool(info.registerAll)}")
