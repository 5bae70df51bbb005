/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Prints what each of three objects returns on this processor, and whether its
 * numbers are right.
 */
#include "all.h"
#include "avx2.h"
#include "avx512.h"

#include <stdio.h>

static float a[37 * 41], b[41 * 43], c[37 * 43];

static const char *judge(void) {
  int i, j, k;
  for (i = 0; i < 37; ++i)
    for (k = 0; k < 43; ++k) {
      float sum = 0;
      for (j = 0; j < 41; ++j)
        sum += a[i * 41 + j] * b[j * 43 + k];
      if (c[i * 43 + k] != sum)
        return "not written";
    }
  return "right";
}

static void clear(void) {
  int i;
  for (i = 0; i < 37 * 43; ++i)
    c[i] = -1e30f;
}

int main(void) {
  int i, result;
  for (i = 0; i < 37 * 41; ++i)
    a[i] = (float)(i * 7 % 19 - 9);
  for (i = 0; i < 41 * 43; ++i)
    b[i] = (float)(i * 5 % 23 - 11);
  clear();
  result = all(a, b, c);
  printf("all: %d, %s\n", result, judge());
  clear();
  result = avx2(a, b, c);
  printf("avx2: %d, %s\n", result, judge());
  clear();
  result = avx512(a, b, c);
  printf("avx512: %d, %s\n", result, judge());
  return 0;
}
