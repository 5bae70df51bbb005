# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The exception for whatever einc finds wrong."""

from __future__ import annotations


class Error(ValueError):
    """A mistake, with its kind and its place in the equation.

    >>> import einc, numpy as np
    >>> try:
    ...     einc.einsum("ij,jk->ik", np.ones((3, 4)), np.ones((5, 2)))
    ... except einc.Error as error:
    ...     print(error.kind, error.positions)
    ...     print(error)
    extent-mismatch (1, 3)
    error: label 'j' has extent 4 in operand 0 but 5 in operand 1
      ij,jk->ik
       ^ ^
    note: operand 0 has shape (3, 4), operand 1 has shape (5, 2); extents must be equal, or 1
    """

    #: Such as "syntax" or "extent-mismatch"; these names do not change.
    kind: str
    #: One line, without the equation.
    message: str
    #: Where the carets stand, in characters of the equation, from 0.
    positions: tuple[int, ...]

    def __init__(self, rendered: str, kind: str = "invalid-argument",
                 message: str | None = None,
                 positions: tuple[int, ...] = ()) -> None:
        super().__init__(rendered)
        self.kind = kind
        self.message = rendered if message is None else message
        self.positions = positions


def mistake(message: str, kind: str = "invalid-argument") -> Error:
    """An error that is nowhere in the equation in particular."""
    return Error("error: " + message, kind, message)
