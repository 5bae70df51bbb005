// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// einc::Target -> llvm::TargetMachine. The host is never asked.

#ifndef EINC_COMPILER_CODEGEN_TARGETMACHINE_H
#define EINC_COMPILER_CODEGEN_TARGETMACHINE_H

#include "compiler/Schedule/Machine.h"

#include <memory>

namespace llvm {
class TargetMachine;
} // namespace llvm

namespace einc {

/// What code is for. Images lie in one block; parts of objects may come to lie
/// far from each other.
enum class CodePurpose { Image, Object };

/// A machine for one caller at a time: LLVM's are not thread-safe. Machines
/// that come back are handed out again, with what they have computed about
/// their subtarget (0.4 ms).
class TargetMachineLease {
public:
  /// The first call for an architecture registers LLVM's target for it, and no
  /// other. Errors: Internal.
  static Result<TargetMachineLease> take(const Target &target,
                                         CodePurpose purpose);

  TargetMachineLease(TargetMachineLease &&);
  TargetMachineLease &operator=(TargetMachineLease &&) = delete;
  ~TargetMachineLease();

  llvm::TargetMachine &operator*() const { return *machine; }

private:
  TargetMachineLease(const Target &target, CodePurpose purpose,
                     std::unique_ptr<llvm::TargetMachine> machine);

  Target target;
  CodePurpose purpose;
  std::unique_ptr<llvm::TargetMachine> machine; ///< null when moved from
};

} // namespace einc

#endif // EINC_COMPILER_CODEGEN_TARGETMACHINE_H
