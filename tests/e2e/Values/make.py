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


def evaluate(letters, shapes, buffers):
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
    values = [0] * math.prod(shape)
    sizes = [0] * math.prod(shape)
    for index in itertools.product(*(range(e) for e in extents.values())):
        at = dict(zip(extents, index))
        term_product = 1
        for term, own, (elements, strides, offset) in zip(terms, shapes, buffers):
            place = offset
            for label, extent, stride in zip(term, own, strides):
                place += at[label] * stride if extent != 1 else 0
            term_product *= elements[place]
        place = 0
        for label, extent in zip(output, shape):
            place = place * extent + at[label]
        values[place] += term_product
        sizes[place] += abs(term_product)
    return shape, values, max(sizes, default=0)


def make(number, name, equation, dtype, shapes, kinds, letters=None):
    layouts = [layout(kind, shape) for kind, shape in zip(kinds, shapes)]
    largest = max(base for _, _, base in layouts)
    limit = 2 ** (24 if dtype == "f32" else 53)
    # All elements of a buffer differ if the modulus is a prime of at least its
    # size; where the sums might not be exact it is smaller.
    terms = (letters or equation).partition("->")
    summed = math.prod({label: extent
                        for term, shape in zip(terms[0].split(","), shapes)
                        for label, extent in zip(term, shape)
                        if label not in terms[2]}.values())
    exact = int(2 * (limit / max(summed, 1)) ** (1 / len(shapes)))
    primes = [p for p in range(min(2 * largest + 60, exact), 2, -1)
              if is_prime(p)]
    for prime in primes:
        operands, buffers = [], []
        for i, (shape, kind) in enumerate(zip(shapes, kinds)):
            strides, offset, base = layouts[i]
            seed = zlib.crc32(f"{name}/{i}".encode())
            fill = [seed % (prime - 1) + 1, seed // 7 % prime, prime, prime // 2]
            elements = [(j * fill[0] + fill[1]) % fill[2] - fill[3]
                        for j in range(base)]
            operand = {"shape": shape, "fill": fill}
            if kind != "r":
                operand.update(strides=strides, offset=offset, base=base)
            operands.append(operand)
            buffers.append((elements, strides, offset))
        shape, values, size = evaluate(letters or equation, shapes, buffers)
        if size < limit:
            break
    row = {"id": name, "equation": equation, "dtype": dtype,
           "operands": operands, "shape": shape}
    if len(values) > 512:
        total = sum((i % 97 + 1) * v for i, v in enumerate(values))
        row["checksum"] = [str((total + 2**63) % 2**64 - 2**63)]
    else:
        row["expected"] = values
    print(json.dumps(row, ensure_ascii=False, separators=(",", ":")))


for number, row in enumerate(ROWS):
    make(number, *row)
