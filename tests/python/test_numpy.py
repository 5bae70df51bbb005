# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Calls as users of numpy write them: the same results, or an exception where
numpy has one."""

import unittest
import warnings

import numpy as np

import einc

F8 = np.arange(6.0).reshape(2, 3) + 0.5
F4 = F8.astype("f4")
I4 = np.arange(6, dtype="i4").reshape(2, 3) - 2
I1 = np.arange(6, dtype="i1").reshape(2, 3) * 30
C8 = (F8 + 1j * F8[::-1]).astype("c8")
B = I4 > 0
CUBE = np.arange(24.0).reshape(2, 3, 4)
SQUARE = np.arange(9.0).reshape(3, 3)


def read_only(array):
    array = array.copy()
    array.flags.writeable = False
    return array


def unaligned(array):
    memory = np.zeros(array.nbytes + 1, np.uint8)
    result = np.ndarray(array.shape, array.dtype, memory, 1)
    result[...] = array
    return result


def field(array):
    """Elements that are no whole number of elements apart."""
    records = np.zeros(array.shape, [("a", array.dtype), ("b", "u1")])
    records["a"] = array
    return records["a"]


#: What both take, with the same result, type and kind of object.
SAME = [
    lambda e: e.einsum("ij,kj->ik", F8, F8),
    lambda e: e.einsum("ij,kj", F8, F8),
    lambda e: e.einsum(" ij , kj -> ik ", F8, F8),
    lambda e: e.einsum(b"ij,kj->ik", F8, F8),
    lambda e: e.einsum(F8, [0, 1], F8, [2, 1], [0, 2]),
    lambda e: e.einsum(F8, [0, 1], F8, [2, 1]),
    lambda e: e.einsum(F8, [0, Ellipsis], [Ellipsis, 0]),
    lambda e: e.einsum(F8, (0, 1), (0,)),
    lambda e: e.einsum(F8, [np.int64(0), 1], [0]),
    lambda e: e.einsum("...j,j->...", CUBE, CUBE[0, 0]),
    # Types.
    lambda e: e.einsum("ij,kj->ik", F4, F4),
    lambda e: e.einsum("ij,kj->ik", F4, F8),
    lambda e: e.einsum("ij,kj->ik", F4, I4),
    lambda e: e.einsum("ij,kj->ik", I1, I1),
    lambda e: e.einsum("ij,kj->ik", I1, I4),
    lambda e: e.einsum("ij,kj->ik", C8, F4),
    lambda e: e.einsum("ij,kj->ik", B, B),
    lambda e: e.einsum("ij->", B),
    lambda e: e.einsum("ij,ij->", F8.astype("f2"), F8.astype("f2")),
    lambda e: e.einsum("ij,->ij", F4, 2.0),
    lambda e: e.einsum("ij,->ij", I4, 2),
    lambda e: e.einsum("ij,ij->i", [[1, 2], [3, 4]], ((5, 6), (7, 8))),
    lambda e: e.einsum("i,i", [1j, 2], [3, 4]),
    lambda e: e.einsum(",->", 3, 4.5),
    lambda e: e.einsum("", 3.5),
    lambda e: e.einsum("i->i", np.float32(2) * F4[0]),
    lambda e: e.einsum("ij,kj->ik", F8.astype(">f8"), F8),
    # Results of no axis are scalars.
    lambda e: e.einsum("ij->", F8),
    lambda e: e.einsum("i,i", F8[0], F8[1]),
    lambda e: e.einsum(F8, [0, 1], []),
    # dtype, casting.
    lambda e: e.einsum("ij->i", I4, dtype="f8"),
    lambda e: e.einsum("ij->i", I4, dtype=np.float64),
    lambda e: e.einsum("ij->i", F8, dtype="f4", casting="same_kind"),
    lambda e: e.einsum("ij->i", F8, dtype="i4", casting="unsafe"),
    lambda e: e.einsum("ij->i", I1, dtype=np.dtype("i8")),
    lambda e: e.einsum("ij->i", np.ones((2, 3), "u4"), dtype="i8"),
    # out.
    lambda e: e.einsum("ij->i", F8, out=np.zeros(2)),
    lambda e: e.einsum("ij->i", I4, out=np.zeros(2)),
    lambda e: e.einsum("ij->", F8, out=np.zeros(())),
    lambda e: e.einsum("ij->ji", F8, out=np.zeros((3, 2))),
    lambda e: e.einsum("ij->ji", F8, out=np.zeros((2, 3)).T),
    lambda e: e.einsum("ij->i", F8, out=np.zeros((2, 4))[::-1, 1]),
    lambda e: e.einsum("ij->i", F8, out=unaligned(np.zeros(2))),
    lambda e: e.einsum("ij->i", F8, out=field(np.zeros(2))),
    lambda e: e.einsum("ij->i", F8, out=np.zeros(2, ">f8")),
    lambda e: e.einsum("ij->i", F8, out=np.zeros(2, "f4"), casting="same_kind"),
    lambda e: e.einsum(F8, [0, 1], [0], out=np.zeros(2)),
    lambda e: e.einsum(F8, [0, 1], [0], out=np.zeros(2, ">f8")),
    # Memory of all kinds.
    lambda e: e.einsum("ij,kj->ik", F8[::-1, ::-1], F8[:, ::-1]),
    lambda e: e.einsum("ij,kj->ik", F8.T, F8.T),
    lambda e: e.einsum("ij,kj->ik", np.asfortranarray(F8), F8),
    lambda e: e.einsum("ij,j->i", np.broadcast_to(F8[0], (4, 3)), F8[1]),
    lambda e: e.einsum("ij,kj->ik", unaligned(F8), F8),
    lambda e: e.einsum("ij,kj->ik", field(F8), F8),
    lambda e: e.einsum("ij,kj->ik", field(C8.astype("c16")), F8),
    lambda e: e.einsum("ij,kj->ik", read_only(F8), read_only(F8)),
    lambda e: e.einsum("ijk,k->ij", CUBE[:, ::2, 1::2], CUBE[0, 0, ::2]),
    lambda e: e.einsum("ij->i", np.zeros((2, 0))),
    lambda e: e.einsum("ij,jk->ik", np.zeros((2, 0)), np.zeros((0, 3))),
    lambda e: e.einsum("ij->j", np.zeros((2, 0), "i4")),
    lambda e: e.einsum("ij,ij->i", np.ma.array(F8), F8),
    # Order.
    lambda e: e.einsum("ij,kj->ik", F8, F8, order="F"),
    lambda e: e.einsum("ij,kj->ik", F8, F8, order="C"),
    lambda e: e.einsum("ij,jk->ik", F8.T, F8.copy("F"), order="A"),
    # optimize.
    lambda e: e.einsum("ij,jk,kl->il", F8, SQUARE, SQUARE, optimize=False),
    lambda e: e.einsum("ij,jk,kl->il", F8, SQUARE, SQUARE, optimize=True),
    lambda e: e.einsum("ij,jk,kl->il", F8, SQUARE, SQUARE, optimize="greedy"),
    lambda e: e.einsum("ij,jk,kl->il", F8, SQUARE, SQUARE, optimize="optimal"),
    lambda e: e.einsum("ij,jk,kl->il", F8, SQUARE, SQUARE,
                       optimize=["einsum_path", (1, 2), (0, 1)]),
    lambda e: e.einsum("i,i->i", F8[0], F8[1], optimize=None),
    # Views.
    lambda e: e.einsum("ij->ji", F8),
    lambda e: e.einsum("ii->i", SQUARE),
    lambda e: e.einsum("i...->...i", CUBE),
    lambda e: e.einsum("ba", F8),
    lambda e: e.einsum("...ii->...i", CUBE[:, :, :3]),
]

#: What both refuse, with which of Python's exceptions.
REFUSED = [
    (TypeError, lambda e: e.einsum(5, F8)),
    (ValueError, lambda e: e.einsum()),
    (ValueError, lambda e: e.einsum("ij")),
    (TypeError, lambda e: e.einsum(F8, [0, True])),
    (ValueError, lambda e: e.einsum("i - >i", F8[0])),
    (ValueError, lambda e: e.einsum(". ..->...", F8)),
    (TypeError, lambda e: e.einsum("i,i->i", np.array(["a", "b"]), [1, 2])),
    (TypeError, lambda e: e.einsum("i,i->i", np.array([None, 1]), [1, 2])),
    (TypeError, lambda e: e.einsum(F8, [0, "a"])),
    (TypeError, lambda e: e.einsum(F8, [0, 1.5])),
    (TypeError, lambda e: e.einsum(F8, 0)),
    (ValueError, lambda e: e.einsum(F8, [0, -1])),
    (ValueError, lambda e: e.einsum(F8, [0])),
    (ValueError, lambda e: e.einsum("ij->k", F8)),
    (ValueError, lambda e: e.einsum("ij,jk->ik", F8, F8)),
    (ValueError, lambda e: e.einsum("ij,jk->ik", F8)),
    (ValueError, lambda e: e.einsum("ij->i", F8, F8)),
    (ValueError, lambda e: e.einsum("i.j->i", F8)),
    (ValueError, lambda e: e.einsum("ii->i", F8)),
    (TypeError, lambda e: e.einsum("ij->i", F8, foo=1)),
    (ValueError, lambda e: e.einsum("ij->i", F8, order="Q")),
    (ValueError, lambda e: e.einsum("ij->i", F8, casting="maybe")),
    (TypeError, lambda e: e.einsum("ij->i", F8, dtype="nope")),
    (TypeError, lambda e: e.einsum("ij->i", F8, dtype="f4")),
    (TypeError, lambda e: e.einsum("ij->i", F8, dtype="i4", casting="same_kind")),
    (TypeError, lambda e: e.einsum("ij->i", F8, out=[0, 0])),
    (TypeError, lambda e: e.einsum("ij->i", F8, out=np.zeros(2, "f4"))),
    (ValueError, lambda e: e.einsum("ij->i", F8, out=np.zeros(3))),
    (ValueError, lambda e: e.einsum("ij->i", F8, out=np.zeros((1, 2)))),
    (ValueError, lambda e: e.einsum("ij->i", F8, out=np.zeros((2, 1)))),
    (ValueError, lambda e: e.einsum("ij->i", F8, out=np.zeros(1, ">f8"))),
    (ValueError, lambda e: e.einsum("ij->i", F8, out=read_only(np.zeros(2)))),
    (TypeError, lambda e: e.einsum("i,i->i", F8[0], F8[1], optimize=5)),
    (TypeError, lambda e: e.einsum("i,i,i->i", F8[0], F8[1], F8[0],
                                   optimize=[1.5, "a"])),
]


class Numpy(unittest.TestCase):
    def test_same(self):
        for number, call in enumerate(SAME):
            with self.subTest(number), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                wanted, result = call(np), call(einc)
                self.assertIs(type(result), type(wanted))
                self.assertEqual(result.dtype, wanted.dtype)
                np.testing.assert_allclose(result, wanted, rtol=1e-6)
                self.assertEqual(result.shape, wanted.shape)

    def test_refused(self):
        for number, (exception, call) in enumerate(REFUSED):
            with self.subTest(number):
                with self.assertRaises(exception):
                    call(np)
                with self.assertRaises(exception):
                    call(einc)

    def test_order(self):
        for order in "CFA":
            for a in (F8, F8.copy("F")):
                call = lambda e: e.einsum("ij,kj->ik", a, a, order=order)
                wanted = call(np).flags
                result = call(einc).flags
                self.assertEqual((result.c_contiguous, result.f_contiguous),
                                 (wanted.c_contiguous, wanted.f_contiguous))

    def test_integers_wrap_or_not(self):
        a = np.array([100, 120, 90], np.int8)
        self.assertEqual(einc.einsum("i,i->", a, a), np.einsum("i,i->", a, a))
        wide = einc.einsum("i,i->", a, a, accumulate="i32")
        self.assertEqual((wide, wide.dtype), (32500, np.int32))
        u = np.array([200, 250], np.uint8)
        self.assertEqual(einc.einsum("i->", u, accumulate="i64"), 450)
        with self.assertRaises(einc.Error):
            einc.einsum("i->", F8[0], accumulate="i32")
        with self.assertRaises(einc.Error):
            einc.einsum("i->", u, accumulate="i16")

    def test_views_are_views(self):
        a = np.arange(9.0).reshape(3, 3)
        einc.einsum("ii->i", a)[:] = [-1, -2, -3]
        self.assertEqual(a.diagonal().tolist(), [-1, -2, -3])
        self.assertTrue(np.shares_memory(einc.einsum("ij->ji", a), a))
        self.assertFalse(einc.einsum("ij->ji", read_only(a)).flags.writeable)
        self.assertFalse(np.shares_memory(einc.einsum("ij->i", a), a))

    def test_subclasses(self):
        class Own:
            __array_interface__ = F8.__array_interface__
        np.testing.assert_array_equal(einc.einsum("ij->j", Own()), F8.sum(0))
        self.assertIs(type(einc.einsum("ij->j", np.matrix(F8))), np.ndarray)


class Overlap(unittest.TestCase):
    """out= that shares memory with operands."""

    def test_overlap(self):
        for equation, make in [
                ("ij,jk->ik", lambda m: (m, [m, m])),
                ("ij->ji", lambda m: (m, [m])),
                ("ij,jk->ik", lambda m: (m.T, [m, m])),
                ("ij->i", lambda m: (m[0], [m])),
                ("ij,j->i", lambda m: (m[:, 1], [m, m[2]])),
                ("i->i", lambda m: (m.reshape(-1)[1:], [m.reshape(-1)[:-1]])),
                ("i->i", lambda m: (m.reshape(-1)[:-1], [m.reshape(-1)[1:]])),
                ("i->i", lambda m: (m.reshape(-1)[::-1], [m.reshape(-1)])),
                ("i,i->i", lambda m: (m[0, ::-1], [m[0], m[1]]))]:
            with self.subTest(equation):
                ours, theirs = SQUARE + 1, SQUARE + 1
                out, operands = make(theirs)
                # numpy buffers an operand that out shares; here by hand, so
                # that the wanted numbers depend on nothing.
                out[...] = np.einsum(equation, *[o.copy() for o in operands])
                out, operands = make(ours)
                self.assertIs(einc.einsum(equation, *operands, out=out), out)
                np.testing.assert_array_equal(ours, theirs)


if __name__ == "__main__":
    unittest.main()
