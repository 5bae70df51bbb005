// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The list of passes. A name that LLVM no longer knows leaves nothing out and
/// fails a test.

#include "compiler/Codegen/PassFilter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Pass.h"

namespace einc {

// The schedulers are here because kernels are emitted in the order they are
// meant to run in. LLVM's pre-allocation scheduler hoists the loads of a tile
// that fills the register file: 40 spills in the 14x2 tile of x86-64-v4, none
// without it, the same speed elsewhere, and 0.6 ms less for a first call.
//
// Sorted, for binary search.
static constexpr llvm::StringLiteral names[] = {
    "Analyze Machine Code For Garbage Collection",
    "Argument Stack Rebase",
    "Check CFA info and insert CFI instructions if needed",
    "Constant Hoisting",
    "Contiguously Lay Out Funclets",
    "Early If-Conversion",
    "Early Tail Duplication",
    "Exception handling preparation",
    "Expand indirectbr instructions",
    "Expand memcmp() to load/stores",
    "Fixup Statepoint Caller Saved",
    "Implement the 'patchable-function' attribute",
    "Insert KCFI indirect call checks",
    "Insert XRay ops",
    "Insert fentry calls",
    "Insert stack protectors",
    "Instrument function entry/exit with calls to e.g. mcount() (post "
    "inlining)",
    "Interleaved Access Pass",
    "Live DEBUG_VALUE analysis",
    "Local Dynamic TLS Access Clean-up",
    "Lower AMX intrinsics",
    "Lower AMX type for load/store",
    "Lower Garbage Collection Instructions",
    "Machine InstCombiner",
    "Machine Instruction Scheduler",
    "Machine Sanitizer Binary Metadata",
    "Merge contiguous icmps into a memcmp",
    "Merge disjoint stack slots",
    "ObjC ARC contraction",
    "Partially inline calls to library functions",
    "Post RA top-down list latency scheduler",
    "PostRA Machine Sink",
    "Prepare callbr",
    "Pseudo Probe Inserter",
    "Register Allocation Pass Scoring",
    "Remove Loads Into Fake Uses",
    "Remove Redundant DEBUG_VALUE analysis",
    "Replace intrinsics with calls to vector library",
    "Safe Stack instrumentation pass",
    "Shadow Stack GC Lowering",
    "Stack Frame Layout Analysis",
    "StackMap Liveness Analysis",
    "Tile Register Configure",
    "Tile Register Pre-configure",
    "X86 Atom pad short functions",
    "X86 Avoid Store Forwarding Blocks",
    "X86 Domain Reassignment Pass",
    "X86 FP Stackifier",
    "X86 Fixup Inst Tuning",
    "X86 Fixup Vector Constants",
    "X86 Indirect Branch Tracking",
    "X86 Indirect Thunks",
    "X86 Load Value Injection (LVI) Load Hardening",
    "X86 Load Value Injection (LVI) Ret-Hardening",
    "X86 Lower Tile Copy",
    "X86 Optimize Call Frame",
    "X86 PIC Global Base Reg Initialization",
    "X86 Partial Reduction",
    "X86 Return Thunks",
    "X86 Speculative Execution Side Effect Suppression",
    "X86 Suppress APX features for relocation",
    "X86 cmov Conversion",
    "X86 insert wait instruction",
    "X86 speculative load hardening",
};

llvm::ArrayRef<llvm::StringLiteral> superfluousPasses() { return names; }

void FilteringPassManager::add(llvm::Pass *pass) {
  if (llvm::binary_search(names, pass->getPassName()))
    delete pass; // the manager owns what it is given
  else
    llvm::legacy::PassManager::add(pass);
}

} // namespace einc
