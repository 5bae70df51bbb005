// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A program by hand: adds a number to each element of an i64 vector of open
/// extent. Which number tells which variant ran.

#ifndef EINC_TESTS_UNIT_RUNTIME_DEMOPROGRAM_H
#define EINC_TESTS_UNIT_RUNTIME_DEMOPROGRAM_H

#include "DemoArtifact.h"
#include "runtime/CpuFeatures.h"

#include <array>

namespace einc::runtime::demo {

/// Adds `added` to its argument, whose extent is open number 0; as much code as
/// there is for x86-64, else a function.
struct AddArtifact : DemoArtifact {
  explicit AddArtifact(int64_t added);

private:
  int64_t extents[1] = {-1};
};

struct DemoProgram {
  /// 1: for extent 4, adds 100. 2: adds 10. 3: needs a processor that no
  /// machine has, adds 1000.
  std::array<std::unique_ptr<AddArtifact>, 3> artifacts;
  std::vector<EincVariant> variants;
  std::vector<EincOpenNumber> openNumbers = {{"n", -1}};
  EincProgram program = {};

  DemoProgram();

  EincVariant variant(size_t artifact, uint32_t cpu = 0,
                      EincExpression guard = {0, 0});
  const EincProgram &get();
};

} // namespace einc::runtime::demo

#endif // EINC_TESTS_UNIT_RUNTIME_DEMOPROGRAM_H
