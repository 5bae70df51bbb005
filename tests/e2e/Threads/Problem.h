// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A table of equations that take every family of kernels, and a row of it
/// compiled and filled: run it as often as you like and compare the bytes.

#ifndef EINC_TESTS_E2E_THREADS_PROBLEM_H
#define EINC_TESTS_E2E_THREADS_PROBLEM_H

#include "compiler/Driver/Compiler.h"

namespace einc::tests {

struct Row {
  const char *name; ///< of the test
  const char *equation;
  const char *shapes;
  /// One letter for each operand and the output, row-major where they end: 'r'
  /// row-major, 'c' column-major, 'b' backwards, 's' every third element, 'p'
  /// rows that start 4096 bytes apart, or a multiple.
  const char *layouts;
  Family family; ///< of one of its steps
  /// A part of that step's schedule text that the row is there for.
  const char *way = "";
  ElementType type = ElementType::F32; ///< that takes it
};

/// Sizes are made for smallMachine().
std::span<const Row> rows();

/// This host's best target, or another, with caches of 8, 64 and 512 KiB, so
/// that small tensors have many blocks.
Machine smallMachine(Target target = hostMachine().target);

/// The steps of a row; a test failure if there are none.
PlannedExpression planRow(const Row &row, ElementType type,
                          const Machine &machine);

/// Memory that is filled, aligned to pages, and exactly as long as asked.
class Memory {
public:
  explicit Memory(size_t bytes = 0, unsigned char fill = 0);
  char *data() const { return bytes.get(); }
  size_t size() const { return numBytes; }

private:
  struct Free {
    void operator()(char *pointer) const { std::free(pointer); }
  };
  std::unique_ptr<char, Free> bytes;
  size_t numBytes;
};

class Problem {
public:
  Problem(const Row &row, ElementType type, const Machine &machine);

  bool compiled() const { return expression != nullptr; }
  const CompiledExpression &code() const { return *expression; }

  struct Scalars {
    bool scaled = false; ///< else {1, 0}
  };
  /// The output's bytes after a run whose workspace is full of `stale` bytes.
  std::vector<char> run(runtime::RunOptions options, Scalars scalars,
                        unsigned char stale);

  /// Bytes of working memory of a task, and what else a run takes.
  uint64_t scratchBytes() const { return taskBytes; }
  uint64_t sharedBytes() const;
  /// The workspace of the current run; task i has its scratch at
  /// sharedBytes() + i * scratchBytes().
  char *workspace() const { return work.data(); }

private:
  std::shared_ptr<const CompiledExpression> expression;
  std::vector<Memory> operands;
  std::vector<void *> arguments;
  Memory previous; ///< the output before a run that reads it
  Memory output;
  Memory work;
  uint64_t taskBytes = 0;
};

} // namespace einc::tests

#endif // EINC_TESTS_E2E_THREADS_PROBLEM_H
