// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "einc-c/einc.h"

#define EINC_TEXT(number) #number
#define EINC_VERSION_OF(major, minor, patch)                                   \
  EINC_TEXT(major) "." EINC_TEXT(minor) "." EINC_TEXT(patch)

static_assert(EINC_VERSION_MINOR < 100 && EINC_VERSION_PATCH < 100);

uint32_t eincVersionNumber() { return EINC_VERSION; }

const char *eincVersionText() {
  return EINC_VERSION_OF(EINC_VERSION_MAJOR, EINC_VERSION_MINOR,
                         EINC_VERSION_PATCH);
}
