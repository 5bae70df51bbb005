// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Every family of kernels compiles for AArch64, and its objects link. This
/// machine need not run them.

#include "tests/e2e/Objects/LinkedProgram.h"

#include <cstdlib>
#include <elf.h>
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <unistd.h>

#include <cstring>

using namespace einc;
using namespace einc::test;

namespace {

TEST(AArch64, CompilesEveryFamily) {
  Machine machine = hostMachine();
  machine.target = {Target::ISA::AArch64};
  EXPECT_FALSE(hostSupports(machine.target));
  std::set<std::string> families;
  const Request rows[] = {
      {"ij,jk->ik", {{130, 140}, {140, 150}}},
      {"ij,jk->ik", {{9, 8}, {8, 7}}},
      {"ij,j->i", {{370, 410}, {410}}},
      {"i,i->", {{100000}, {100000}}},
      {"ij->j", {{1000, 33}}},
      {"ij->i", {{1000, 33}}},
      {"ij->ji", {{100, 330}}},
      {"i,j->ij", {{170}, {190}}},
      {"abc,bad,ae->dce", {{5, 7, 9}, {7, 5, 11}, {5, 6}}},
      {"ii,ij->", {{30, 30}, {30, 40}}},
      {"iij->", {{3, 3, 5}}},
  };
  for (Request request : rows)
    for (ElementType type :
         {ElementType::F32, ElementType::F64, ElementType::C64, ElementType::I8,
          ElementType::I16, ElementType::I32, ElementType::I64,
          ElementType::F16, ElementType::BF16}) {
      request.type = type;
      Layouts layouts = layoutsOf(request);
      CompileOptions options;
      options.verifyIR = true;
      ProgramOptions programOptions;
      programOptions.machines = {machine};
      auto program =
          compileProgram(layouts.equation, layouts.operands, layouts.output,
                         options, programOptions, testCache());
      ASSERT_TRUE(program) << request.equation << " "
                           << program.error().render();
      const EincVariant &variant = (*program)->get().variants[0];
      EXPECT_EQ(variant.architecture, uint32_t(EINC_ARCHITECTURE_AARCH64));
      EXPECT_EQ(variant.cpu, 0u);
      for (uint32_t i = 0; i < variant.artifact->numKernels; ++i)
        families.insert(variant.artifact->kernels[i].family);
      auto object = makeObject(**program, EINC_FORM_OBJECT, {.verifyIR = true},
                               testCache());
      ASSERT_TRUE(object) << object.error().render();
      Elf64_Ehdr header;
      std::memcpy(&header, object->data(), sizeof header);
      EXPECT_EQ(header.e_machine, EM_AARCH64);
    }
  EXPECT_EQ(families,
            (std::set<std::string>{"dot", "gemm", "gemv", "general", "outer",
                                   "permute", "reduce", "small"}));
}

} // namespace
