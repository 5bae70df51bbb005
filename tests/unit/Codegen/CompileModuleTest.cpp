// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Modules in, images out: what the code computes, and what is refused.

#include "compiler/Schedule/CompilerTable.h"
#include "tests/unit/Codegen/ModuleText.h"

#include <gtest/gtest.h>

using namespace einc;
using namespace einc::test;

namespace {

/// Two entries that share a helper and its constants: a vector of 64 bytes,
/// which LLVM does not merge, and a float, which it does.
constexpr char Shared[] = R"(
llvm.func internal @helper(%p: !llvm.ptr, %scale: f32)
    attributes {no_unwind, no_inline} {
  %c = llvm.mlir.constant(dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0,
      10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0]> : vector<16xf32>)
      : vector<16xf32>
  %h = llvm.mlir.constant(0.5 : f32) : f32
  %s = llvm.fmul %scale, %h : f32
  %u = llvm.mlir.poison : vector<16xf32>
  %z = llvm.mlir.constant(0 : i32) : i32
  %v = llvm.insertelement %s, %u[%z : i32] : vector<16xf32>
  %w = llvm.shufflevector %v, %u [0, 0, 0, 0, 0, 0, 0, 0,
      0, 0, 0, 0, 0, 0, 0, 0] : vector<16xf32>
  %r = llvm.fmul %c, %w : vector<16xf32>
  llvm.store %r, %p {alignment = 4 : i64} : vector<16xf32>, !llvm.ptr
  llvm.return
}
llvm.func @six(%p: !llvm.ptr) attributes {no_unwind} {
  %s = llvm.mlir.constant(12.0 : f32) : f32
  llvm.call @helper(%p, %s) : (!llvm.ptr, f32) -> ()
  llvm.return
}
llvm.func @seven(%p: !llvm.ptr) attributes {no_unwind} {
  %s = llvm.mlir.constant(14.0 : f32) : f32
  llvm.call @helper(%p, %s) : (!llvm.ptr, f32) -> ()
  llvm.return
}
)";

TEST(CompileModule, EntriesShareAHelperAndConstants) {
  for (auto isa :
       {Target::ISA::X86_64, Target::ISA::X86_64_V3, Target::ISA::X86_64_V4}) {
    Target target{isa};
    auto compiled = compileText(Shared, {"seven", "six"},
                                {target, EINC_FORM_IMAGE, /*verify=*/true});
    ASSERT_TRUE(compiled) << compiled.error().message;
    ASSERT_EQ(compiled->images.size(), 2u);
    if (!hostSupports(target))
      continue;
    for (unsigned i = 0; i < 2; ++i) {
      float values[17] = {};
      LoadedKernel(compiled->images[i]).as<void(float *)>()(values);
      for (unsigned lane = 0; lane < 16; ++lane)
        EXPECT_EQ(values[lane], (i == 0 ? 7.0f : 6.0f) * (lane + 1));
      EXPECT_EQ(values[16], 0.0f);
    }
  }
}

TEST(CompileModule, AnImageHoldsOnlyWhatItsEntryReaches) {
  std::string text = Shared;
  text += R"(
llvm.func @alone(%p: !llvm.ptr) attributes {no_unwind} {
  %c = llvm.mlir.constant(17 : i64) : i64
  llvm.store %c, %p : i64, !llvm.ptr
  llvm.return
}
)";
  auto compiled = compileText(text, {"alone", "six"});
  ASSERT_TRUE(compiled) << compiled.error().message;
  EXPECT_LT(compiled->images[0].bytes.size(), 16u);
  EXPECT_GT(compiled->images[1].bytes.size(), 64u);
  int64_t value = 0;
  LoadedKernel(compiled->images[0]).as<void(int64_t *)>()(&value);
  EXPECT_EQ(value, 17);
}

TEST(CompileModule, ImagesAreDeterministic) {
  auto first = compileText(Shared, {"six", "seven"});
  auto second = compileText(Shared, {"six", "seven"});
  ASSERT_TRUE(first && second);
  for (unsigned i = 0; i < 2; ++i) {
    EXPECT_EQ(first->images[i].bytes, second->images[i].bytes);
    EXPECT_EQ(first->images[i].entryOffset, second->images[i].entryOffset);
  }
  EXPECT_NE(first->images[0].bytes, first->images[1].bytes);
}

/// A jump table, whose entries are relative to it.
constexpr char Switch[] = R"(
llvm.func @k(%n: i64) -> i64 attributes {no_unwind} {
  llvm.switch %n : i64, ^other [0: ^a, 1: ^b, 2: ^c, 3: ^d, 4: ^e, 5: ^f]
^a:
  %0 = llvm.mlir.constant(101 : i64) : i64
  llvm.return %0 : i64
^b:
  %1 = llvm.mul %n, %n : i64
  llvm.return %1 : i64
^c:
  %2 = llvm.add %n, %n : i64
  llvm.return %2 : i64
^d:
  %3 = llvm.mlir.constant(-7 : i64) : i64
  llvm.return %3 : i64
^e:
  %4 = llvm.sub %n, %n : i64
  llvm.return %4 : i64
^f:
  %5 = llvm.xor %n, %n : i64
  %6 = llvm.mlir.constant(55 : i64) : i64
  %7 = llvm.add %5, %6 : i64
  llvm.return %7 : i64
^other:
  llvm.return %n : i64
}
)";

TEST(CompileModule, JumpTablesWork) {
  auto compiled = compileText(Switch, {"k"});
  ASSERT_TRUE(compiled) << compiled.error().message;
  LoadedKernel kernel(compiled->images[0]);
  const int64_t rows[][2] = {{0, 101}, {1, 1},  {2, 4}, {3, -7},
                             {4, 0},   {5, 55}, {6, 6}, {-1, -1}};
  for (auto [argument, expected] : rows)
    EXPECT_EQ(kernel.as<int64_t(int64_t)>()(argument), expected) << argument;
}

/// Cold code calls hot code, which calls cold code; both use constants.
constexpr char Mixed[] = R"(
llvm.func internal @leaf(%x: f64) -> f64
    attributes {no_unwind, no_inline, optimize_none} {
  %c = llvm.mlir.constant(0.25 : f64) : f64
  %r = llvm.fadd %x, %c : f64
  llvm.return %r : f64
}
llvm.func internal @hot(%x: f64) -> f64 attributes {no_unwind, no_inline} {
  %c = llvm.mlir.constant(3.0 : f64) : f64
  %y = llvm.call @leaf(%x) : (f64) -> f64
  %r = llvm.fmul %y, %c : f64
  llvm.return %r : f64
}
llvm.func @k(%x: f64) -> f64
    attributes {no_unwind, no_inline, optimize_none} {
  %c = llvm.mlir.constant(1000.0 : f64) : f64
  %y = llvm.call @hot(%x) : (f64) -> f64
  %r = llvm.fadd %y, %c : f64
  llvm.return %r : f64
}
)";

TEST(CompileModule, HotAndColdFunctionsCallEachOther) {
  auto compiled = compileText(Mixed, {"k"});
  ASSERT_TRUE(compiled) << compiled.error().message;
  LoadedKernel kernel(compiled->images[0]);
  EXPECT_EQ(kernel.as<double(double)>()(2.0), 3.0 * 2.25 + 1000.0);
}

TEST(CompileModule, AModuleMayBeColdAltogether) {
  std::string text = Mixed;
  for (size_t at; (at = text.find("no_inline}")) != std::string::npos;)
    text.replace(at, 10, "no_inline, optimize_none}");
  auto compiled = compileText(text, {"k"});
  ASSERT_TRUE(compiled) << compiled.error().message;
  LoadedKernel kernel(compiled->images[0]);
  EXPECT_EQ(kernel.as<double(double)>()(4.0), 3.0 * 4.25 + 1000.0);
}

TEST(CompileModule, TextFormsComeFromOneCall) {
  auto compiled = compileText(
      Mixed, {"k"},
      {Target{},
       EINC_FORM_IMAGE | EINC_FORM_MLIR | EINC_FORM_LLVM | EINC_FORM_ASM,
       /*verify=*/true});
  ASSERT_TRUE(compiled) << compiled.error().message;
  EXPECT_NE(compiled->mlir.find("llvm.func internal @hot"), std::string::npos);
  EXPECT_NE(compiled->llvm.find("define internal double @hot"),
            std::string::npos);
  for (const char *label : {"\nhot:", "\nleaf:", "\nk:"})
    EXPECT_NE(compiled->assembly.find(label), std::string::npos) << label;
  auto alone = compileText(Mixed, {"k"});
  ASSERT_TRUE(alone);
  EXPECT_EQ(compiled->images[0].bytes, alone->images[0].bytes);
}

TEST(CompileModule, FormsThatNobodyAskedForStayEmpty) {
  auto compiled =
      compileText(Mixed, {"k"}, {Target{}, EINC_FORM_LLVM, /*verify=*/false});
  ASSERT_TRUE(compiled);
  EXPECT_TRUE(compiled->images.empty());
  EXPECT_TRUE(compiled->mlir.empty());
  EXPECT_TRUE(compiled->assembly.empty());
  EXPECT_FALSE(compiled->llvm.empty());
}

TEST(CompileModule, TargetsChangeTheCode) {
  auto assembly = [](Target::ISA isa) {
    auto compiled =
        compileText(Shared, {}, {Target{isa}, EINC_FORM_ASM, /*verify=*/true});
    return compiled ? compiled->assembly : compiled.error().message;
  };
  EXPECT_EQ(assembly(Target::ISA::X86_64).find("%ymm"), std::string::npos);
  std::string v3 = assembly(Target::ISA::X86_64_V3);
  EXPECT_NE(v3.find("%ymm"), std::string::npos);
  EXPECT_EQ(v3.find("%zmm"), std::string::npos);
  EXPECT_NE(assembly(Target::ISA::X86_64_V4).find("%zmm"), std::string::npos);
}

TEST(CompileModule, RefusesWhatAnImageCannotHold) {
  const struct {
    const char *text;
    const char *message;
  } rows[] = {
      {R"(llvm.func @k(%p: !llvm.ptr, %n: i64) attributes {no_unwind} {
            %z = llvm.mlir.constant(0 : i8) : i8
            "llvm.intr.memset"(%p, %z, %n) <{isVolatile = false}>
                : (!llvm.ptr, i8, i64) -> ()
            llvm.return
          })",
       "kernel 'k' needs undefined symbol 'memset'"},
      {R"(llvm.func @k(%a: f32, %b: f32) -> f32 attributes {no_unwind} {
            %r = llvm.frem %a, %b : f32
            llvm.return %r : f32
          })",
       "kernel 'k' needs undefined symbol 'fmodf'"},
      {R"(llvm.mlir.global internal @state(41 : i64) : i64
          llvm.func @k() -> i64 attributes {no_unwind} {
            %p = llvm.mlir.addressof @state : !llvm.ptr
            %v = llvm.load volatile %p : !llvm.ptr -> i64
            llvm.return %v : i64
          })",
       "kernel 'k' needs writable section '.data'"},
      {R"(llvm.mlir.global internal constant @table() : !llvm.ptr {
            %p = llvm.mlir.addressof @k : !llvm.ptr
            llvm.return %p : !llvm.ptr
          }
          llvm.func @k() -> !llvm.ptr attributes {no_unwind} {
            %p = llvm.mlir.addressof @table : !llvm.ptr
            %v = llvm.load volatile %p : !llvm.ptr -> !llvm.ptr
            llvm.return %v : !llvm.ptr
          })",
       "kernel 'k' needs writable section '.data.rel.ro'"},
      {R"(llvm.mlir.global internal thread_local @mine(43 : i64) : i64
          llvm.func @k() -> i64 attributes {no_unwind} {
            %p = llvm.mlir.addressof @mine : !llvm.ptr
            %v = llvm.load volatile %p : !llvm.ptr -> i64
            llvm.return %v : i64
          })",
       "kernel 'k' needs thread-local storage of 'mine' in section '.text.k'"},
      {R"(llvm.mlir.global external constant @shared(44 : i64) : i64
          llvm.func @k() -> i64 attributes {no_unwind} {
            %p = llvm.mlir.addressof @shared : !llvm.ptr
            %v = llvm.load volatile %p : !llvm.ptr -> i64
            llvm.return %v : i64
          })",
       "kernel 'k' needs a global offset table (R_X86_64_REX_GOTPCRELX) of "
       "'shared' in section '.text.k'"},
      {R"(llvm.func @other() attributes {no_unwind} { llvm.return })",
       "kernel 'k' is not in the object"},
  };
  for (const auto &row : rows)
    EXPECT_EQ(messageOf(row.text), row.message);
}

TEST(CompileModule, VerifiesOnRequest) {
  // A terminator is missing.
  constexpr char text[] =
      R"("builtin.module"() ({
           "llvm.func"() <{sym_name = "k", linkage = #llvm.linkage<external>,
               function_type = !llvm.func<void ()>}> ({
             %0 = "llvm.mlir.constant"() <{value = 1 : i64}> : () -> i64
           }) : () -> ()
         }) : () -> ())";
  EXPECT_EQ(messageOf(text),
            "the kernel module does not verify: block with no terminator, has "
            "%0 = \"llvm.mlir.constant\"() <{value = 1 : i64}> : () -> i64");
}

} // namespace
