# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Tests whose interface is text: what einc prints, where, and its status."""

import os
import sys

import lit.formats

config.name = "einc"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".test"]
config.test_source_root = os.path.dirname(__file__)
inputs = os.path.join(config.test_source_root, "Inputs")
config.excludes = ["Inputs"]

config.environment["FILECHECK_OPTS"] = (
    "-enable-var-scope --allow-unused-prefixes=false -dump-input=fail")
config.environment.pop("NO_COLOR", None)
for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "EINC_NUM_THREADS"):
    if name in os.environ:
        config.environment[name] = os.environ[name]

# Kernels come from the compiler that a test names; Cache.test has caches of its
# own.
config.environment["EINC_CACHE_MAX_BYTES"] = "0"

path = [inputs, os.path.dirname(config.einc), config.llvm_tools,
        config.environment["PATH"]]
config.environment["PATH"] = os.pathsep.join(path)

# `status N einc ...` fails unless einc exits with N.
config.substitutions.append((r"\bstatus (?=\d)", "expect-status "))
config.substitutions.append(("%einc", config.einc))
config.substitutions.append(("%wrong_compiler", config.wrong_compiler))
config.substitutions.append(("%inputs", inputs))
config.substitutions.append(("%{python}", sys.executable))

if config.einc_compiler:
    config.available_features.add("compiler")
with open("/proc/cpuinfo", encoding="ascii", errors="replace") as cpuinfo:
    flags = next((line.split() for line in cpuinfo
                  if line.startswith("flags")), [])
if {"avx2", "fma"} <= set(flags):
    config.available_features.add("avx2")
if {"avx512f", "avx512dq", "avx512bw", "avx512vl"} <= set(flags):
    config.available_features.add("avx512")
