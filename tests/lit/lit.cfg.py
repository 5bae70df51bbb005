# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Tests whose interface is text: what einc prints, where, and its status."""

import os
import shutil
import sys

import lit.formats

config.name = "einc"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".test", ".mlir"]
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

path = [inputs, os.path.dirname(config.einc), os.path.dirname(config.einc_opt),
        config.llvm_tools,
        config.environment["PATH"]]
config.environment["PATH"] = os.pathsep.join(filter(None, path))

# `status N einc ...` fails unless einc exits with N.
config.substitutions.append((r"\bstatus (?=\d)", "expect-status "))
config.substitutions.append(("%einc", config.einc))
config.substitutions.append(("%wrong_compiler", config.wrong_compiler))
config.substitutions.append(("%inputs", inputs))
config.substitutions.append(("%cc", config.cc))
config.substitutions.append(("%{python}", sys.executable))

# The einsum dialect, in einc-opt and in the distribution's mlir-opt.
config.substitutions.append(("%mlir_opt", "mlir-opt "
                             f"--load-dialect-plugin={config.plugin} "
                             f"--load-pass-plugin={config.plugin}"))
config.substitutions.append(("%plugin", config.plugin))
config.substitutions.append(("%wrong_plugin", config.wrong_plugin))
libraries = os.path.join(os.path.dirname(config.llvm_tools), "lib")
config.substitutions.append(
    ("%libmlir", os.path.join(libraries, "libMLIR.so")))
config.substitutions.append(("%runner_libs", ",".join(
    os.path.join(libraries, f"libmlir_{name}.so")
    for name in ("runner_utils", "c_runner_utils"))))
config.substitutions.append(("%{lower_linalg}", ",".join((
    "one-shot-bufferize{bufferize-function-boundaries}",
    "convert-linalg-to-loops", "convert-scf-to-cf", "expand-strided-metadata",
    "lower-affine", "convert-complex-to-standard", "convert-complex-to-llvm",
    "convert-arith-to-llvm", "finalize-memref-to-llvm", "convert-cf-to-llvm",
    "convert-func-to-llvm", "reconcile-unrealized-casts"))))
# A plugin built with a sanitizer has no place in a program without.
if config.plugin and not config.sanitizer and os.path.exists(
        os.path.join(config.llvm_tools, "mlir-opt")):
    config.available_features.add("mlir-opt")

if config.einc_compiler:
    config.available_features.add("compiler")
for processor in ("aarch64", "x86_64"):
    if shutil.which(f"qemu-{processor}-static"):
        config.available_features.add(f"qemu-{processor}")
if shutil.which("ld.lld-22"):
    config.available_features.add("lld")
with open("/proc/cpuinfo", encoding="ascii", errors="replace") as cpuinfo:
    flags = next((line.split() for line in cpuinfo
                  if line.startswith("flags")), [])
if {"avx2", "fma"} <= set(flags):
    config.available_features.add("avx2")
if {"avx512f", "avx512dq", "avx512bw", "avx512vl"} <= set(flags):
    config.available_features.add("avx512")
