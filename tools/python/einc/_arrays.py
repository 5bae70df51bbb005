# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What users pass, as arrays that the compiled code can read."""

from __future__ import annotations

from typing import Any

import numpy as np

from . import _core
from ._error import mistake

try:
    import ml_dtypes
    _BF16 = np.dtype(ml_dtypes.bfloat16)
except ImportError:
    _BF16 = None

#: einc's names of element types, which are not numpy's: i8 is one byte.
NAMES = {np.dtype(numpy): name for numpy, name in (
    ("float32", "f32"), ("float64", "f64"), ("complex64", "c64"),
    ("complex128", "c128"), ("int8", "i8"), ("int16", "i16"),
    ("int32", "i32"), ("int64", "i64"), ("uint8", "u8"), ("bool", "bool"),
    ("float16", "f16"))}
if _BF16 is not None:
    NAMES[_BF16] = "bf16"
DTYPES = {name: dtype for dtype, name in NAMES.items()}


def dtype_named(dtype: Any) -> np.dtype:
    """As np.dtype, and "bfloat16"."""
    if isinstance(dtype, str) and dtype in ("bfloat16", "bf16"):
        return bf16()
    return np.dtype(dtype)


def bf16() -> np.dtype:
    if _BF16 is None:
        raise ImportError("bfloat16 needs the package ml_dtypes")
    return _BF16


def as_array(operand: Any) -> np.ndarray:
    """The operand as numpy would take it; DLPack tensors without a copy."""
    if type(operand) is np.ndarray:
        return operand
    if (hasattr(operand, "__dlpack__")
            and not isinstance(operand, (np.ndarray, np.generic))):
        return from_dlpack(operand)
    return np.asarray(operand)


def from_dlpack(tensor: Any) -> np.ndarray:
    """The memory of a DLPack tensor as a numpy array, without a copy.

    Unlike numpy's function it takes bf16, of which it makes an array of
    ml_dtypes.bfloat16. The array keeps the memory alive.
    """
    device, _ = tensor.__dlpack_device__()
    if device not in (1, 3):  # the processor's memory, pinned or not
        raise mistake(f"the tensor lies on a device of DLPack's type {device}, "
                      "not in the memory of the processor", "device")
    array, name = _core.from_dlpack(tensor)
    if name == "bf16":
        bf16()
    return cooked(array, name)


def to_dlpack(array: np.ndarray) -> Any:
    """An object with __dlpack__ for the memory of an array, without a copy.

    Arrays have __dlpack__ of their own; this one also hands on bf16. It keeps
    the memory alive.

    >>> import einc, numpy as np
    >>> a = np.arange(3.0)
    >>> b = np.from_dlpack(einc.to_dlpack(a))
    >>> bool(np.shares_memory(a, b))
    True
    """
    array = np.asarray(array)
    return _core.to_dlpack(raw(readable(array)), array)


def check_type(dtype: np.dtype, operand: str) -> None:
    if dtype in NAMES:
        return
    if dtype.kind in "biufcV":
        raise mistake(f"{operand} has elements of type {dtype}, which einc has "
                      "no kernels for", "unsupported-type")
    raise TypeError(f"{operand} has elements of type {dtype}, which are no "
                    "numbers")


def readable(array: np.ndarray) -> np.ndarray:
    """The array, or a copy where the compiled code could not read it."""
    if not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("="))
    elif not fits(array):
        array = array.copy()
    return array


def fits(array: np.ndarray) -> bool:
    """Whether elements are aligned and whole numbers of elements apart."""
    if not array.flags.aligned:
        return False
    size = array.itemsize
    return all(stride % size == 0 for stride in array.strides)


def raw(array: np.ndarray) -> np.ndarray:
    """The array as a buffer: bf16, of which buffers know nothing, as two bytes
    of no type."""
    # Compared with None, every dtype is asked whether it is float64.
    if _BF16 is not None and array.dtype == _BF16:
        return array.view("V2")
    return array


def cooked(array: np.ndarray, name: str) -> np.ndarray:
    """What came back, under numpy's own name for its type: bf16 comes as
    integers, i64 as C's `long long`, which numpy sets apart from int64."""
    return array.view(DTYPES[name]) if name in ("bf16", "i64") else array
