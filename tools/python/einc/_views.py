# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""numpy's einsum of one operand that sums nothing is a view of it."""

from __future__ import annotations

import re

import numpy as np
from numpy.lib.stride_tricks import as_strided

# One term of plain letters with at most one ellipsis, and perhaps an output.
_PLAIN = re.compile(r"([a-zA-Z]*)(\.\.\.)?([a-zA-Z]*)"
                    r"(?:->([a-zA-Z]*)(\.\.\.)?([a-zA-Z]*))?")
# Spaces may stand anywhere but here.
_TORN = re.compile(r"\. +\.|- +>")


def find_view(equation: str, array: np.ndarray) -> np.ndarray | None:
    """The view, or None where there is none or anything is unusual: whoever
    computes it then says what is wrong."""
    match = _PLAIN.fullmatch(equation.replace(" ", ""))
    if not match or _TORN.search(equation):
        return None
    before, dots, after, out_before, out_dots, out_after = match.groups()
    labels = list(before + after)
    free = array.ndim - len(labels)
    if free < 0 or (free > 0 and not dots):
        return None
    # Axes under the ellipsis have numbers for labels.
    labels[len(before):len(before)] = range(free)
    if "->" in equation:
        output = [*out_before, *(range(free) if out_dots else ()), *out_after]
    else:
        output = [*range(free), *sorted(label for label in labels
                                        if isinstance(label, str)
                                        and labels.count(label) == 1)]
    if len(set(output)) != len(output) or set(output) != set(labels):
        return None
    extents: dict[str | int, int] = {}
    strides: dict[str | int, int] = {}
    for label, extent, stride in zip(labels, array.shape, array.strides):
        if extents.setdefault(label, extent) != extent:
            return None
        strides[label] = strides.get(label, 0) + stride
    return as_strided(array, [extents[label] for label in output],
                      [strides[label] for label in output],
                      writeable=array.flags.writeable)
