# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Other Python threads run while einc computes."""

import sys
import threading
import time
import unittest

import numpy as np

import einc


class Threads(unittest.TestCase):
    def test_lock_is_released(self):
        # A thread that counts whenever it gets the lock, which nobody takes
        # from the main thread: it moves only if that gives the lock away.
        interval = sys.getswitchinterval()
        sys.setswitchinterval(30)
        stop, count = threading.Event(), [0]

        def tick():
            while not stop.is_set():
                count[0] += 1
                time.sleep(0.0005)

        thread = threading.Thread(target=tick)
        thread.start()
        try:
            self.assertEqual(self.moves(count, hold_lock), 0)
            for call in CALLS:
                call()  # compiled before it is watched
                self.assertGreater(self.moves(count, call), 2)
        finally:
            stop.set()
            sys.setswitchinterval(interval)
            thread.join()

    def moves(self, count, call):
        before = count[0]
        call()
        return count[0] - before

    def test_many_threads(self):
        rng = np.random.default_rng(7)
        operands = [rng.random((n, n + 1)) for n in range(20, 28)]
        product = einc.compile("ij,kj->ik", operands[0], operands[0])
        wrong = []

        def work(number):
            for turn in range(50):
                a = operands[(number + turn) % len(operands)]
                if not np.allclose(einc.einsum("ij,kj->ik", a, a), a @ a.T):
                    wrong.append(number)
                if not np.allclose(product(operands[0], operands[0]),
                                   operands[0] @ operands[0].T):
                    wrong.append(number)
                try:
                    einc.einsum("ij,jk->ik", a, a)
                    wrong.append(number)
                except einc.Error as error:
                    if error.kind != "extent-mismatch":
                        wrong.append(number)

        threads = [threading.Thread(target=work, args=(i,)) for i in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])


A = np.ones((1500, 1500))
OUT = np.empty_like(A)
PRODUCT = einc.compile("ij,jk->ik", A, A)


def hold_lock():
    end = time.perf_counter() + 0.02
    while time.perf_counter() < end:
        pass


CALLS = [lambda: einc.einsum("ij,jk->ik", A, A),
         lambda: einc.einsum("ij,jk->ik", A, A, out=OUT),
         lambda: einc.einsum(A, [0, 1], A, [1, 2], [0, 2]),
         lambda: einc.einsum(A, [0, 1], A, [1, 2], [0, 2], out=OUT),
         lambda: PRODUCT(A, A, out=OUT)]

if __name__ == "__main__":
    unittest.main()
