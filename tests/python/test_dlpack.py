# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Tensors of other frameworks: no copies, and memory lives as long as needed."""

import gc
import unittest
import weakref

import ml_dtypes
import numpy as np

import einc

A = np.arange(6.0).reshape(2, 3) + 1


class Tensor:
    """A tensor that has nothing but DLPack's two functions, on an array that
    can be watched."""

    class Memory(np.ndarray):
        pass

    @staticmethod
    def make(values):
        # It owns its elements: a view would drop out of the chain of bases.
        memory = Tensor.Memory(values.shape, values.dtype)
        memory[...] = values
        return memory

    def __init__(self, values, device=(1, 0)):
        memory = Tensor.make(values)
        self.alive = weakref.ref(memory)
        self.memory = memory
        self.device = device
        self.calls = 0

    def __dlpack__(self, **options):
        self.calls += 1
        return einc.to_dlpack(self.memory).__dlpack__(**options)

    def __dlpack_device__(self):
        return self.device


class Import(unittest.TestCase):
    def test_every_type(self):
        for dtype in ("f4", "f8", "c8", "c16", "i1", "i2", "i4", "i8", "u1",
                      "?", "f2", ml_dtypes.bfloat16):
            values = np.array([[1, 0, 2], [3, 1, 0]]).astype(dtype)
            for given in (values, values.T, values[::-1, ::2],
                          np.broadcast_to(values[0], (4, 3))):
                tensor = einc.to_dlpack(given)
                result = einc.from_dlpack(tensor)
                self.assertEqual(result.dtype, given.dtype)
                self.assertEqual(result.strides, given.strides)
                self.assertTrue(np.shares_memory(result, given))
                np.testing.assert_array_equal(
                    einc.einsum("ij,ij->i", tensor, given),
                    einc.einsum("ij,ij->i", given.copy(), given.copy()))

    def test_empty_and_scalar(self):
        for shape in ((), (0,), (2, 0, 3)):
            result = einc.from_dlpack(einc.to_dlpack(np.ones(shape)))
            self.assertEqual(result.shape, shape)

    def test_numpys_own(self):
        result = einc.from_dlpack(A)
        self.assertTrue(np.shares_memory(result, A))
        read_only = A.copy()
        read_only.flags.writeable = False
        self.assertFalse(einc.from_dlpack(read_only).flags.writeable)
        np.testing.assert_array_equal(
            einc.einsum("ij->j", einc.to_dlpack(read_only)), A.sum(0))

    def test_lifetime(self):
        tensor = Tensor(A)
        alive = tensor.alive
        result = einc.from_dlpack(tensor)
        part = result[1:]
        del tensor, result
        gc.collect()
        self.assertIsNotNone(alive())
        np.testing.assert_array_equal(part, A[1:])
        del part
        gc.collect()
        self.assertIsNone(alive())

    def test_nothing_is_kept_after_a_call(self):
        tensor = Tensor(A)
        alive = tensor.alive
        result = einc.einsum("ij->j", tensor)
        self.assertEqual(tensor.calls, 1)
        del tensor
        gc.collect()
        self.assertIsNone(alive())
        np.testing.assert_array_equal(result, A.sum(0))

    def test_nothing_is_kept_after_an_error(self):
        tensor = Tensor(A)
        alive = tensor.alive
        try:
            einc.einsum("ijk->j", tensor)
        except einc.Error:
            pass
        del tensor
        gc.collect()
        self.assertIsNone(alive())

    def test_out(self):
        target = np.zeros(3)
        tensor = einc.to_dlpack(target)
        self.assertIs(einc.einsum("ij->j", A, out=tensor), tensor)
        np.testing.assert_array_equal(target, A.sum(0))

    def test_refused(self):
        with self.assertRaises(einc.Error) as caught:
            einc.einsum("ij->j", Tensor(A, device=(2, 0)))
        self.assertEqual(caught.exception.kind, "device")
        with self.assertRaises(einc.Error) as caught:
            einc.from_dlpack(np.ones(3, "u4"))
        self.assertEqual(caught.exception.kind, "unsupported-type")

        class Liar(Tensor):
            def __dlpack__(self, **options):
                return "no capsule"

        class Broken(Tensor):
            def __dlpack__(self, **options):
                raise RuntimeError("lost")

        for kind in (Liar, Broken):
            with self.assertRaises((TypeError, RuntimeError)):
                einc.from_dlpack(kind(A))


class Export(unittest.TestCase):
    def test_results(self):
        result = einc.einsum("ij,kj->ik", A, A)
        other = np.from_dlpack(result)
        self.assertTrue(np.shares_memory(other, result))

    def test_lifetime(self):
        tensor = einc.to_dlpack(einc.einsum("ij,kj->ik", A, A))
        gc.collect()
        other = np.from_dlpack(tensor)
        del tensor
        gc.collect()
        np.testing.assert_array_equal(other, A @ A.T)

    def test_capsule_that_nobody_takes(self):
        memory = Tensor.make(A)
        alive = weakref.ref(memory)
        capsule = einc.to_dlpack(memory).__dlpack__()
        del memory
        gc.collect()
        self.assertIsNotNone(alive())
        del capsule
        gc.collect()
        self.assertIsNone(alive())

    def test_device(self):
        self.assertEqual(einc.to_dlpack(A).__dlpack_device__(), (1, 0))


if __name__ == "__main__":
    unittest.main()
