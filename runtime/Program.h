// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Runs programs: chooses a variant by processor and guard, binds it to the
/// open numbers of the call, and keeps what it bound for the next one. The C
/// functions of einc-c/Runtime.h are made of it.

#ifndef EINC_RUNTIME_PROGRAM_H
#define EINC_RUNTIME_PROGRAM_H

#include "runtime/CpuFeatures.h"
#include "runtime/Executable.h"

#include <mutex>

namespace einc::runtime {

/// The variant that a call with these open numbers takes. Errors:
/// UnsupportedTarget, naming the processors that there are variants for;
/// InvalidArgument if only guards are in the way. `program` must pass
/// checkProgram.
Status chooseVariant(const EincProgram &program,
                     std::span<const int64_t> openNumbers,
                     const Processor &processor, uint32_t &variant) noexcept;

/// A program bound to open numbers; immutable.
class BoundProgram {
public:
  /// Arguments as in eincRunProgram; RunOptions::threads is replaced by the
  /// program's if that is fewer. Errors: InvalidArgument (an argument that has
  /// elements is null), those of Executable::run.
  Status run(void *const *arguments,
             const RunOptions &options = {}) const noexcept;

  uint64_t workspaceBytes(unsigned threads = 0) const noexcept {
    return executable->workspaceBytes(threadsFor(threads));
  }
  uint32_t variant() const noexcept { return variantNumber; }
  std::span<const int64_t> openNumbers() const noexcept { return numbers; }

private:
  friend class LoadedProgram;
  BoundProgram() = default;

  unsigned threadsFor(unsigned wanted) const noexcept {
    return maxThreads && (!wanted || wanted > maxThreads) ? maxThreads : wanted;
  }

  std::shared_ptr<const Executable> executable;
  std::vector<int64_t> numbers;
  std::vector<bool> mayBeNull; ///< arguments without elements
  uint32_t variantNumber = 0;
  unsigned maxThreads = 0;
};

/// A checked program with the code that was mapped for it. Thread-safe.
class LoadedProgram {
public:
  /// So many bound forms are kept; the one that was not used for longest goes.
  static constexpr size_t MaxBound = 64;

  /// `program` must outlive the object, which `owner` may see to. Errors: those
  /// of checkProgram, OutOfMemory.
  static Status create(const EincProgram &program,
                       std::shared_ptr<LoadedProgram> &out,
                       std::shared_ptr<const void> owner = nullptr,
                       const Processor &processor = hostProcessor()) noexcept;

  /// The program for these numbers, which is kept already or made now. Errors:
  /// those of chooseVariant and Executable::create; InvalidArgument for more or
  /// fewer numbers than the program has.
  Status bind(std::span<const int64_t> openNumbers,
              std::shared_ptr<const BoundProgram> &out) noexcept;

  const EincProgram &get() const noexcept { return program; }
  /// How often bind() had to make something.
  uint64_t timesBound() const noexcept;

private:
  LoadedProgram(const EincProgram &program, std::shared_ptr<const void> owner,
                const Processor &processor)
      : program(program), owner(std::move(owner)), processor(processor),
        code(program.numVariants) {}

  struct Kept {
    std::shared_ptr<const BoundProgram> bound;
    uint64_t lastUse;
  };
  Kept *find(std::span<const int64_t> openNumbers);
  Status make(std::span<const int64_t> openNumbers,
              std::shared_ptr<const BoundProgram> &out);
  Status mapCode(uint32_t variant);

  const EincProgram &program;
  std::shared_ptr<const void> owner;
  const Processor processor;
  mutable std::mutex mutex;
  /// Of each variant that was taken once; empty before.
  std::vector<std::vector<KernelEntry>> code;
  std::vector<Kept> kept;
  uint64_t uses = 0;
  uint64_t made = 0;
};

} // namespace einc::runtime

#endif // EINC_RUNTIME_PROGRAM_H
