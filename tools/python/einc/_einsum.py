# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""einsum with numpy's signature."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from . import _core
from ._arrays import (NAMES, as_array, check_type, cooked, dtype_named,
                      fits, raw, readable)
from ._error import mistake
from ._options import make_options
from ._views import find_view


def einsum(*operands: Any, out: Any = None, optimize: Any = True,
           dtype: Any = None, order: str = "K", casting: str = "safe",
           accumulate: str | None = None, threads: int | None = None) -> Any:
    """Compute an equation, as np.einsum does.

    >>> import einc, numpy as np
    >>> a = np.arange(6.0).reshape(2, 3)
    >>> einc.einsum("ij,kj->ik", a, a)
    array([[ 5., 14.],
           [14., 50.]])
    >>> einc.einsum(a, [0, 1], a, [2, 1], [0, 2])
    array([[ 5., 14.],
           [14., 50.]])
    >>> float(einc.einsum("ij->", a))
    15.0

    Operands are arrays, whatever np.asarray takes, and DLPack tensors, whose
    memory is not copied. Words and any letters are labels, labels may be
    repeated in the output, and parentheses force an order:

    >>> einc.einsum("row mid -> mid", a)
    array([3., 5., 7.])
    >>> einc.einsum("i->ii", [1, 2])
    array([[1, 0],
           [0, 2]])

    out: an array of the output's shape to write to. It may overlap operands.
    optimize: the order of contraction: True or 'auto' searches, False goes from
    left to right; 'optimal', 'greedy', or a path as einsum_path returns it.
    dtype: the type to compute in; operands are converted to it. casting: which
    conversions are allowed. order: 'F', or 'A' if all operands are, for a
    column-major result. accumulate: 'i32' or 'i64' to sum integers in:

    >>> b = np.full(100, 100, np.int8)
    >>> int(einc.einsum("i,i->", b, b, accumulate="i32"))
    1000000

    threads: how many may compute. Other Python threads run meanwhile.
    """
    equation, labels, output, arrays = _read_operands(operands)
    options = make_options(optimize, accumulate, threads)
    if order not in ("C", "F", "A", "K"):
        raise ValueError(f"order must be one of 'C', 'F', 'A' or 'K', not "
                         f"{order!r}")
    if out is not None:
        target = _read_out(out)
    type_ = _compute_type(arrays, None if out is None else target, dtype,
                          accumulate)
    arrays = _convert(arrays, type_, casting)

    if out is not None:
        _einsum_into(target, equation, labels, output, arrays, options, casting,
                     in_place=type_ is None or type_ == target.dtype)
        return out
    if (labels is None and len(arrays) == 1 and accumulate is None
            and order == "K"):
        view = find_view(equation.decode("latin-1"), arrays[0])
        if view is not None:
            return view[()]
    result = _evaluate(equation, labels, output, arrays, options)
    if order == "F" or (order == "A" and all(
            array.flags.f_contiguous for array in arrays)):
        result = np.asarray(result, order="F")
    return result[()]


def _read_operands(operands: tuple[Any, ...]) -> tuple[
        bytes, list[list[int]] | None, list[int] | None, list[np.ndarray]]:
    """Both forms: an equation, or lists of labels and perhaps an output."""
    if operands and isinstance(operands[0], (str, bytes)):
        return (encode(operands[0]), None, None,
                [as_array(o) for o in operands[1:]])
    if len(operands) < 2:
        raise ValueError("an equation and operands are needed, or operands, "
                         "each with a list of its labels")
    pairs, rest = len(operands) // 2, len(operands) % 2
    labels = [_read_labels(operands[2 * i + 1]) for i in range(pairs)]
    output = _read_labels(operands[-1]) if rest else None
    return b"", labels, output, [as_array(operands[2 * i]) for i in range(pairs)]


def encode(equation: str | bytes) -> bytes:
    """The bytes of an equation; what is no text is found out where it is read."""
    if isinstance(equation, bytes):
        return equation
    if not isinstance(equation, str):
        raise TypeError("the equation must be a str, not "
                        f"{type(equation).__name__}")
    return equation.encode("utf-8", "surrogatepass")


def _read_labels(labels: Any) -> list[int]:
    if not isinstance(labels, (list, tuple)):
        raise TypeError("the labels of an operand must be a list or a tuple, "
                        f"not {type(labels).__name__}")
    return [_core.ELLIPSIS if label is Ellipsis else _read_label(label)
            for label in labels]


def _read_label(label: Any) -> int:
    try:
        if isinstance(label, bool):
            raise TypeError
        number = operator.index(label)
    except TypeError:
        raise TypeError("each label must be an integer or an ellipsis, not "
                        f"{type(label).__name__}") from None
    if not 0 <= number < 2**63:
        raise mistake(f"label {number} is not within 0 and 2^63", "syntax")
    return number


def _read_out(out: Any) -> np.ndarray:
    if not isinstance(out, np.ndarray):
        if not hasattr(out, "__dlpack__"):
            raise TypeError("out must be an array, not "
                            f"{type(out).__name__}")
        out = as_array(out)
    if not out.flags.writeable:
        raise mistake("out is read-only")
    return out


def _compute_type(arrays: list[np.ndarray], out: np.ndarray | None, dtype: Any,
                  accumulate: str | None) -> np.dtype | None:
    """The type that operands are converted to; None: each as it is."""
    if dtype is not None:
        type_ = dtype_named(dtype)
        check_type(type_, "dtype")
        return type_
    if out is None or accumulate is not None:
        return None
    return np.result_type(*(a.dtype for a in arrays), out.dtype)


def _convert(arrays: list[np.ndarray], type_: np.dtype | None,
             casting: str) -> list[np.ndarray]:
    converted = []
    for i, array in enumerate(arrays):
        if type_ is not None and array.dtype != type_:
            if not np.can_cast(array.dtype, type_, casting):
                raise TypeError(
                    f"operand {i} cannot be cast from {array.dtype} to {type_} "
                    f"according to the rule {casting!r}")
            array = array.astype(type_)
        array = readable(array)
        if array.dtype not in NAMES:
            check_type(array.dtype, f"operand {i}")
        converted.append(array)
    if casting not in ("no", "equiv", "safe", "same_kind", "unsafe"):
        raise ValueError("casting must be one of 'no', 'equiv', 'safe', "
                         f"'same_kind' or 'unsafe', not {casting!r}")
    return converted


def _evaluate(equation: bytes, labels: list[list[int]] | None,
              output: list[int] | None, arrays: list[np.ndarray],
              options: _core.Options) -> np.ndarray:
    buffers = [raw(array) for array in arrays]
    if labels is None:
        result, name = _core.einsum(equation, buffers, options)
    else:
        result, name = _core.einsum_labeled(labels, output, buffers, options)
    return cooked(result, name)


def _einsum_into(out: np.ndarray, equation: bytes,
                 labels: list[list[int]] | None, output: list[int] | None,
                 arrays: list[np.ndarray], options: _core.Options,
                 casting: str, in_place: bool) -> None:
    if (in_place and out.dtype in NAMES and out.dtype.isnative and fits(out)
            and not any(np.may_share_memory(out, a) for a in arrays)):
        buffers = [raw(array) for array in arrays]
        if labels is None:
            _core.einsum_into(raw(out), equation, buffers, options)
        else:
            _core.einsum_labeled_into(raw(out), labels, output, buffers,
                                      options)
        return
    result = _evaluate(equation, labels, output, arrays, options)
    if out.shape != result.shape:
        raise mistake(f"out has shape {out.shape}, but the output has shape "
                      f"{result.shape}")
    if not np.can_cast(result.dtype, out.dtype, casting):
        raise TypeError(f"the result cannot be cast from {result.dtype} to "
                        f"{out.dtype} according to the rule {casting!r}")
    np.copyto(out, result, casting=casting)
