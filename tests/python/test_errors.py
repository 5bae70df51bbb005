# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What einc.Error carries, and what is refused beyond numpy's mistakes."""

import unittest

import numpy as np

import einc

A = np.arange(12.0).reshape(3, 4)


class Errors(unittest.TestCase):
    def check(self, kind, positions, text, call):
        with self.assertRaises(einc.Error) as caught:
            call()
        error = caught.exception
        self.assertIsInstance(error, ValueError)
        self.assertEqual((error.kind, error.positions), (kind, positions))
        self.assertEqual(str(error), text)
        self.assertEqual(str(error).splitlines()[0], "error: " + error.message)

    def test_text(self):
        self.check("extent-mismatch", (1, 3),
                   "error: label 'j' has extent 4 in operand 0 but 3 in operand 1\n"
                   "  ij,jk->ik\n"
                   "   ^ ^\n"
                   "note: operand 0 has shape (3, 4), operand 1 has shape "
                   "(3, 4); extents must be equal, or 1",
                   lambda: einc.einsum("ij,jk->ik", A, A))
        self.check("invalid-argument", (), "error: out is read-only",
                   lambda: einc.einsum("ij->i", A,
                                       out=np.broadcast_to(0.0, (3,))))
        self.check("invalid-argument", (),
                   "error: out has shape (4,), but the output has shape (3,)",
                   lambda: einc.einsum("ij->i", A, out=A[0]))
        self.check("unsupported-type", (),
                   "error: operand 0 has elements of type uint32, which einc "
                   "has no kernels for",
                   lambda: einc.einsum("ij->i", A.astype("u4")))
        self.check("invalid-argument", (),
                   "error: accumulate is 'f32'; use 'i32' or 'i64'",
                   lambda: einc.einsum("ij->i", A, accumulate="f32"))
        self.check("invalid-argument", (),
                   "error: threads is -1; use 1 to 1000000, or 0 or None for as "
                   "many as the process may use",
                   lambda: einc.einsum("ij->i", A, threads=-1))
        self.check("invalid-argument", (),
                   "error: einc takes no limit of memory with a method; give "
                   "the name of the method alone",
                   lambda: einc.einsum("ij->i", A, optimize=("greedy", 100)))

    def test_kinds(self):
        for kind, call in [
                ("syntax", lambda: einc.einsum("ij->->i", A)),
                ("syntax", lambda: einc.einsum("\ud800", A)),
                ("syntax", lambda: einc.einsum(b"\xff", A)),
                ("syntax", lambda: einc.einsum("i\0", A)),
                ("unknown-output-label", lambda: einc.einsum(A, [0, 1], [7])),
                ("operand-count", lambda: einc.plan("ij,jk", (3, 4))),
                ("rank-mismatch", lambda: einc.einsum("ijk->i", A)),
                ("unsupported-type",
                 lambda: einc.einsum("i->", A[0].astype("longdouble"))),
                ("limit", lambda: einc.einsum(
                    "i,j->ij", *[np.broadcast_to(1.0, 2**30)] * 2)),
                ("size-overflow", lambda: einc.einsum(
                    "i,j->ij", *[np.broadcast_to(1.0, 2**32)] * 2)),
                ("invalid-argument",
                 lambda: einc.einsum("ij->i", A, optimize="fastest")),
                ("invalid-argument",
                 lambda: einc.einsum("ij,jk", A, A.T, optimize=[(0, 5)])),
                ("invalid-argument",
                 lambda: einc.einsum("ij,jk", A, A.T, optimize=[(-1, 0)])),
                ("invalid-argument",
                 lambda: einc.einsum("ij,jk", A, A.T, optimize=[(2**32, 0)])),
                ("size-overflow", lambda: einc.plan("ij", (2**70, 3))),
                ("size-overflow", lambda: einc.compile("ij", (2**63, 3))),
                ("size-overflow", lambda: einc.compile("ij", (2**62, 4))),
                ("limit", lambda: einc.compile("ij->i", (2**40, 2**10))),
                ("invalid-argument", lambda: einc.einsum(
                    "ij->i", A, out=np.lib.stride_tricks.as_strided(
                        np.zeros(1), (3,), (0,)))),
                ("unsupported-type",
                 lambda: einc.einsum("i->", np.zeros(2, "V2"))),
                ("invalid-argument", lambda: einc.plan("ij", (3, -4))),
                ("invalid-argument", lambda: einc.compile("ij", (3, -4)))]:
            with self.subTest(kind), self.assertRaises(einc.Error) as caught:
                call()
            self.assertEqual(caught.exception.kind, kind)

    def test_types(self):
        for call in [lambda: einc.einsum("ij->i", A, threads="two"),
                     lambda: einc.einsum("ij->i", A, threads=1.5),
                     lambda: einc.einsum("i->", [2**70]),
                     lambda: einc.plan(5, (3, 4)),
                     lambda: einc.compile(5, (3, 4)),
                     lambda: einc.compile("ij->i", A, dtype="f4"),
                     lambda: einc.compile("ij->i", (3, 4), dtype="U3"),
                     lambda: einc.einsum("ij->i", A, optimize={})]:
            with self.assertRaises(TypeError):
                call()


if __name__ == "__main__":
    unittest.main()
