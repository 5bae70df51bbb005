# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The conformance tables, and numpy on the same rows."""

import json
import unittest

import ml_dtypes
import numpy as np

import einc
import tables

DTYPES = {"f32": "float32", "f64": "float64", "c64": "complex64",
          "c128": "complex128", "i8": "int8", "i16": "int16", "i32": "int32",
          "i64": "int64", "u8": "uint8", "bool": "bool", "f16": "float16",
          "bf16": ml_dtypes.bfloat16}


class Equations(unittest.TestCase):
    def check(self, row, call, numpy_call):
        outcome, numpy_says = row["outcome"], row["numpy"]
        if outcome != "ok":
            with self.assertRaises(einc.Error) as caught:
                call()
            self.assertEqual(caught.exception.kind, outcome)
            if row.get("position", "-") != "-":
                self.assertEqual(
                    caught.exception.positions,
                    tuple(int(p) for p in row["position"].split(",")))
            return
        result = np.asarray(call())
        self.assertEqual(result.shape, tables.shapes(row["output_shape"])[0])
        if numpy_says == "ok":
            # Nearly all sums are exact; those of long products are not.
            np.testing.assert_allclose(result, numpy_call(), rtol=1e-13)

    def test_equations(self):
        count = 0
        for row in tables.rows("equations.tsv"):
            equation = tables.unescape(row["equation"])
            if any(map(tables.too_large, tables.shapes(row["shapes"])
                       + tables.shapes(row["output_shape"]))):
                continue
            operands = [tables.distinct(shape, 2 + 3 * i)
                        for i, shape in enumerate(tables.shapes(row["shapes"]))]
            with self.subTest(row["id"]):
                self.check(row, lambda: einc.einsum(equation, *operands),
                           lambda: np.einsum(equation.decode(), *operands))
            count += 1
        self.assertGreater(count, 150)

    def test_interleaved(self):
        count = 0
        for row in tables.rows("interleaved.tsv"):
            terms = [[Ellipsis if label == "..." else label for label in term]
                     for term in json.loads(row["sublists"])]
            operands = [tables.distinct(shape, 2 + 3 * i)
                        for i, shape in enumerate(tables.shapes(row["shapes"]))]
            if len(terms) != len(operands):
                continue  # no call in Python can say this
            arguments = [x for pair in zip(operands, terms) for x in pair]
            if row["output"] != "-":
                arguments.append([Ellipsis if label == "..." else label
                                  for label in json.loads(row["output"])])
            with self.subTest(row["id"]):
                self.check(row, lambda: einc.einsum(*arguments),
                           lambda: np.einsum(*arguments))
            count += 1
        self.assertGreater(count, 20)


class Values(unittest.TestCase):
    def test_values(self):
        for row in tables.values():
            dtype = np.dtype(DTYPES[row["dtype"]])
            operands = [tables.operand(o, dtype) for o in row["operands"]]
            accumulate = row.get("accumulate")
            with self.subTest(row["id"]):
                result = np.asarray(einc.einsum(row["equation"], *operands,
                                                accumulate=accumulate))
                self.assertEqual(result.dtype,
                                 np.dtype(DTYPES[accumulate or row["dtype"]]))
                self.assertEqual(list(result.shape), row["shape"])
                exact = tables.expected(row, result.dtype)
                if exact is not None:
                    np.testing.assert_array_equal(result, exact)
                    continue
                parts = [result.real]
                if result.dtype.kind == "c":
                    parts.append(result.imag)
                self.assertEqual([tables.checksum(part) for part in parts],
                                 row["checksum"])


if __name__ == "__main__":
    unittest.main()
