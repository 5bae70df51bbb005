// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A plugin of MLIR's form whose API version no host has.

#include <stdint.h>

struct Info {
  uint32_t apiVersion;
  const char *name;
  const char *version;
  void (*registerAll)(void *registry);
};

__attribute__((visibility("default"))) struct Info mlirGetPassPluginInfo(void) {
  struct Info info = {4000000000u, "wrong", "1", 0};
  return info;
}

__attribute__((visibility("default"))) struct Info
mlirGetDialectPluginInfo(void) {
  return mlirGetPassPluginInfo();
}
