# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""compile, plan and einsum_path."""

import json
import unittest

import ml_dtypes
import numpy as np

import einc

A = np.arange(12.0).reshape(3, 4) - 4
B = np.arange(20.0).reshape(4, 5) / 2


class Expressions(unittest.TestCase):
    def test_call(self):
        product = einc.compile("ij,jk->ik", A, B)
        np.testing.assert_array_equal(product(A, B), A @ B)
        self.assertEqual((product.shape, product.dtype), ((3, 5), np.float64))
        self.assertEqual([s.equation for s in product.plan.steps], ["ij,jk->ik"])
        self.assertGreaterEqual(product.workspace_bytes, 0)
        self.assertEqual(repr(product),
                         "<einc.Expression 'ij,jk->ik' -> (3, 5) float64>")

    def test_out(self):
        product = einc.compile("ij,jk->ik", A, B)
        for out in (np.zeros((3, 5)), np.zeros((5, 3)).T,
                    np.zeros((3, 10))[::-1, ::2], np.zeros((3, 5), ">f8")):
            self.assertIs(product(A, B, out=out), out)
            np.testing.assert_array_equal(out, A @ B)
        square = einc.compile("ij,jk->ik", (3, 3), (3, 3))
        c = A[:, :3].copy()
        wanted = c @ c
        square(c, c, out=c)
        np.testing.assert_array_equal(c, wanted)

    def test_strides(self):
        # Compiled for a transpose, called with one, and with other strides.
        columns = np.asfortranarray(A)
        product = einc.compile("ij,jk->ik", columns, B[::-1])
        for a in (columns, A, A[::-1][::-1]):
            np.testing.assert_array_equal(product(a, B[::-1]), A @ B[::-1])
            np.testing.assert_array_equal(product(a, B), A @ B)
        still = einc.compile("ij->i", np.broadcast_to(A[0], (6, 4)))
        np.testing.assert_array_equal(
            still(np.broadcast_to(A[1], (6, 4))), [A[1].sum()] * 6)

    def test_types(self):
        for dtype in ("f4", "c16", "i2", "?", "f2", "bfloat16",
                      ml_dtypes.bfloat16):
            total = einc.compile("i->", (3,), dtype=dtype)
            values = np.array([1, 0, 2]).astype(total.dtype)
            self.assertEqual(total(values), values.sum(dtype=total.dtype), dtype)
        wide = einc.compile("i->", (3,), dtype="i1", accumulate="i32")
        self.assertEqual(wide(np.array([100, 100, 99], "i1")), 299)

    def test_refused(self):
        product = einc.compile("ij,jk->ik", A, B)
        for kind, call in [
                ("operand-count", lambda: product(A)),
                ("invalid-argument", lambda: product(A, A)),
                ("invalid-argument", lambda: product(A, B.astype("f4"))),
                ("invalid-argument", lambda: product(A, B, out=np.zeros(3))),
                ("invalid-argument",
                 lambda: product(A, B, out=np.broadcast_to(0.0, (3, 5))))]:
            with self.assertRaises(einc.Error) as caught:
                call()
            self.assertEqual(caught.exception.kind, kind)
        with self.assertRaises(TypeError):
            product(A, B, out=[0])

    def test_dlpack_lists_and_scalars(self):
        scale = einc.compile("i,->i", (2,), ())
        np.testing.assert_array_equal(scale([1.0, 2.0], 3.0), [3, 6])
        np.testing.assert_array_equal(
            scale(einc.to_dlpack(A[0, :2]), 2.0), A[0, :2] * 2)


class Plans(unittest.TestCase):
    def test_plan(self):
        plan = einc.plan("ij,jk,kl->il", A, B, (5, 1))
        self.assertEqual([(s.operands, s.equation, s.flops, s.size)
                          for s in plan.steps],
                         [([1, 2], "jk,kl->jl", 40, 4),
                          ([0, 3], "ij,jl->il", 24, 3)])
        self.assertEqual(plan.flops, 64)
        self.assertEqual(plan.left_to_right_flops, 150)
        self.assertEqual(plan.largest_intermediate, 4)
        self.assertEqual(plan.method, "optimal")
        self.assertGreaterEqual(plan.seconds, 0)
        self.assertEqual(json.loads(plan.json())["ssa_path"], [[1, 2], [0, 3]])
        self.assertIn("jk,kl->jl", str(plan))
        fixed = einc.plan("ij,jk,kl->il", A, B, (5, 1), optimize=False)
        self.assertEqual(fixed.flops, 150)

    def test_path(self):
        operands = [A, B, np.ones((5, 1))]
        for optimize, wanted in [
                ("optimal", [(1, 2), (0, 1)]), ("greedy", [(1, 2), (0, 1)]),
                ([(0, 1), (0, 1)], [(0, 1), (0, 1)])]:
            path, text = einc.einsum_path("ij,jk,kl->il", *operands,
                                          optimize=optimize)
            self.assertEqual(path, ["einsum_path", *wanted])
            self.assertIn("ij,jk,kl->il", text)
            np.testing.assert_allclose(
                np.einsum("ij,jk,kl->il", *operands, optimize=path),
                einc.einsum("ij,jk,kl->il", *operands, optimize=path))

    def test_path_is_numpys(self):
        rng = np.random.default_rng(1)
        for _ in range(20):
            extents = rng.integers(2, 30, 6)
            operands = [np.ones(extents[i:i + 2]) for i in range(5)]
            equation = "ab,bc,cd,de,ef->af"
            ours = einc.einsum_path(equation, *operands, optimize="optimal")[0]
            # Orders of equal cost differ; either library takes the other's.
            theirs = np.einsum_path(equation, *operands, optimize="optimal")[0]
            costs = [einc.plan(equation, *operands, optimize=p).flops
                     for p in (ours, theirs)]
            self.assertLessEqual(costs[0], costs[1])
            np.einsum(equation, *operands, optimize=ours)

    def test_interleaved(self):
        path, text = einc.einsum_path(A, [70, 3], B, [3, 9], [70, 9])
        self.assertEqual(path, ["einsum_path", (0, 1)])
        self.assertEqual(einc.einsum_path(A, [0, 1], [0])[0],
                         np.einsum_path(A, [0, 1], [0])[0])
        many = [np.ones(2)] * 60
        arguments = [x for i, a in enumerate(many) for x in (a, [i])] + [[]]
        self.assertEqual(len(einc.einsum_path(*arguments)[0]), 60)
        with self.assertRaises(einc.Error) as caught:
            einc.einsum_path(A, [0, 1], [2])
        self.assertEqual(caught.exception.kind, "unknown-output-label")


if __name__ == "__main__":
    unittest.main()
