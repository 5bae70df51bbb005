# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plans each equation by einsum-plan and by `einc plan`, and compares."""

import json
import re
import subprocess
import sys

EINC_OPT, EINC = sys.argv[1:]
CASES = [
    ("ij,jk->ik", ["3x4", "4x5"]),
    ("ij,jk,kl->il", ["1000x10", "10x1000", "1000x1"]),
    ("ij,jk,kl->il", ["7x11", "11x2", "2x13"]),
    ("ij,(jk,kl)->il", ["7x11", "11x2", "2x13"]),
    ("ea,fb,abcd,gc,hd->efgh", ["5x6", "7x3", "6x3x4x2", "9x4", "8x2"]),
    ("ab,bc,cd,de,ef,fg,gh->ah", ["9x2", "2x31", "31x4", "4x17", "17x3",
                                  "3x23", "23x5"]),
    ("...ij,...jk,...kl->...il", ["5x1x2x9", "3x9x8", "1x8x4"]),
    ("ij,jk,ki->", ["4x5", "5x6", "6x4"]),
    ("ii,ij,jk->ki", ["4x4", "4x3", "3x2"]),
    ("i,j,k->iijk", ["2", "3", "4"]),
    ("ij,ij,ij->ij", ["1x7", "5x1", "5x7"]),
    ("ijx,jk,kl->il", ["3x4x6", "4x1", "1x5"]),
    ("batch row,row col,col->batch", ["4x5", "5x6", "6"]),
    ("αβ,βγ,γδ->αδ", ["2x300", "300x3", "3x40"]),
    # Greedy: more operands than the search for the optimum takes.
    ("ab,bc,cd,de,ef,fg,gh,hi,ij,jk,kl,lm->am",
     ["8x3", "3x9", "9x2", "2x7", "7x5", "5x4", "4x6", "6x3", "3x8", "8x2",
      "2x9", "9x4"]),
]
STEP = re.compile(r'einsum\.pairwise "((?:[^"\\]|\\.)*)".*'
                  r"\{flops = (\S+) : f64, size = (\S+) : f64\}")


def unescape(text):
    raw = re.sub(rb"\\([0-9A-F]{2})", lambda m: bytes([int(m[1], 16)]),
                 text.encode())
    return raw.decode()


def run(command, text=None):
    return subprocess.run(command, input=text, text=True, check=True,
                          capture_output=True).stdout


def output_shape(equation, shapes):
    answer = json.loads(run([EINC, "check", equation, "--shapes",
                             ",".join(shapes), "--json"]))
    return answer["output_shape"]


def planned_by_pass(equation, shapes, method):
    types = [f"tensor<{shape}xf32>" for shape in shapes]
    names = [f"%a{i}" for i in range(len(shapes))]
    result = "".join(f"{n}x" for n in output_shape(equation, shapes))
    arguments = ", ".join(map(": ".join, zip(names, types)))
    module = (f"func.func @f({arguments}) -> tensor<{result}f32> {{\n"
              f'  %r = einsum.contract "{equation}" '
              f"ins({', '.join(names)} : {', '.join(types)}) "
              f"-> tensor<{result}f32>\n"
              f"  return %r : tensor<{result}f32>\n}}\n")
    text = run([EINC_OPT, f"--einsum-plan=optimize={method}"], module)
    return [(unescape(equation), float(flops), float(size))
            for equation, flops, size in STEP.findall(text)]


def planned_by_tool(equation, shapes, method):
    plan = json.loads(run([EINC, "plan", equation, "--shapes",
                           ",".join(shapes), "--optimize", method, "--json"]))
    return [(step["equation"], float(step["flops"]), float(step["size"]))
            for step in plan["steps"]]


failures = 0
for equation, shapes in CASES:
    for method in ("auto", "greedy", "left-to-right"):
        mine = planned_by_pass(equation, shapes, method)
        theirs = planned_by_tool(equation, shapes, method)
        if mine != theirs or len(mine) != len(shapes) - 1:
            failures += 1
            print(f"{equation} {shapes} {method}:\n  {mine}\n  {theirs}")
print(f"{3 * len(CASES)} plans compared, {failures} differ")
sys.exit(failures != 0)
