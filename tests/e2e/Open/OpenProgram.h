// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// One step list with open numbers, compiled once and run with many extents and
/// strides; every result is compared with the naive formula.

#ifndef EINC_TESTS_E2E_OPEN_OPENPROGRAM_H
#define EINC_TESTS_E2E_OPEN_OPENPROGRAM_H

#include "compiler/Driver/Compiler.h"
#include "tests/e2e/Elements/Element.h"

#include <optional>

namespace einc::tests {

/// Extents of labels ("bij" -> {3, 4, 5}) and how tensors lie in memory.
struct OpenCall {
  std::vector<int64_t> extents; ///< of the open labels, in their order
  /// With open strides: of all arguments, in elements; 0 only in operands.
  std::vector<std::vector<int64_t>> strides;
  int alpha = 1, beta = 0;
  unsigned threads = 1;
};

class OpenProgram {
public:
  /// `shapes` as a user types them: "?x64,64x?128".
  static std::unique_ptr<OpenProgram>
  compile(const std::string &equation, const std::string &shapes,
          ElementType type, const std::string &cpu, bool openStrides = false);

  const PlannedExpression &plan() const { return planned; }
  EincArtifact artifact() const { return owned.get(); }

  /// Shape of operand i or, last, of the output, in a call.
  Shape shape(size_t argument, const OpenCall &call) const;
  /// Binds, runs on small integers and compares; "" or what is wrong.
  std::string check(const OpenCall &call, uint64_t seed) const;
  /// What the runtime says about these open numbers.
  runtime::Status
  bind(std::span<const int64_t> numbers,
       std::shared_ptr<const runtime::Executable> &executable) const;
  std::vector<int64_t> numbers(const OpenCall &call) const;

private:
  std::span<const LabelId> labels(size_t argument) const;

  Equation equation;
  PlannedExpression planned;
  bool openStrides = false;
  std::vector<std::shared_ptr<const Kernel>> kernels;
  OwnedArtifact owned;
};

} // namespace einc::tests

#endif // EINC_TESTS_E2E_OPEN_OPENPROGRAM_H
