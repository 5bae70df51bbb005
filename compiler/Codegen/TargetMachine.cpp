// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Registers and configures LLVM's targets for images: PIC, small code models,
/// a section for each function.

#include "compiler/Codegen/TargetMachine.h"

#include "llvm/MC/TargetRegistry.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Triple.h"

#include <algorithm>
#include <mutex>
#include <vector>

// LLVM's TargetSelect.h would declare, and InitializeAllTargets link, them all.
extern "C" {
void LLVMInitializeAArch64TargetInfo();
void LLVMInitializeAArch64Target();
void LLVMInitializeAArch64TargetMC();
void LLVMInitializeAArch64AsmPrinter();
void LLVMInitializeX86TargetInfo();
void LLVMInitializeX86Target();
void LLVMInitializeX86TargetMC();
void LLVMInitializeX86AsmParser();
void LLVMInitializeX86AsmPrinter();
}

namespace einc {
namespace {

llvm::Triple tripleOf(EincArchitecture architecture) {
  return llvm::Triple(architecture == EINC_ARCHITECTURE_AARCH64
                          ? "aarch64-unknown-linux-gnu"
                          : "x86_64-unknown-linux-gnu");
}

const llvm::Target *lookUp(EincArchitecture architecture) {
  std::string error;
  return llvm::TargetRegistry::lookupTarget(tripleOf(architecture), error);
}

/// Objects ask the processor by inline assembly, so X86 has a parser too.
const llvm::Target *x86Target() {
  static const llvm::Target *target = [] {
    LLVMInitializeX86TargetInfo();
    LLVMInitializeX86Target();
    LLVMInitializeX86TargetMC();
    LLVMInitializeX86AsmParser();
    LLVMInitializeX86AsmPrinter();
    return lookUp(EINC_ARCHITECTURE_X86_64);
  }();
  return target;
}

const llvm::Target *aarch64Target() {
  static const llvm::Target *target = [] {
    LLVMInitializeAArch64TargetInfo();
    LLVMInitializeAArch64Target();
    LLVMInitializeAArch64TargetMC();
    LLVMInitializeAArch64AsmPrinter();
    return lookUp(EINC_ARCHITECTURE_AARCH64);
  }();
  return target;
}

/// The registry is no place for two threads.
const llvm::Target *registered(EincArchitecture architecture) {
  static std::mutex mutex;
  std::lock_guard lock(mutex);
  return architecture == EINC_ARCHITECTURE_AARCH64 ? aarch64Target()
                                                   : x86Target();
}

const char *cpuName(const Target &target) {
  switch (target.isa) {
  case Target::ISA::X86_64:
    return "x86-64";
  case Target::ISA::X86_64_V3:
    return "x86-64-v3";
  case Target::ISA::X86_64_V4:
    return "x86-64-v4";
  case Target::ISA::AArch64:
    return "generic";
  }
  return "";
}

/// Kernels are written in 512-bit vectors; x86-64-v4 is tuned to split them.
std::string features(const Target &target) {
  std::string result =
      target.isa == Target::ISA::X86_64_V4 ? "-prefer-256-bit" : "";
  if (target.hasBF16())
    result += ",+avx512bf16";
  if (target.hasVNNI())
    result += ",+avx512vnni";
  return result;
}

std::unique_ptr<llvm::TargetMachine> create(const Target &target,
                                            CodePurpose purpose) {
  const llvm::Target *registration = registered(target.architecture());
  if (!registration)
    return nullptr;
  llvm::TargetOptions options;
  options.FunctionSections = true;
  // Tiny: all addresses are one instruction away, relative to it, as an image
  // wants it that may lie anywhere.
  llvm::CodeModel::Model model =
      target.isa == Target::ISA::AArch64 && purpose == CodePurpose::Image
          ? llvm::CodeModel::Tiny
          : llvm::CodeModel::Small;
  return std::unique_ptr<llvm::TargetMachine>(registration->createTargetMachine(
      tripleOf(target.architecture()), cpuName(target), features(target),
      options, llvm::Reloc::PIC_, model, llvm::CodeGenOptLevel::Default));
}

/// Machines that nobody uses. Never destroyed: a thread may still compile while
/// the process ends.
struct Pool {
  using Key = std::pair<Target, CodePurpose>;
  std::mutex mutex;
  std::vector<std::pair<Key, std::unique_ptr<llvm::TargetMachine>>> idle;

  static Pool &get() {
    static Pool &pool = *new Pool;
    return pool;
  }
  std::unique_ptr<llvm::TargetMachine> take(const Key &key) {
    std::lock_guard lock(mutex);
    auto found = std::find_if(idle.begin(), idle.end(), [&](const auto &entry) {
      return entry.first == key;
    });
    if (found == idle.end())
      return nullptr;
    std::unique_ptr<llvm::TargetMachine> machine = std::move(found->second);
    idle.erase(found);
    return machine;
  }
  void put(const Key &key, std::unique_ptr<llvm::TargetMachine> machine) {
    std::lock_guard lock(mutex);
    idle.emplace_back(key, std::move(machine));
  }
};

} // namespace

TargetMachineLease::TargetMachineLease(
    const Target &target, CodePurpose purpose,
    std::unique_ptr<llvm::TargetMachine> machine)
    : target(target), purpose(purpose), machine(std::move(machine)) {}
TargetMachineLease::TargetMachineLease(TargetMachineLease &&) = default;
TargetMachineLease::~TargetMachineLease() {
  if (machine)
    Pool::get().put({target, purpose}, std::move(machine));
}

Result<TargetMachineLease> TargetMachineLease::take(const Target &target,
                                                    CodePurpose purpose) {
  std::unique_ptr<llvm::TargetMachine> machine =
      Pool::get().take({target, purpose});
  if (!machine)
    machine = create(target, purpose);
  if (machine)
    return TargetMachineLease(target, purpose, std::move(machine));
  Diagnostic diagnostic;
  diagnostic.kind = ErrorKind::Internal;
  diagnostic.message =
      std::string("no code generator for '") + target.text() + "'";
  return diagnostic;
}

} // namespace einc
