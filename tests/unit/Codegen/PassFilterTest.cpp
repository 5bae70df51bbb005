// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Holds the list of left-out passes against the pipelines of this LLVM.

#include "compiler/Codegen/PassFilter.h"
#include "compiler/Codegen/TargetMachine.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Pass.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"

#include <gtest/gtest.h>
#include <set>

using namespace einc;

namespace {

/// Notes the names of all passes that a target adds.
class RecordingPassManager : public llvm::legacy::PassManager {
public:
  explicit RecordingPassManager(std::set<std::string> &names) : names(names) {}
  void add(llvm::Pass *pass) override {
    names.insert(pass->getPassName().str());
    llvm::legacy::PassManager::add(pass);
  }

private:
  std::set<std::string> &names;
};

TEST(PassFilter, NamesAreSorted) {
  EXPECT_TRUE(llvm::is_sorted(superfluousPasses()));
}

TEST(PassFilter, LLVMKnowsEveryName) {
  auto lease = TargetMachineLease::take(Target{}, CodePurpose::Image);
  ASSERT_TRUE(lease);
  std::set<std::string> names;
  llvm::SmallString<0> object;
  llvm::raw_svector_ostream stream(object);
  RecordingPassManager passes(names);
  (**lease).addPassesToEmitFile(passes, stream, nullptr,
                                llvm::CodeGenFileType::ObjectFile);
  for (llvm::StringRef name : superfluousPasses())
    EXPECT_TRUE(names.count(name.str())) << name.str();
  EXPECT_TRUE(names.count("X86 Assembly Printer"));
}

} // namespace
