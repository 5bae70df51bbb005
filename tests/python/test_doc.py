# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The examples in the documentation of every module are run."""

import doctest
import importlib
import pkgutil
import unittest

import einc


def load_tests(loader, tests, pattern):
    for module in pkgutil.iter_modules(einc.__path__, "einc."):
        # Compiled code is found, too.
        if module.module_finder.find_spec(module.name).origin.endswith(".py"):
            tests.addTests(doctest.DocTestSuite(
                importlib.import_module(module.name)))
    return tests


class Public(unittest.TestCase):
    def test_everything_is_described(self):
        for name in einc.__all__:
            self.assertTrue(getattr(einc, name).__doc__, name)


if __name__ == "__main__":
    unittest.main()
