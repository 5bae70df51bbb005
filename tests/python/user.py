#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A program as a user writes it: attention, a model's gradient, a tensor
network. What it computes is compared with numpy at the end of each."""

import numpy as np

import einc
from einc import einsum

rng = np.random.default_rng(0)


def attention(q, k, v):
    weights = einsum("bhqd,bhkd->bhqk", q, k) / q.shape[-1] ** 0.5
    weights = np.exp(weights - weights.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return einsum("batch head query key, batch head key depth"
                  " -> batch head query depth", weights, v)


def check_attention():
    q, k, v = (rng.standard_normal((2, 3, n, 8)).astype(np.float32)
               for n in (5, 7, 7))
    result = attention(q, k, v)
    scores = q @ k.swapaxes(-1, -2) / np.sqrt(8)
    scores = np.exp(scores)
    wanted = scores / scores.sum(-1, keepdims=True) @ v
    assert result.dtype == np.float32
    np.testing.assert_allclose(result, wanted, rtol=1e-5, atol=1e-6)
    print("attention", result.shape)


def check_regression():
    x, w = rng.standard_normal((50, 4)), rng.standard_normal(4)
    y = x @ w
    predict = einc.compile("ni,i->n", x, w)
    gradient = einc.compile("ni,n->i", x, y)
    found, residual = np.zeros(4), np.empty(50)
    for _ in range(300):
        predict(x, found, out=residual)
        residual -= y
        found -= 0.02 * gradient(x, residual) / 2
    np.testing.assert_allclose(found, w, rtol=1e-6)
    print("regression", found.shape)


def check_network():
    # A ring of tensors, contracted in the order that costs least.
    tensors = [rng.standard_normal((6, 6, 2)) for _ in range(6)]
    equation = "abu,bcv,cdw,dex,efy,faz->uvwxyz"
    plan = einc.plan(equation, *tensors)
    assert plan.flops < plan.left_to_right_flops * 1.01
    path, _ = einc.einsum_path(equation, *tensors)
    result = einsum(equation, *tensors, optimize=path)
    np.testing.assert_allclose(
        result, np.einsum(equation, *tensors, optimize="greedy"))
    print("network", result.shape, len(plan.steps), "steps")


def check_mistake():
    try:
        einsum("ij,jk->ik", np.ones((2, 3)), np.ones((4, 5)))
    except ValueError as error:
        print(error)


if __name__ == "__main__":
    check_attention()
    check_regression()
    check_network()
    check_mistake()
