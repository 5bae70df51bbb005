/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A program that knows einc by the headers of its objects alone. Every number
 * is a small integer, so that sums are exact in any order.
 */
#include "chain.h"
#include "hermitian.h"
#include "product.h"
#include "rows.h"
#include "scores.h"
#include "sums.h"

#include <complex.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;

static void expect(int holds, const char *what) {
  if (!holds) {
    printf("FAILED: %s\n", what);
    ++failures;
  }
}

/* From -7 to 7; neighbours, rows and tensors differ. */
static int number(int seed, int i) {
  return (int)(((unsigned)(seed + i) * 2654435761u) >> 16) % 15 - 7;
}

static void testProduct(void) {
  enum { R = 13, J = 17, K = 19 };
  static float a[R * J], b[J * K], c[R * K], transposed[R * K];
  int64_t aStrides[2] = {1, R}, bStrides[2] = {K, 1}, cStrides[2] = {1, -R};
  int i, j, k, wrong = 0, wrongStrided = 0;
  for (i = 0; i < R * J; ++i)
    a[i] = (float)number(1, i);
  for (i = 0; i < J * K; ++i)
    b[i] = (float)number(2, i);
  for (i = 0; i < R * K; ++i)
    c[i] = transposed[i] = 1e30f; /* written, never read */
  expect(product(a, b, c) == product_ok, "product runs");
  /* The output is column-major, its columns from last to first. */
  expect(product_strided(a, aStrides, b, bStrides, transposed + R * (K - 1),
                         cStrides) == product_ok,
         "product_strided runs");
  for (i = 0; i < R; ++i)
    for (k = 0; k < K; ++k) {
      float sum = 0, sumStrided = 0;
      for (j = 0; j < J; ++j) {
        sum += a[i * J + j] * b[j * K + k];
        sumStrided += a[i + j * R] * b[j * K + k];
      }
      wrong += c[i * K + k] != sum;
      wrongStrided += transposed[R * (K - 1) + i - R * k] != sumStrided;
    }
  expect(wrong == 0, "product");
  expect(wrongStrided == 0, "product_strided");
  expect(product(NULL, b, c) == product_invalid_argument, "null operand");
  expect(product(a, b, NULL) == product_invalid_argument, "null output");
  expect(product_strided(a, NULL, b, bStrides, c, cStrides) ==
             product_invalid_argument,
         "null strides");
}

static void testScores(void) {
  enum { B = 2, H = 3, Q = 9, L = 11, D = 5 };
  static double q[B * H * Q * D], l[B * H * L * D], s[B * H * Q * L];
  int n, i, j, d, wrong = 0;
  for (i = 0; i < B * H * Q * D; ++i)
    q[i] = number(3, i);
  for (i = 0; i < B * H * L * D; ++i)
    l[i] = number(4, i);
  expect(scores(q, l, s) == scores_ok, "scores runs");
  for (n = 0; n < B * H; ++n)
    for (i = 0; i < Q; ++i)
      for (j = 0; j < L; ++j) {
        double sum = 0;
        for (d = 0; d < D; ++d)
          sum += q[(n * Q + i) * D + d] * l[(n * L + j) * D + d];
        wrong += s[(n * Q + i) * L + j] != sum;
      }
  expect(wrong == 0, "scores");
}

/* Intermediates, in a workspace of the function's own and of ours. */
static void testChain(void) {
  enum { R = 21, J = 4, K = 33, L = 6 };
  static int32_t a[R * J], b[J * K], c[K * L], out[R * L], again[R * L];
  int i, j, k, l, wrong = 0;
  int64_t bytes = chain_workspace_bytes();
  void *workspace;
  for (i = 0; i < R * J; ++i)
    a[i] = number(5, i);
  for (i = 0; i < J * K; ++i)
    b[i] = number(6, i);
  for (i = 0; i < K * L; ++i)
    c[i] = number(7, i);
  expect(chain(a, b, c, out) == chain_ok, "chain runs");
  for (i = 0; i < R; ++i)
    for (l = 0; l < L; ++l) {
      int32_t sum = 0;
      for (j = 0; j < J; ++j)
        for (k = 0; k < K; ++k)
          sum += a[i * J + j] * b[j * K + k] * c[k * L + l];
      wrong += out[i * L + l] != sum;
    }
  expect(wrong == 0, "chain");
  expect(bytes > 0 && bytes % 64 == 0 && bytes == chain_info.workspace_bytes,
         "chain_workspace_bytes");
  workspace = aligned_alloc(64, (size_t)bytes);
  expect(chain_ws(a, b, c, again, workspace) == chain_ok, "chain_ws runs");
  expect(memcmp(out, again, sizeof out) == 0, "chain_ws");
  expect(chain_ws(a, b, c, again, NULL) == chain_invalid_argument,
         "null workspace");
  expect(chain_ws(a, b, c, again, (char *)workspace + 8) ==
             chain_invalid_argument,
         "workspace that is not aligned");
  free(workspace);
  expect(strcmp(chain_info.equation, "ij,jk,kl->il") == 0 &&
             strcmp(chain_info.isa, "x86-64") == 0 &&
             chain_info.num_tensors == 4 && chain_info.num_open == 0 &&
             strcmp(chain_info.tensors[3].name, "D") == 0 &&
             strcmp(chain_info.tensors[3].type, "i32") == 0 &&
             chain_info.tensors[3].rank == 2 &&
             chain_info.tensors[3].extents[0] == R && chain_info.plan[0] == '{',
         "chain_info");
}

static void testSums(void) {
  enum { R = 31, J = 7 };
  static double a[R * J], out[J];
  int i, j, wrong = 0;
  for (i = 0; i < R * J; ++i)
    a[i] = number(8, i);
  expect(sums(a, out) == sums_ok, "sums runs");
  for (j = 0; j < J; ++j) {
    double sum = 0;
    for (i = 0; i < R; ++i)
      sum += a[i * J + j];
    wrong += out[j] != sum;
  }
  expect(wrong == 0, "sums");
}

/* The second operand is conjugated. */
static void testConjugate(void) {
  enum { M = 5, N = 6, K = 7 };
  static hermitian_c64 a[M * K], b[K * N], c[M * N];
  int m, n, k, wrong = 0;
  for (m = 0; m < M * K; ++m)
    a[m] = (float)number(9, m) + (float)number(10, m) * I;
  for (n = 0; n < K * N; ++n)
    b[n] = (float)number(11, n) + (float)number(12, n) * I;
  expect(hermitian(a, b, c) == hermitian_ok, "hermitian runs");
  for (m = 0; m < M; ++m)
    for (n = 0; n < N; ++n) {
      float _Complex sum = 0;
      for (k = 0; k < K; ++k)
        sum += a[m * K + k] * conjf(b[k * N + n]);
      wrong += crealf(c[m * N + n]) != crealf(sum) ||
               cimagf(c[m * N + n]) != cimagf(sum);
    }
  expect(wrong == 0, "hermitian");
}

/* Extents of each call, the one that was hinted at among them. */
static void testOpen(void) {
  enum { Most = 40, J = 6, K = 5 };
  static float a[Most * J], b[J * K], c[Most * K];
  const int64_t extents[] = {8, 0, 1, 7, 9, Most};
  int i, j, k, n;
  for (i = 0; i < Most * J; ++i)
    a[i] = (float)number(13, i);
  for (i = 0; i < J * K; ++i)
    b[i] = (float)number(14, i);
  for (n = 0; n < 6; ++n) {
    int wrong = 0;
    for (i = 0; i < Most * K; ++i)
      c[i] = -1e30f;
    expect(rows(a, b, c, extents[n]) == rows_ok, "rows runs");
    expect(rows_workspace_bytes(extents[n]) >= 0, "rows_workspace_bytes");
    for (i = 0; i < Most; ++i)
      for (k = 0; k < K; ++k) {
        float sum = 0;
        for (j = 0; j < J; ++j)
          sum += a[i * J + j] * b[j * K + k];
        wrong += c[i * K + k] != (i < extents[n] ? sum : -1e30f);
      }
    expect(wrong == 0, "rows");
  }
  expect(rows(NULL, b, NULL, 0) == rows_ok, "no rows need no pointers");
  expect(rows(NULL, b, c, 1) == rows_invalid_argument, "null operand");
  expect(rows(a, b, c, -1) == rows_invalid_argument, "negative extent");
  expect(rows(a, b, c, INT64_MAX) == rows_limit, "extent that overflows");
  expect(rows_info.num_open == 1 && strcmp(rows_info.open[0], "i") == 0 &&
             rows_info.tensors[0].extents[0] == -1,
         "rows_info");
}

int main(void) {
  testProduct();
  testScores();
  testChain();
  testSums();
  testConjugate();
  testOpen();
  printf("%d failures\n", failures);
  return failures != 0;
}
