# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Every equation of the conformance table, through einsum-plan and
einsum-to-linalg, lowered by mlir-opt and run by mlir-runner, with static and
with dynamic extents; and by `einc run`. The integers must be equal. Equations
that the table refuses are refused by the dialect."""

import csv
import pathlib
import re
import struct
import subprocess
import sys
import tempfile

TABLE, EINC, PLUGIN, LOWER, LIBRARIES = sys.argv[1:]
BEGIN = "Unranked Memref"


def volume(shape):
    result = 1
    for extent in shape:
        result *= extent
    return result


def values(shape, seed):
    """Distinct small numbers of both signs, in no simple order."""
    return [(i * 37 + seed * 11 + 5) % 101 - 50 for i in range(volume(shape))]


def nested(numbers, shape):
    if not shape:
        return str(numbers[0])
    inner = volume(shape[1:])
    return "[" + ", ".join(nested(numbers[i * inner:(i + 1) * inner], shape[1:])
                           for i in range(shape[0])) + "]"


def write_npy(path, numbers, shape):
    text = (f"{{'descr': '<i8', 'fortran_order': False, "
            f"'shape': {tuple(shape)}, }}")
    text += " " * (-(len(text) + 11) % 64) + "\n"
    path.write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text))
                     + text.encode() + struct.pack(f"<{len(numbers)}q", *numbers))


def read_npy(path):
    data = path.read_bytes()
    start = 10 + struct.unpack("<H", data[8:10])[0]
    return list(struct.unpack(f"<{(len(data) - start) // 8}q", data[start:]))


def type_of(shape, dynamic):
    extents = ["?" if dynamic and extent != 1 else str(extent)
               for extent in shape]
    return "tensor<" + "".join(f"{extent}x" for extent in extents) + "i64>"


def quoted(equation):
    return equation.replace("\\", "\\5C").replace('"', '\\22')


class Case:
    def __init__(self, row):
        self.name, self.equation = row["id"], row["equation"]
        self.shapes = [[int(extent) for extent in text.split(",") if extent]
                       for text in re.findall(r"\(([^)]*)\)", row["shapes"])]
        self.ok = row["outcome"] == "ok"
        if self.ok:
            self.result = [int(extent) for extent in
                           row["output_shape"].strip("()").split(",") if extent]

    def operation(self, dynamic):
        """The operation as text, after the names of its operands."""
        types = [type_of(shape, dynamic) for shape in self.shapes]
        names = [f"%a{i}" for i in range(len(types))]
        return types, (f'einsum.contract "{quoted(self.equation)}" ins('
                       + ", ".join(names) + " : " + ", ".join(types) + ") -> ")

    def function(self, symbol, dynamic):
        types, operation = self.operation(dynamic)
        result = type_of(self.result, dynamic)
        parameters = ", ".join(f"%a{i}: {t}" for i, t in enumerate(types))
        return (f"func.func @{symbol}({parameters}) -> {result} {{\n"
                f"  %r = {operation}{result}\n  return %r : {result}\n}}\n")

    def call(self, symbol, dynamic):
        lines, names, types = [], [], []
        for i, shape in enumerate(self.shapes):
            name, static = f"%{symbol}_{i}", type_of(shape, False)
            data = nested(values(shape, i), shape) if volume(shape) else ""
            lines.append(f"{name}c = arith.constant dense<{data}> : {static}")
            types.append(type_of(shape, dynamic))
            names.append(f"{name}c")
            if types[-1] != static:
                names[-1] = name
                lines.append(f"{name} = tensor.cast {name}c : {static} to "
                             f"{types[-1]}")
        result = type_of(self.result, dynamic)
        lines += [f"%{symbol} = func.call @{symbol}({', '.join(names)}) : "
                  f"({', '.join(types)}) -> {result}",
                  f"%{symbol}u = tensor.cast %{symbol} : {result} to "
                  f"tensor<*xi64>",
                  f"func.call @printMemrefI64(%{symbol}u) : (tensor<*xi64>) -> ()"]
        return "".join(f"  {line}\n" for line in lines)


def read_cases():
    with open(TABLE, encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        cases = [Case(row) for row in rows]
    # The dialect wants the output written, and MLIR's tensors are not huge.
    return [case for case in cases if "->" in case.equation and
            all(volume(shape) <= 10000 for shape in case.shapes)]


def run_all(cases):
    """(sizes, numbers) that each case printed, static and dynamic in turn."""
    functions, calls = ["func.func private @printMemrefI64(tensor<*xi64>)\n"], ""
    for i, case in enumerate(cases):
        for dynamic in (False, True):
            symbol = f"f{i}" + "d" * dynamic
            functions.append(case.function(symbol, dynamic))
            calls += case.call(symbol, dynamic)
    module = "".join(functions) + f"func.func @main() {{\n{calls}  return\n}}\n"
    lowered = subprocess.run(
        ["mlir-opt", f"--load-dialect-plugin={PLUGIN}",
         f"--load-pass-plugin={PLUGIN}", "--pass-pipeline=builtin.module("
         f"einsum-plan,einsum-to-linalg,{LOWER})"],
        input=module, text=True, check=True, stdout=subprocess.PIPE).stdout
    printed = subprocess.run(
        ["mlir-runner", "-e", "main", "--entry-point-result=void", "-O0",
         f"--shared-libs={LIBRARIES}"],
        input=lowered, text=True, check=True, stdout=subprocess.PIPE).stdout
    for text in printed.split(BEGIN)[1:]:
        sizes = [int(size) for size in re.search(
            r"sizes = \[([^]]*)\]", text)[1].split(",") if size.strip()]
        numbers = re.findall(r"-?\d+", text.partition("data =")[2])
        # Of an empty tensor something is printed nevertheless.
        yield sizes, [int(number) for number in numbers[:volume(sizes)]]


def run_einc(case, folder):
    files = []
    for i, shape in enumerate(case.shapes):
        files.append(folder / f"{i}.npy")
        write_npy(files[-1], values(shape, i), shape)
    subprocess.run([EINC, "run", case.equation, *map(str, files), "-o",
                    str(folder / "out.npy")], check=True,
                   stdout=subprocess.DEVNULL)
    return read_npy(folder / "out.npy")


def refuses(case):
    types, operation = case.operation(False)
    parameters = ", ".join(f"%a{i}: {t}" for i, t in enumerate(types))
    result = subprocess.run(
        ["einc-opt"], input=f"func.func @f({parameters}) {{\n  {operation}"
        "tensor<i64>\n  return\n}\n", text=True, capture_output=True)
    return result.returncode == 1 and "error: 'einsum.contract' op" in result.stderr


def main():
    cases = read_cases()
    good = [case for case in cases if case.ok]
    bad = [case for case in cases if not case.ok]
    failures = 0
    results = list(run_all(good))
    if len(results) != 2 * len(good):
        print(f"{len(results)} results of {2 * len(good)}")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        for case, static, dynamic in zip(good, results[::2], results[1::2]):
            expected = (case.result, run_einc(case, pathlib.Path(folder)))
            if static != expected or dynamic != expected:
                failures += 1
                print(f"{case.name} {case.equation!r} {case.shapes}:\n"
                      f"  static {static}\n  dynamic {dynamic}\n  einc {expected}")
    for case in bad:
        if not refuses(case):
            failures += 1
            print(f"{case.name} {case.equation!r} {case.shapes}: not refused")
    print(f"{len(good)} equations computed, {len(bad)} refused, "
          f"{failures} failures")
    return int(failures != 0 or len(good) < 50 or len(bad) < 30)


sys.exit(main())
