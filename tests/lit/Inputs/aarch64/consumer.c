/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A program for AArch64 without a C library: its exit status is the number of
 * the check that failed. Small whole numbers, so that sums are exact.
 */
#include "bytes.h"
#include "chain.h"
#include "half.h"
#include "perm.h"
#include "product.h"
#include "rows.h"
#include "sums.h"
/* All that an object asks of libc. */
static char heap[1 << 24] __attribute__((aligned(64)));
void *aligned_alloc(unsigned long a, unsigned long n) {
  (void)a;
  return n <= sizeof heap ? heap : 0;
}
void free(void *p) { (void)p; }
void *memset(void *p, int c, unsigned long n) {
  volatile char *q = p;
  while (n--)
    *q++ = c;
  return p;
}
void *memcpy(void *p, const void *s, unsigned long n) {
  volatile char *q = p;
  const char *r = s;
  while (n--)
    *q++ = *r++;
  return p;
}
static int num(int seed, int i) {
  return (int)(((unsigned)(seed + i) * 2654435761u) >> 16) % 11 - 5;
}
static float a[131 * 157], b[140 * 157], c[131 * 157];
static double da[4000], db[4000], dc[4000], dd[4000];
static int8_t ia[31 * 140], ib[140 * 57];
static int32_t ic[31 * 57];
static __fp16 ha[31 * 40], hb[40 * 57], hc[31 * 57];
static int check(void) {
  int bad = 0;
  for (int i = 0; i < 131 * 157; ++i)
    a[i] = num(1, i);
  for (int i = 0; i < 140 * 157; ++i)
    b[i] = num(2, i);
  if (product(a, b, c))
    return 1;
  for (int i = 0; i < 131; ++i)
    for (int k = 0; k < 157; ++k) {
      float s = 0;
      for (int j = 0; j < 140; ++j)
        s += a[i * 140 + j] * b[j * 157 + k];
      bad += s != c[i * 157 + k];
    }
  if (bad)
    return 2;
  for (int i = 0; i < 4000; ++i) {
    da[i] = num(3, i);
    db[i] = num(4, i);
    dc[i] = num(5, i);
  }
  if (chain(da, db, dc, dd))
    return 3;
  for (int i = 0; i < 21; ++i)
    for (int l = 0; l < 26; ++l) {
      double s = 0;
      for (int j = 0; j < 34; ++j)
        for (int k = 0; k < 33; ++k)
          s += da[i * 34 + j] * db[j * 33 + k] * dc[k * 26 + l];
      bad += s != dd[i * 26 + l];
    }
  if (bad)
    return 4;
  if (sums(a, c))
    return 5;
  for (int j = 0; j < 37; ++j) {
    float s = 0;
    for (int i = 0; i < 231; ++i)
      s += a[i * 37 + j];
    bad += s != c[j];
  }
  if (bad)
    return 6;
  if (perm(a, c))
    return 7;
  for (int i = 0; i < 131; ++i)
    for (int j = 0; j < 37; ++j)
      bad += c[j * 131 + i] != a[i * 37 + j];
  if (bad)
    return 8;
  for (int i = 0; i < 31 * 140; ++i)
    ia[i] = num(6, i) * 20;
  for (int i = 0; i < 140 * 57; ++i)
    ib[i] = num(7, i) * 20;
  if (bytes(ia, ib, ic))
    return 9;
  for (int i = 0; i < 31; ++i)
    for (int k = 0; k < 57; ++k) {
      int s = 0;
      for (int j = 0; j < 140; ++j)
        s += ia[i * 140 + j] * ib[j * 57 + k];
      bad += s != ic[i * 57 + k];
    }
  if (bad)
    return 10;
  for (int i = 0; i < 31 * 40; ++i)
    ha[i] = num(8, i);
  for (int i = 0; i < 40 * 57; ++i)
    hb[i] = num(9, i);
  if (half((uint16_t *)ha, (uint16_t *)hb, (uint16_t *)hc))
    return 11;
  for (int i = 0; i < 31; ++i)
    for (int k = 0; k < 57; ++k) {
      float s = 0;
      for (int j = 0; j < 40; ++j)
        s += (float)ha[i * 40 + j] * (float)hb[j * 57 + k];
      bad += s != (float)hc[i * 57 + k];
    }
  if (bad)
    return 12;
  for (int m = 0; m < 131; m += 13) {
    if (rows(a, b, c, m, 33))
      return 13;
    for (int i = 0; i < m; ++i)
      for (int k = 0; k < 33; ++k) {
        float s = 0;
        for (int j = 0; j < 40; ++j)
          s += a[i * 40 + j] * b[j * 33 + k];
        bad += s != c[i * 33 + k];
      }
  }
  if (bad)
    return 14;
  return 0;
}
void _start(void) {
  register long x0 asm("x0") = check();
  register long x8 asm("x8") = 93;
  asm volatile("svc 0" ::"r"(x0), "r"(x8));
}
