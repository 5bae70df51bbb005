# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""einc compiles einsum equations and runs them.

    einsum        np.einsum's signature; arrays and DLPack tensors
    compile       once for given shapes and types, then called many times
    plan          the order of contraction and its cost
    einsum_path   the same in np.einsum_path's form
    from_dlpack, to_dlpack   tensors of other frameworks, bf16 too
    Error         a ValueError with kind, message and positions
"""

from ._arrays import from_dlpack, to_dlpack
from ._core import Plan, Step
from ._einsum import einsum
from ._error import Error
from ._expression import Expression, compile
from ._plan import einsum_path, plan

__all__ = ["Error", "Expression", "Plan", "Step", "compile", "einsum",
           "einsum_path", "from_dlpack", "plan", "to_dlpack"]
