# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Other Python threads run while einc computes."""

import threading
import unittest

import numpy as np

import einc


class Threads(unittest.TestCase):
    def test_lock_is_released(self):
        # A long call, and a thread that counts. If the lock were held, the
        # counter could not move between the two reads around the call.
        a = np.ones((1200, 1200))
        einc.einsum("ij,jk->ik", a, a)
        stop, started = threading.Event(), threading.Event()
        count = [0]

        def spin():
            while not stop.is_set():
                count[0] += 1
                started.set()

        thread = threading.Thread(target=spin)
        thread.start()
        started.wait()
        moved = 0
        for _ in range(5):
            before = count[0]
            einc._core.einsum(b"ij,jk->ik", [a, a], OPTIONS)
            moved = max(moved, count[0] - before)
        stop.set()
        thread.join()
        # Giving up the lock once for an instant lets it move a little, too;
        # the calls take some 20 ms.
        self.assertGreater(moved, 1000)

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


OPTIONS = einc._core.Options("auto", [], "", 1)

if __name__ == "__main__":
    unittest.main()
