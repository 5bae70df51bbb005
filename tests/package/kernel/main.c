/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Kernels that einc_add_kernel compiled, against loops. */
#include "product.h"
#include "rows.h"
#include "scores.h"

#include <stdio.h>

static int fill(int i) { return i * 7 % 13 - 6; }

static int checkProduct(void) {
  float a[2][3], b[3][4], c[2][4];
  for (int i = 0; i < 6; ++i)
    a[i / 3][i % 3] = (float)fill(i);
  for (int i = 0; i < 12; ++i)
    b[i / 4][i % 4] = (float)fill(i + 6);
  if (product(&a[0][0], &b[0][0], &c[0][0]) != 0)
    return 0;
  int right = 1;
  for (int i = 0; i < 2; ++i)
    for (int k = 0; k < 4; ++k) {
      float sum = 0;
      for (int j = 0; j < 3; ++j)
        sum += a[i][j] * b[j][k];
      right &= c[i][k] == sum;
    }
  return right;
}

static int checkRows(void) {
  double a[5][7], x[7], y[5];
  for (int i = 0; i < 35; ++i)
    a[i / 7][i % 7] = fill(i);
  for (int j = 0; j < 7; ++j)
    x[j] = fill(j + 50);
  if (rows(&a[0][0], x, y) != 0)
    return 0;
  int right = 1;
  for (int i = 0; i < 5; ++i) {
    double sum = 0;
    for (int j = 0; j < 7; ++j)
      sum += a[i][j] * x[j];
    right &= y[i] == sum;
  }
  return right;
}

static int checkScores(void) {
  float q[3][5][8], k[3][6][8], s[3][5][6];
  for (int i = 0; i < 120; ++i)
    (&q[0][0][0])[i] = (float)fill(i);
  for (int i = 0; i < 144; ++i)
    (&k[0][0][0])[i] = (float)fill(i + 120);
  if (scores(&q[0][0][0], &k[0][0][0], &s[0][0][0]) != 0)
    return 0;
  int right = 1;
  for (int b = 0; b < 3; ++b)
    for (int i = 0; i < 5; ++i)
      for (int j = 0; j < 6; ++j) {
        float sum = 0;
        for (int d = 0; d < 8; ++d)
          sum += q[b][i][d] * k[b][j][d];
        right &= s[b][i][j] == sum;
      }
  return right;
}

int main(void) {
  const int product = checkProduct(), rows = checkRows(),
            scores = checkScores();
  printf("product %s\nrows %s\nscores %s\n", product ? "right" : "wrong",
         rows ? "right" : "wrong", scores ? "right" : "wrong");
  return product && rows && scores ? 0 : 1;
}
