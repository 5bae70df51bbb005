# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""optimize=, accumulate= and threads= as the compiled code takes them."""

from __future__ import annotations

import operator
from typing import Any

from . import _core
from ._error import mistake

_PLAIN: dict[Any, _core.Options] = {}


def make_options(optimize: Any = True, accumulate: Any = None,
                 threads: int | None = None) -> _core.Options:
    key = (optimize, accumulate, threads)
    if isinstance(optimize, (bool, str)):
        found = _PLAIN.get(key)
        if found is not None:
            return found
    method, path = _read_optimize(optimize)
    if accumulate not in (None, "i32", "i64"):
        raise mistake(f"accumulate is {accumulate!r}; use 'i32' or 'i64'")
    threads = 0 if threads is None else operator.index(threads)
    if not 0 <= threads <= 1_000_000:
        raise mistake(f"threads is {threads}; use 1 to 1000000, or 0 or None "
                      "for as many as the process may use")
    options = _core.Options(method, path, accumulate or "", threads)
    if isinstance(optimize, (bool, str)):
        _PLAIN[key] = options
    return options


def _read_optimize(optimize: Any) -> tuple[str, list[list[int]]]:
    if optimize is None or optimize is False:
        return "left-to-right", []
    if optimize is True:
        return "auto", []
    if isinstance(optimize, str):
        return optimize, []
    if not isinstance(optimize, (list, tuple)):
        raise TypeError("optimize must be a bool, the name of a method or a "
                        f"path, not {type(optimize).__name__}")
    if optimize and optimize[0] == "einsum_path":
        optimize = optimize[1:]
    elif len(optimize) == 2 and isinstance(optimize[0], str):
        raise mistake("einc takes no limit of memory with a method; give the "
                      "name of the method alone")
    try:
        path = [[operator.index(place) for place in step] for step in optimize]
    except TypeError:
        raise TypeError(f"optimize is no path: {optimize!r}") from None
    for step in path:
        for place in step:
            if not 0 <= place < 2**32:
                raise mistake(f"the path names operand {place}, which there "
                              "cannot be")
    return "auto", path
