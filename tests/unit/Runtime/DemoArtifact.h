// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Builds artifacts by hand: what the compiler makes, without the compiler.

#ifndef EINC_TESTS_UNIT_RUNTIME_DEMOARTIFACT_H
#define EINC_TESTS_UNIT_RUNTIME_DEMOARTIFACT_H

#include "runtime/Executable.h"

#include <initializer_list>
#include <memory>
#include <vector>

namespace einc::runtime::demo {

/// Tokens.
inline EincToken literal(int64_t value) { return {value, EINC_OP_LITERAL, 0}; }
inline EincToken extent(int64_t number) { return {number, EINC_OP_EXTENT, 0}; }
inline EincToken counter(int64_t number) {
  return {number, EINC_OP_COUNTER, 0};
}
inline EincToken op(EincOpcode opcode) {
  return {0, static_cast<uint32_t>(opcode), 0};
}
using Tokens = std::vector<EincToken>;

/// An artifact whose arrays are vectors; change them as you like, then get().
struct DemoArtifact {
  std::vector<EincKernel> kernels;
  std::vector<EincToken> tokens;
  std::vector<EincBuffer> buffers;
  std::vector<EincPointer> pointers;
  std::vector<EincExpression> params;
  std::vector<EincStep> steps;
  std::vector<EincArgument> arguments;
  EincArtifact artifact = {};

  DemoArtifact();

  EincExpression expression(const Tokens &tokens);
  EincExpression number(int64_t value) { return expression({literal(value)}); }

  uint32_t addKernel(EincKernelFunction function, uint32_t numPointers,
                     uint64_t scratchBytes = 0);
  uint32_t addImageKernel(const void *image, uint64_t bytes, uint64_t entry,
                          uint32_t numPointers);
  /// Adds an argument and its buffer; returns the buffer.
  uint32_t addArgument();
  uint32_t addWorkspace(int64_t offset, int64_t bytes);
  uint32_t addConstant(const void *data, int64_t bytes);
  uint32_t addScalars();

  struct Pointer {
    uint32_t buffer;
    Tokens offset = {};
  };
  uint32_t addStep(uint32_t kernel, const Tokens &grains,
                   const std::vector<Pointer> &stepPointers,
                   const std::vector<Tokens> &stepParams = {},
                   int64_t minGrains = 0);
  uint32_t addLoop(uint32_t counter, const Tokens &extent, uint32_t bodySteps);

  const EincArtifact &get();
  /// The executable, with a test failure if there is none.
  std::shared_ptr<const Executable> bind(std::vector<int64_t> extents = {});
};

/// Kernels.

/// pointers: i64 output. params: how many follow, then those. Appends them to
/// the output, whose first element counts how many are there.
void appendParams(void *const *pointers, const int64_t *params, void *scratch,
                  int64_t begin, int64_t end);

/// pointers: i64 output, i64 input. out[g] = 3 * in[g] + params[0].
void affine(void *const *pointers, const int64_t *params, void *scratch,
            int64_t begin, int64_t end);

/// pointers: f32 output, f32 input, f32 {alpha, beta}. params: length of a
/// line. out[g] = alpha * (sum of line g, by way of scratch) + beta * out[g].
/// Scratch: a line.
void scaledSum(void *const *pointers, const int64_t *params, void *scratch,
               int64_t begin, int64_t end);

/// Position-independent code for x86-64, as Codegen packs it. pointers: i64
/// array. At offset 0: adds 1 to elements [begin, end); at CodeAddParam: adds
/// params[0].
extern const unsigned char Code[];
extern const uint64_t CodeBytes;
constexpr uint64_t CodeAddParam = 32;

} // namespace einc::runtime::demo

#endif // EINC_TESTS_UNIT_RUNTIME_DEMOARTIFACT_H
