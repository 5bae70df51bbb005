/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The C API by pkg-config: a product, and a mistake with its place. */
#include <einc-c/einc.h>

#include <stdio.h>

int main(void) {
  const double a[] = {1, 2, 3, 4, 5, 6}, b[] = {1, 0, 0, 1, 2, 2};
  double c[4];
  const int64_t aShape[] = {2, 3}, bShape[] = {3, 2}, cShape[] = {2, 2};
  EincTensor operands[] = {
      {.data = (void *)a, .extents = aShape, .rank = 2, .type = EINC_TYPE_F64},
      {.data = (void *)b, .extents = bShape, .rank = 2, .type = EINC_TYPE_F64}};
  EincTensor output = {
      .data = c, .extents = cShape, .rank = 2, .type = EINC_TYPE_F64};
  EincError *error = NULL;
  if (eincEinsum("ij,jk->ik", 2, operands, &output, NULL, NULL, &error) !=
      EINC_OK) {
    fputs(eincErrorText(error), stderr);
    eincErrorDestroy(error);
    return 1;
  }
  printf("%g %g %g %g\n", c[0], c[1], c[2], c[3]);

  EincStatus status =
      eincEinsum("ij,jk->iz", 2, operands, &output, NULL, NULL, &error);
  EincPosition position = {0, 0};
  eincErrorGetPosition(error, 0, &position);
  printf("%s at byte %zu\n%s", eincStatusName(status), position.byte,
         eincErrorText(error));
  eincErrorDestroy(error);
  return 0;
}
