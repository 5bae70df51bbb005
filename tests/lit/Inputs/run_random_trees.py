# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Random programs of linalg operations on integers, run as they are and after
linalg-to-einsum, einsum-plan and einsum-to-linalg: what they print is equal.
Among them are operations that must not be raised, values with several uses,
loops in any order, diagonals, and dynamic extents."""

import random
import re
import subprocess
import sys

SEED, PLUGIN, LOWER, LIBRARIES = sys.argv[1:]
PROGRAMS, MOST_ELEMENTS = 60, 300


class Program:
    """One function: operands, then operations, the last of which it returns."""

    def __init__(self, symbol, rng):
        self.symbol, self.rng, self.lines = symbol, rng, []
        self.dynamic = rng.random() < 0.3
        self.operands = [[rng.choice((1, 2, 3, 4)) for _ in range(rng.randint(0, 3))]
                         for _ in range(rng.randint(2, 5))]
        self.values = [(f"%a{i}", shape) for i, shape in enumerate(self.operands)]
        self.unused = list(self.values)
        for _ in range(len(self.operands) + rng.randint(0, 2)):
            self.operation()

    def type(self, shape):
        extents = ["?" if self.dynamic else str(extent) for extent in shape]
        return "tensor<" + "".join(f"{extent}x" for extent in extents) + "i64>"

    def name(self):
        return f"%v{len(self.lines)}"

    def emit(self, text):
        name = self.name()
        self.lines.append(f"{name} = {text}")
        return name

    def pick(self):
        """Mostly a value that nobody has used: a tree rather than a graph."""
        pool = self.unused if self.unused and self.rng.random() < 0.8 \
            else self.values
        value = self.rng.choice(pool)
        if value in self.unused:
            self.unused.remove(value)
        return value

    def operation(self):
        rng = self.rng
        inputs = [self.pick() for _ in range(1 if rng.random() < 0.3 else 2)]
        extents, terms, source = [], [], []
        for name, shape in inputs:
            term = []
            for axis, extent in enumerate(shape):
                same = [loop for loop, other in enumerate(extents)
                        if other == extent and (loop not in term or
                                                rng.random() < 0.2)]
                if same and rng.random() < 0.7:
                    loop = rng.choice(same)
                else:
                    loop = len(extents)
                    extents.append(extent)
                    source.append((name, axis, shape))
                term.append(loop)
            terms.append(term)
        output = rng.sample(range(len(extents)),
                            rng.randint(0, min(3, len(extents))))
        product = 1
        for loop in output:
            product *= extents[loop]
        if product > MOST_ELEMENTS:
            output = []
        shape = [extents[loop] for loop in output]
        sums = len(output) < len(extents) or rng.random() < 0.2
        init = self.init(shape, [source[loop] for loop in output])
        result = self.generic(inputs, terms, output, len(extents), shape, sums,
                              init)
        self.values.append((result, shape))
        self.unused.append((result, shape))

    def init(self, shape, source):
        """Mostly zeros, filled or constant; now and then something else."""
        number = 0 if self.rng.random() < 0.9 else 3
        if not self.dynamic and self.rng.random() < 0.5:
            return self.emit(f"arith.constant dense<{number}> : {self.type(shape)}")
        sizes = []
        if self.dynamic:
            for name, axis, of in source:
                index = self.emit(f"arith.constant {axis} : index")
                sizes.append(self.emit(
                    f"tensor.dim {name}, {index} : {self.type(of)}"))
        empty = self.emit(f"tensor.empty({', '.join(sizes)}) : {self.type(shape)}")
        zero = self.emit(f"arith.constant {number} : i64")
        return self.emit(f"linalg.fill ins({zero} : i64) outs({empty} : "
                         f"{self.type(shape)}) -> {self.type(shape)}")

    def generic(self, inputs, terms, output, loops, shape, sums, init):
        rng = self.rng
        order = rng.sample(range(loops), loops)
        place = {loop: f"d{at}" for at, loop in enumerate(order)}
        domain = "(" + ", ".join(f"d{at}" for at in range(loops)) + ")"
        maps = ", ".join(
            f"affine_map<{domain} -> ({', '.join(place[l] for l in term)})>"
            for term in [*terms, output])
        iterators = ", ".join('"parallel"' if loop in output else '"reduction"'
                              for loop in order)
        body, value = "", "%x0"
        if len(inputs) == 2:
            x, y = rng.sample(("%x0", "%x1"), 2)
            body, value = f"  %p = arith.muli {x}, {y} : i64\n", "%p"
        if sums:
            x, y = rng.sample((value, "%out"), 2)
            body += f"  %s = arith.addi {x}, {y} : i64\n"
            value = "%s"
        arguments = ", ".join(f"%x{i}: i64" for i in range(len(inputs)))
        types = ", ".join(self.type(of) for _, of in inputs)
        names = ", ".join(name for name, _ in inputs)
        return self.emit(
            f"linalg.generic {{indexing_maps = [{maps}], iterator_types = "
            f"[{iterators}]}} ins({names} : {types}) outs({init} : "
            f"{self.type(shape)}) {{\n ^bb0({arguments}, %out: i64):\n{body}"
            f"  linalg.yield {value} : i64\n }} -> {self.type(shape)}")

    def function(self):
        name, shape = self.values[-1]
        parameters = ", ".join(f"%a{i}: {self.type(of)}"
                               for i, of in enumerate(self.operands))
        body = "".join(f" {line}\n" for line in self.lines)
        return (f"func.func private @{self.symbol}({parameters}) -> "
                f"{self.type(shape)} {{\n{body} return {name} : "
                f"{self.type(shape)}\n}}\n")

    def call(self):
        text, names, types = "", [], []
        for i, shape in enumerate(self.operands):
            name = f"%{self.symbol}_{i}"
            static = "tensor<" + "".join(f"{e}x" for e in shape) + "i64>"
            text += (f" {name}c = arith.constant dense<{self.data(shape)}> : "
                     f"{static}\n {name} = tensor.cast {name}c : {static} to "
                     f"{self.type(shape)}\n")
            names.append(name)
            types.append(self.type(shape))
        result = self.type(self.values[-1][1])
        return text + (
            f" %{self.symbol} = func.call @{self.symbol}({', '.join(names)}) : "
            f"({', '.join(types)}) -> {result}\n"
            f" %{self.symbol}u = tensor.cast %{self.symbol} : {result} to "
            f"tensor<*xi64>\n"
            f" func.call @printMemrefI64(%{self.symbol}u) : (tensor<*xi64>) -> ()\n")

    def data(self, shape):
        if not shape:
            return str(self.rng.randint(-9, 9))
        return "[" + ", ".join(self.data(shape[1:])
                               for _ in range(shape[0])) + "]"


def opt(module, pipeline):
    return subprocess.run(
        ["mlir-opt", f"--load-dialect-plugin={PLUGIN}",
         f"--load-pass-plugin={PLUGIN}",
         f"--pass-pipeline=builtin.module({pipeline})"],
        input=module, text=True, check=True, stdout=subprocess.PIPE).stdout


def execute(module, pipeline):
    printed = subprocess.run(
        ["mlir-runner", "-e", "main", "--entry-point-result=void", "-O0",
         f"--shared-libs={LIBRARIES}"], input=opt(module, pipeline + LOWER),
        text=True, check=True, stdout=subprocess.PIPE).stdout
    return re.split(r"Unranked Memref base@ = 0x[0-9a-f]+", printed)[1:]


def main():
    rng = random.Random(int(SEED))
    programs = [Program(f"f{i}", rng) for i in range(PROGRAMS)]
    module = ("func.func private @printMemrefI64(tensor<*xi64>)\n"
              + "".join(program.function() for program in programs)
              + "func.func @main() {\n"
              + "".join(program.call() for program in programs)
              + " return\n}\n")
    expected = execute(module, "")
    failures = 0
    for passes in ("linalg-to-einsum,einsum-plan,einsum-to-linalg,canonicalize,",
                   "linalg-to-einsum{max-operands=3},einsum-plan{optimize="
                   "greedy seed=5},einsum-to-linalg,", "einsum-optimize,"):
        actual = execute(module, passes)
        for program, before, after in zip(programs, expected, actual):
            if before != after:
                failures += 1
                print(f"seed {SEED}, {passes}\n{program.function()}"
                      f"as written:{before}raised:{after}")
        failures += len(actual) != len(programs)
    raised = opt(module, "linalg-to-einsum,canonicalize")
    trees = len([equation for equation in
                 re.findall(r'einsum.contract "([^"]*)"', raised)
                 if equation.count(",") >= 2])
    left = raised.count("linalg.generic")
    print(f"{PROGRAMS} programs, {trees} trees of 3 operands or more, "
          f"{left} operations left, {failures} failures")
    return int(failures != 0 or trees < PROGRAMS // 4 or left == 0)


sys.exit(main())
