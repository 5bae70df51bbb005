#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes values.jsonl: equations with operands and their exact results.

Every result is computed here, in Python's integers, by one loop over all
labels. Run it in this folder: ./make.py > values.jsonl. Format of a row:
ValueRows.h.
"""

import itertools
import json
import math
import struct
import zlib

# id, equation, type, shapes, layouts (a letter an operand: r row-major, c
# column-major, n all strides negative, z first stride 0, g gaps between the
# elements), and for equations that are not plain letters the same in letters.
ROWS = [
    ("dot-1", "p,p->", "f32", [(1,), (1,)], "rr"),
    ("dot-2", "p,p->", "f64", [(31,), (31,)], "rn"),
    ("dot-3", "p,p->", "f32", [(259,), (259,)], "gr"),
    ("dot-4", "pq,qp->", "f64", [(9, 11), (11, 9)], "rr"),
    ("gemv-1", "uv,v->u", "f32", [(13, 37), (37,)], "rr"),
    ("gemv-2", "vu,v->u", "f32", [(37, 13), (37,)], "rg"),
    ("gemv-3", "u,uv->v", "f64", [(65,), (65, 3)], "nr"),
    ("gemv-4", "uv,v->u", "f64", [(3, 130), (130,)], "cn"),
    ("gemm-1", "mk,kn->mn", "f32", [(1, 1), (1, 1)], "rr"),
    ("gemm-2", "mk,kn->mn", "f32", [(7, 5), (5, 9)], "rr"),
    ("gemm-3", "km,kn->mn", "f64", [(5, 7), (5, 9)], "rr"),
    ("gemm-4", "mk,nk->mn", "f32", [(17, 19), (23, 19)], "rr"),
    ("gemm-5", "km,nk->mn", "f64", [(19, 17), (23, 19)], "rr"),
    ("gemm-6", "mk,kn->nm", "f32", [(33, 20), (20, 49)], "rr"),
    ("gemm-7", "km,kn->nm", "f64", [(20, 33), (20, 49)], "rr"),
    ("gemm-8", "mk,nk->nm", "f32", [(49, 34), (33, 34)], "cr"),
    ("gemm-9", "km,nk->nm", "f64", [(34, 49), (33, 34)], "gn"),
    ("gemm-10", "mk,kn->mn", "f32", [(65, 97), (97, 66)], "rr"),
    ("gemm-11", "mk,kn->mn", "f64", [(66, 97), (97, 65)], "cc"),
    ("gemm-12", "mk,kn->mn", "f32", [(2, 449), (449, 6)], "nr"),
    ("gemm-13", "mk,kn->mn", "f64", [(6, 449), (449, 2)], "gg"),
    ("gemm-14", "mk,kn->mn", "f32", [(6, 9), (9, 17)], "zr"),
    ("gemm-15", "mk,kn->mn", "f32", [(17, 9), (9, 6)], "rz"),
    ("batch-1", "tmk,tkn->tmn", "f32", [(3, 6, 7), (3, 7, 8)], "rr"),
    ("batch-2", "mkt,tkn->mnt", "f64", [(6, 7, 5), (5, 7, 8)], "rr"),
    ("batch-3", "tmk,tnk->mtn", "f32", [(2, 17, 9), (2, 33, 9)], "rg"),
    ("batch-4", "stmk,tkns->smtn", "f64", [(2, 3, 4, 5), (3, 5, 7, 2)], "rc"),
    ("batch-5", "tm,tm->t", "f32", [(19, 23), (19, 23)], "rn"),
    ("groups-1", "aced,eb->dcba", "f32", [(5, 3, 9, 7), (9, 4)], "rr"),
    ("groups-2", "aced,eb->dcba", "f64", [(9, 5, 17, 3), (17, 7)], "rr"),
    ("groups-3", "wxyz,zyvu->uvxw", "f32", [(2, 3, 5, 7), (7, 5, 3, 4)], "rr"),
    ("groups-4", "xayb,ybxc->ac", "f64", [(3, 8, 5, 7), (5, 7, 3, 9)], "nr"),
    ("groups-5", "fghi,ihjk->gjfk", "f32", [(4, 3, 5, 6), (6, 5, 2, 9)], "gr"),
    ("outer-1", "u,v->uv", "f32", [(17,), (9,)], "rr"),
    ("outer-2", "u,v->vu", "f64", [(17,), (33,)], "nr"),
    ("outer-3", "uv,w->wvu", "f32", [(3, 4), (5,)], "cr"),
    ("hadamard-1", "uv,vu->uv", "f32", [(11, 14), (14, 11)], "rr"),
    ("hadamard-2", "uvw,wu->vuw", "f64", [(4, 5, 6), (6, 4)], "rg"),
    ("permute-1", "uv->vu", "f32", [(17, 33)], "r"),
    ("permute-2", "uvw->wuv", "f64", [(5, 9, 7)], "n"),
    ("permute-3", "uvwx->xvwu", "f32", [(3, 5, 4, 9)], "g"),
    ("sum-1", "uvw->v", "f32", [(7, 8, 9)], "r"),
    ("sum-2", "uv->", "f64", [(33, 17)], "c"),
    ("sum-3", "uvw->wu", "f32", [(5, 21, 6)], "n"),
    ("trace-1", "uu->", "f32", [(33, 33)], "r"),
    ("trace-2", "uvu->v", "f64", [(5, 7, 5)], "g"),
    ("diagonal-1", "uu->u", "f32", [(17, 17)], "n"),
    ("diagonal-2", "uvu,v->u", "f64", [(6, 3, 6), (3,)], "rr"),
    ("embed-1", "u->uu", "f32", [(9,)], "r"),
    ("embed-2", "uv,v->uvu", "f64", [(4, 5), (5,)], "rn"),
    ("embed-3", "uv,vw->uwu", "f32", [(7, 6), (6, 5)], "rr"),
    ("broadcast-1", "uv,vw->uw", "f32", [(7, 1), (9, 8)], "rr"),
    ("broadcast-2", "uv,uv->vu", "f64", [(1, 9), (7, 1)], "rr"),
    ("zero-1", "uv,vw->uw", "f32", [(3, 0), (0, 5)], "rr"),
    ("zero-2", "uv,vw->uw", "f64", [(0, 3), (3, 5)], "rr"),
    ("zero-3", "uv->", "f32", [(4, 0)], "r"),
    ("scalar-1", ",->", "f32", [(), ()], "rr"),
    ("scalar-2", ",uv->vu", "f64", [(), (3, 5)], "rr"),
    ("chain-1", "ab,bc,cd->ad", "f32", [(5, 6), (6, 7), (7, 4)], "rrr"),
    ("chain-2", "ab,bc,cd,de->ea", "f64", [(3, 9), (9, 2), (2, 8), (8, 5)],
     "rcnr"),
    ("chain-3", "ab,b,bc,c->a", "f32", [(5, 3), (3,), (3, 4), (4,)], "rrrr"),
    ("star-1", "au,av,aw->uvw", "f64", [(6, 3), (6, 4), (6, 5)], "rrr"),
    ("five-1", "ab,bc,ca,ad,d->bd", "f32",
     [(2, 3), (3, 4), (4, 2), (2, 5), (5,)], "rrrrr"),
    ("implicit-1", "zy,yx", "f32", [(4, 5), (5, 6)], "rr", "zy,yx->xz"),
    ("ellipsis-1", "...uv,...vw->...uw", "f64", [(2, 3, 4, 5), (3, 5, 6)],
     "rr", "abuv,bvw->abuw"),
    ("ellipsis-2", "u...->...", "f32", [(3, 4, 5)], "r", "uab->ab"),
    ("parentheses-1", "ab,(bc,cd)->ad", "f64", [(4, 3), (3, 6), (6, 5)], "rrr",
     "ab,bc,cd->ad"),
    ("named-1", "row mid, mid col -> col row", "f32", [(9, 7), (7, 10)], "rr",
     "rm,mc->cr"),
    ("unicode-1", "αβ,βγ->γα", "f64", [(5, 8), (8, 6)], "rr", "ab,bc->ca"),
]


# The same for every other type. Extents of one more than vectors and tiles; sums
# that leave the range of the small integers.
TYPED_ROWS = [
    ("dot", "p,p->", [(67,), (67,)], "rn"),
    ("dot", "pq,qp->q", [(33, 5), (5, 33)], "rc"),
    ("gemv", "uv,v->u", [(19, 33), (33,)], "rg"),
    ("gemv", "vu,v->u", [(33, 19), (33,)], "rr"),
    ("gemm", "mk,kn->mn", [(9, 17), (17, 33)], "rr"),
    ("gemm", "km,nk->nm", [(18, 33), (9, 18)], "nc"),
    ("gemm", "mk,kn->mn", [(4, 4), (4, 4)], "rr"),
    ("batch", "tmk,tkn->mtn", [(5, 6, 8), (5, 8, 7)], "rg"),
    ("groups", "aced,eb->dcba", [(5, 3, 9, 7), (9, 4)], "rr"),
    ("outer", "u,v->vu", [(9,), (17,)], "nr"),
    ("hadamard", "uv,vu->uv", [(7, 18), (18, 7)], "rr"),
    ("permute", "uvw->wuv", [(5, 9, 7)], "r"),
    ("permute", "uv->vu", [(17, 33)], "g"),
    ("sum", "uvw->v", [(7, 8, 9)], "n"),
    ("sum", "uv->u", [(9, 65)], "r"),
    ("trace", "uvu->v", [(5, 7, 5)], "r"),
    ("embed", "uv,v->uvu", [(4, 5), (5,)], "rn"),
    ("broadcast", "uv,vw->uw", [(7, 1), (9, 8)], "rr"),
    ("zero", "uv,vw->uw", [(3, 0), (0, 5)], "rr"),
    ("zero-stride", "mk,kn->mn", [(6, 9), (9, 17)], "zr"),
    ("chain", "ab,bc,cd->ad", [(5, 3), (3, 4), (4, 6)], "rrr"),
]
OTHER_TYPES = ["c64", "c128", "i8", "i16", "i32", "i64", "u8", "bool", "f16",
               "bf16"]
for dtype in OTHER_TYPES:
    for number, (group, equation, shapes, kinds) in enumerate(TYPED_ROWS):
        ROWS.append((f"{group}-{dtype}-{number + 1}", equation, dtype, shapes,
                     kinds))
# i8 and u8 summed in i32.
ACCUMULATED_ROWS = [
    (f"accumulate-{dtype}-{number + 1}", equation, dtype, shapes, kinds)
    for dtype in ["i8", "u8"]
    for number, (group, equation, shapes, kinds) in enumerate(TYPED_ROWS)
    if group in ["dot", "gemv", "gemm", "batch", "sum", "chain"]
]

# Largest absolute value of a sum, partial sums included, that is exact.
LIMITS = {"f32": 2**24, "c64": 2**24, "f16": 2**24, "bf16": 2**24,
          "f64": 2**53, "c128": 2**53}
# Whole numbers that halves hold.
WHOLE = {"f16": 2**11, "bf16": 2**8}
# Bits of integers, and the modulus of their fill: a prime, so that all numbers
# are in the range of the type. 2**61 - 1 is one.
INTEGERS = {"i8": (8, 251), "u8": (8, 251), "i16": (16, 65521),
            "i32": (32, 2147483647), "i64": (64, 2**61 - 1)}


def is_prime(number):
    return number > 1 and all(number % d for d in range(2, math.isqrt(number) + 1))


def layout(kind, shape):
    """Strides, offset and number of buffer elements."""
    order = range(len(shape)) if kind == "c" else range(len(shape) - 1, -1, -1)
    strides = [0] * len(shape)
    step = 3 if kind == "g" else 1
    for axis in order:
        if kind == "z" and axis == 0:
            continue
        strides[axis] = step
        step *= max(shape[axis], 1)
        step += 2 if kind == "g" else 0
    if kind == "n":
        strides = [-stride for stride in strides]
    reach = [stride * (extent - 1) for stride, extent in zip(strides, shape)]
    if 0 in shape:
        return strides, 0, 1
    offset = -sum(r for r in reach if r < 0) + (2 if kind == "g" else 0)
    return strides, offset, offset + sum(r for r in reach if r > 0) + 1


class Gauss:
    """A complex number of integers; abs is the sum of its parts' sizes."""

    def __init__(self, re, im=0):
        self.re, self.im = re, im

    def __add__(self, other):
        return Gauss(self.re + other.re, self.im + other.im)

    def __mul__(self, other):
        return Gauss(self.re * other.re - self.im * other.im,
                     self.re * other.im + self.im * other.re)

    def __abs__(self):
        return abs(self.re) + abs(self.im)


def elements_of(dtype, fill, count):
    """The buffer's elements, as numbers to compute with."""
    mul, add, mod, sub = fill
    number = lambda j: (j * mul + add) % mod - sub
    if dtype in ["c64", "c128"]:
        return [Gauss(number(2 * j), number(2 * j + 1)) for j in range(count)]
    if dtype == "bool":
        return [int(number(j) < 0) for j in range(count)]
    return [number(j) for j in range(count)]


def evaluate(letters, shapes, buffers, zero=0, one=1):
    """The formula itself; returns the shape, the values, the largest sum of
    absolute values."""
    inputs, output = letters.split("->")
    terms = inputs.split(",")
    extents = {}
    for term, shape in zip(terms, shapes):
        for label, extent in zip(term, shape):
            if extents.get(label, 1) == 1:
                extents[label] = extent
    shape = [extents[label] for label in output]
    values = [zero] * math.prod(shape)
    sizes = [0] * math.prod(shape)
    for index in itertools.product(*(range(e) for e in extents.values())):
        at = dict(zip(extents, index))
        term_product = one
        for term, own, (elements, strides, offset) in zip(terms, shapes, buffers):
            place = offset
            for label, extent, stride in zip(term, own, strides):
                place += at[label] * stride if extent != 1 else 0
            term_product = term_product * elements[place]
        place = 0
        for label, extent in zip(output, shape):
            place = place * extent + at[label]
        values[place] = values[place] + term_product
        sizes[place] += abs(term_product)
    return shape, values, max(sizes, default=0)


def wrap(value, dtype):
    bits, _ = INTEGERS[dtype]
    value %= 2**bits
    return value - 2**bits if dtype != "u8" and value >= 2 ** (bits - 1) else value


def round_half(value, dtype):
    """To nearest, ties to even; `value` is exact in f32."""
    if dtype == "f16":
        try:
            return int(struct.unpack("<e", struct.pack("<e", float(value)))[0])
        except OverflowError:
            return "inf" if value > 0 else "-inf"
    bits = struct.unpack("<I", struct.pack("<f", value))[0]
    bits += 0x7FFF + (bits >> 16 & 1)
    return int(struct.unpack("<f", struct.pack("<I", bits & 0xFFFF0000))[0])


def to_result(value, dtype):
    """A value as a row of its type has it."""
    if dtype in INTEGERS:
        return wrap(value, dtype)
    if dtype == "bool":
        return int(value > 0)
    if dtype in WHOLE:
        return round_half(value, dtype)
    return [value.re, value.im] if isinstance(value, Gauss) else value


def checksum(values):
    total = sum((i % 97 + 1) * v for i, v in enumerate(values))
    return str((total + 2**63) % 2**64 - 2**63)


def terms_summed(equation, shapes):
    terms = equation.partition("->")
    return math.prod({label: extent
                      for term, shape in zip(terms[0].split(","), shapes)
                      for label, extent in zip(term, shape)
                      if label not in terms[2]}.values())


def fills(name, dtype, equation, shapes, largest):
    """Fills to try, the one of the most different numbers first."""
    def fill(i, prime, sub, suffix=""):
        seed = zlib.crc32(f"{name}/{i}{suffix}".encode())
        return [seed % (prime - 1) + 1, seed // 7 % prime, prime, sub]

    operands = range(len(shapes))
    if dtype in INTEGERS:
        _, prime = INTEGERS[dtype]
        sub = 0 if dtype == "u8" else prime // 2
        yield [fill(i, prime, sub) for i in operands]
        return
    summed = max(terms_summed(equation, shapes), 1)
    if dtype == "bool":
        # About half of the results are true.
        part = min((0.7 / summed) ** (1 / len(shapes)), 0.7)
        for attempt in range(20):
            yield [fill(i, 1009, int(1009 * part), f"/{attempt}")
                   for i in operands]
        return
    # All elements of a buffer differ if the modulus is a prime of at least its
    # size; where the sums might not be exact it is smaller.
    limit = LIMITS[dtype]
    if dtype in WHOLE and len(shapes) > 2:
        limit = WHOLE[dtype]
    exact = int(2 * (limit / summed) ** (1 / len(shapes)))
    exact = min(exact, 2 * WHOLE.get(dtype, exact))
    for prime in range(min(2 * largest + 60, exact), 2, -1):
        if is_prime(prime):
            yield [fill(i, prime, prime // 2) for i in operands]


def make(name, equation, dtype, shapes, kinds, letters=None, accumulate=None):
    letters = letters or equation
    layouts = [layout(kind, shape) for kind, shape in zip(kinds, shapes)]
    largest = max(base for _, _, base in layouts)
    is_complex = dtype in ["c64", "c128"]
    limit = LIMITS.get(dtype, math.inf)
    if dtype in WHOLE and len(shapes) > 2:
        limit = WHOLE[dtype]
    for tried in fills(name, dtype, letters, shapes, largest):
        operands, buffers = [], []
        for shape, kind, fill, (strides, offset, base) in zip(
                shapes, kinds, tried, layouts):
            operand = {"shape": shape, "fill": fill}
            if kind != "r":
                operand.update(strides=strides, offset=offset, base=base)
            operands.append(operand)
            buffers.append((elements_of(dtype, fill, base), strides, offset))
        zero, one = (Gauss(0), Gauss(1)) if is_complex else (0, 1)
        shape, values, size = evaluate(letters, shapes, buffers, zero, one)
        if size < limit and (dtype != "bool" or min(values, default=0) == 0 <
                             max(values, default=0)):
            break
    row = {"id": name, "equation": equation, "dtype": dtype}
    if accumulate:
        row["accumulate"] = accumulate
    row.update(operands=operands, shape=shape)
    results = [to_result(value, accumulate or dtype) for value in values]
    if len(results) > 512:
        parts = list(zip(*results)) if is_complex else [results]
        row["checksum"] = [checksum(part) for part in parts]
    else:
        row["expected"] = results
    print(json.dumps(row, ensure_ascii=False, separators=(",", ":")))


for row in ROWS:
    make(*row)
for row in ACCUMULATED_ROWS:
    make(*row, accumulate="i32")
