// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What `einc compile` makes: a named program of one or more variants, from
/// which objects, headers, shared libraries and artifact files are written.

#ifndef EINC_COMPILER_DRIVER_PROGRAM_H
#define EINC_COMPILER_DRIVER_PROGRAM_H

#include "compiler/Driver/Compiler.h"

namespace einc {

struct ProgramOptions {
  /// A C identifier: the function's name.
  std::string name = "f";
  /// Names of operands, then of the output; C identifiers, distinct. Empty:
  /// A, B, C, ... for up to 25 operands, else operand0 ...; the output is the
  /// next letter, or "output".
  std::vector<std::string> argumentNames = {};
  /// What to generate code for, best first. More than one: chosen by the
  /// processor of the call.
  std::vector<Machine> machines = {};
  /// 1: calls run on the calling thread. 0: as many as a process may use.
  unsigned threads = 1;
  /// Whether operands and output may have any strides, given with each call.
  bool openStrides = false;
};

/// Immutable. Its kernels are images.
class Program {
public:
  virtual ~Program() = default;
  /// Lives as long as this object.
  virtual const EincProgram &get() const = 0;
};

/// Plans and compiles one variant for each machine; for an equation with open
/// extents that have hints, before that one for exactly these extents. Errors:
/// those of planExpression and KernelCache::get; InvalidArgument for names that
/// are no identifiers or not distinct.
Result<std::shared_ptr<const Program>>
compileProgram(const ShapedEquation &equation,
               const std::vector<TensorLayout> &operands,
               const TensorLayout &output, const CompileOptions &options,
               const ProgramOptions &programOptions,
               KernelCache &cache = KernelCache::process());

/// What there is to say about a program in a line.
struct ProgramSummary {
  /// Distinct kernels, and the bytes of their images.
  size_t numKernels = 0;
  uint64_t codeBytes = 0;
  /// Intermediates and scratch of one thread, of the largest variant; none: it
  /// depends on open numbers.
  std::optional<uint64_t> workspaceBytes = {};
  /// "x86-64-v4, x86-64-v3", best first.
  std::string targets = {};
};
ProgramSummary summarize(const EincProgram &program);

} // namespace einc

#endif // EINC_COMPILER_DRIVER_PROGRAM_H
