# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Equations that are compiled once and called many times."""

from __future__ import annotations

from typing import Any, Sequence

import numpy as np

from . import _core
from ._arrays import (DTYPES, NAMES, as_array, check_type, dtype_named, fits,
                      raw, readable)
from ._einsum import _read_out, encode
from ._error import mistake
from ._options import make_options
from ._plan import _shape


class Expression:
    """A compiled equation: call it with arrays of the shapes and types that it
    was compiled for. Any number of threads may do so at the same time."""

    def __init__(self, equation: str, core: _core.Expression) -> None:
        self._core = core
        self.equation = equation
        self._operands = [core.operand(i) for i in range(core.num_operands())]
        name, shape, _ = core.output()
        self.shape: tuple[int, ...] = shape
        self.dtype: np.dtype = DTYPES[name]

    def __call__(self, *operands: Any, out: Any = None) -> Any:
        """Compute. An operand with other strides than those compiled for is
        copied first, as is one that `out` overlaps."""
        if len(operands) != len(self._operands):
            raise mistake(f"{len(operands)} operands are given, but the "
                          f"equation has {len(self._operands)}",
                          "operand-count")
        arrays = [self._fit(i, as_array(o)) for i, o in enumerate(operands)]
        if out is None:
            result = np.empty(self.shape, self.dtype)
            self._core.run(raw(result), [raw(a) for a in arrays])
            return result[()]
        target = _read_out(out)
        if (target.shape != self.shape
                or target.dtype.newbyteorder("=") != self.dtype):
            raise mistake(f"out has shape {target.shape} and type "
                          f"{target.dtype}, but the output has shape "
                          f"{self.shape} and type {self.dtype}")
        if (target.flags.c_contiguous and fits(target)
                and target.dtype.isnative
                and not any(np.may_share_memory(target, a) for a in arrays)):
            self._core.run(raw(target), [raw(a) for a in arrays])
        else:
            result = np.empty(self.shape, self.dtype)
            self._core.run(raw(result), [raw(a) for a in arrays])
            np.copyto(target, result)
        return out

    def _fit(self, number: int, array: np.ndarray) -> np.ndarray:
        name, shape, strides = self._operands[number]
        if array.shape != shape or array.dtype != DTYPES[name]:
            raise mistake(f"operand {number} has shape {array.shape} and type "
                          f"{array.dtype}, but the expression was compiled for "
                          f"{shape} and {DTYPES[name]}")
        array = readable(array)
        size = array.itemsize
        if array.strides != tuple(size * stride for stride in strides):
            copy = _empty(shape, strides, array.dtype)
            copy[...] = array
            return copy
        return array

    @property
    def plan(self) -> _core.Plan:
        return self._core.plan()

    @property
    def workspace_bytes(self) -> int:
        """Memory that a call takes beside operands and output."""
        return self._core.workspace_bytes(0)

    def __repr__(self) -> str:
        return f"<einc.Expression {self.equation!r} -> {self.shape} {self.dtype}>"


def compile(equation: str, *operands: Any, dtype: Any = None,
            optimize: Any = True, accumulate: str | None = None,
            threads: int | None = None) -> Expression:
    """Compile an equation for operands like these arrays, or for dense arrays
    of these shapes and of type `dtype` (default: float64).

    >>> import einc, numpy as np
    >>> product = einc.compile("ij,jk->ik", (2, 3), (3, 2), dtype="float32")
    >>> product
    <einc.Expression 'ij,jk->ik' -> (2, 2) float32>
    >>> a = np.arange(6, dtype=np.float32)
    >>> product(a.reshape(2, 3), a.reshape(3, 2))
    array([[10., 13.],
           [28., 40.]], dtype=float32)

    The other options are those of einsum.
    """
    encoded = encode(equation)
    options = make_options(optimize, accumulate, threads)
    default = dtype_named("float64" if dtype is None else dtype)
    check_type(default, "dtype")
    names, shapes, strides = [], [], []
    for number, operand in enumerate(operands):
        if isinstance(operand, (tuple, list)):
            shape = _shape(operand)
            names.append(NAMES[default])
            shapes.append(shape)
            strides.append(_dense(shape))
            continue
        array = readable(as_array(operand))
        if dtype is not None and array.dtype != default:
            raise TypeError(f"operand {number} has type {array.dtype}, but "
                            f"dtype is {default}")
        check_type(array.dtype, f"operand {number}")
        names.append(NAMES[array.dtype])
        shapes.append(list(array.shape))
        strides.append([s // array.itemsize for s in array.strides])
    return Expression(equation, _core.compile(encoded, names, shapes, strides,
                                              options))


def _dense(shape: list[int]) -> list[int]:
    strides, stride = [0] * len(shape), 1
    for axis in reversed(range(len(shape))):
        strides[axis] = min(stride, 2**62)
        stride *= max(shape[axis], 1)
    return strides


def _empty(shape: Sequence[int], strides: Sequence[int],
           dtype: np.dtype) -> np.ndarray:
    """Memory in which elements lie as they were compiled for."""
    lowest = sum(min(0, (n - 1) * s) for n, s in zip(shape, strides) if n > 1)
    highest = sum(max(0, (n - 1) * s) for n, s in zip(shape, strides) if n > 1)
    memory = np.empty(highest - lowest + 1, dtype)
    return np.ndarray(tuple(shape), dtype, memory, -lowest * dtype.itemsize,
                      tuple(s * dtype.itemsize for s in strides))
