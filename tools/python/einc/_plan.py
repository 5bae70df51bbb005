# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The order of contraction, without computing anything."""

from __future__ import annotations

import operator
from typing import Any

from . import _core
from ._arrays import as_array
from ._einsum import _read_operands, encode
from ._error import mistake
from ._options import make_options


def plan(equation: str, *operands: Any, optimize: Any = True) -> _core.Plan:
    """The order of contraction of an equation and its cost.

    Operands are shapes or arrays.

    >>> import einc
    >>> plan = einc.plan("ij,jk,kl->il", (1000, 10), (10, 1000), (1000, 1))
    >>> [(step.equation, step.flops) for step in plan.steps]
    [('jk,kl->jl', 20000.0), ('ij,jl->il', 20000.0)]
    >>> plan.left_to_right_flops
    22000000.0

    print(plan) shows a table, plan.json() is one line of JSON.
    """
    return _core.plan(encode(equation), [_shape(o) for o in operands],
                      make_options(optimize))


def einsum_path(*operands: Any, optimize: Any = True) -> tuple[list[Any], str]:
    """The order of contraction in the form of np.einsum_path.

    >>> import einc, numpy as np
    >>> a, b, c = np.ones((9, 2)), np.ones((2, 9)), np.ones((9, 1))
    >>> path, table = einc.einsum_path("ij,jk,kl->il", a, b, c)
    >>> path
    ['einsum_path', (1, 2), (0, 1)]
    >>> bool((einc.einsum("ij,jk,kl->il", a, b, c, optimize=path) == 18).all())
    True
    """
    equation, labels, output, arrays = _read_operands(operands)
    if labels is not None:
        equation = encode(_spell(labels, output))
    shapes = [list(array.shape) for array in arrays]
    found = _core.plan(equation, shapes, make_options(optimize))
    left = list(range(len(arrays)))
    path: list[Any] = ["einsum_path"]
    for number, step in enumerate(found.steps, len(arrays)):
        places = tuple(sorted(left.index(value) for value in step.operands))
        for place in reversed(places):
            del left[place]
        left.append(number)
        path.append(places)
    if len(arrays) == 1:
        path.append((0,))
    return path, str(found)


def _shape(operand: Any) -> list[int]:
    """A tuple or list of integers is a shape; anything else has one."""
    if isinstance(operand, (tuple, list)):
        try:
            shape = [operator.index(extent) for extent in operand]
        except TypeError:
            return list(as_array(operand).shape)
        for extent in shape:
            if not -2**63 <= extent < 2**63:
                raise mistake(f"extent {extent} is 2^63 or more",
                              "size-overflow")
        return shape
    return list(as_array(operand).shape)


def _spell(labels: list[list[int]], output: list[int] | None) -> str:
    """The equation of an interleaved form: any letter is a label, and letters
    sort as their numbers do."""
    numbers = sorted({number for term in labels for number in term
                      if number != _core.ELLIPSIS})
    letters = {number: chr(0x4E00 + i) for i, number in enumerate(numbers)}
    if len(numbers) <= 52:
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        letters = dict(zip(numbers, alphabet))
    letters[_core.ELLIPSIS] = "..."

    def spell(term: list[int]) -> str:
        # A label that no operand has is reported for what it is.
        return "".join(letters.get(number, "ω") for number in term)

    equation = ",".join(spell(term) for term in labels)
    return equation if output is None else equation + "->" + spell(output)
