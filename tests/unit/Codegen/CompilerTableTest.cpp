// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// libeinc-compiler.so through its only door.

#include "compiler/Schedule/CompilerTable.h"
#include "compiler/Schedule/Schedule.h"
#include "compiler/Support/BuildId.h"

#include <cstring>
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <sstream>
#include <thread>

using namespace einc;

namespace {

const EincCompilerTable *table() {
  static const EincCompilerTable *found = [] {
    void *library = dlopen(EINC_COMPILER_FILE, RTLD_NOW | RTLD_LOCAL);
    if (!library)
      throw std::runtime_error(dlerror());
    return reinterpret_cast<EincCompilerTableFunction>(
        dlsym(library, EINC_COMPILER_TABLE_SYMBOL))();
  }();
  return found;
}

/// By kernel and form.
using Results = std::map<std::pair<uint32_t, uint32_t>, std::string>;

void collect(void *context, uint32_t kernel, uint32_t form, const void *bytes,
             size_t size, uint64_t entryOffset) {
  EXPECT_LE(entryOffset, size);
  std::string text(static_cast<const char *>(bytes), size);
  EXPECT_TRUE(static_cast<Results *>(context)
                  ->emplace(std::pair(kernel, form), text)
                  .second);
}

/// The results, or the message under {0, 0}.
Results compile(const std::vector<std::string> &schedules, const char *target,
                uint32_t forms = EINC_FORM_IMAGE) {
  std::vector<const char *> texts;
  for (const std::string &schedule : schedules)
    texts.push_back(schedule.c_str());
  Results results;
  char error[400] = "unset";
  if (table()->compile(texts.data(), uint32_t(texts.size()), target, forms,
                       /*verify=*/1, collect, &results, error, sizeof error))
    results = {{{0, 0}, error}};
  return results;
}

std::string messageOf(const std::vector<std::string> &schedules,
                      const char *target, uint32_t forms = EINC_FORM_IMAGE) {
  Results results = compile(schedules, target, forms);
  auto found = results.find({0, 0});
  return found == results.end() ? "compiled" : found->second;
}

std::string general(ElementType element, unsigned operands) {
  Schedule schedule;
  schedule.types = element;
  schedule.general.numOperands = operands;
  schedule.general.reduces = operands > 0;
  return schedule.text();
}

std::string gemm(unsigned rows) {
  Schedule schedule;
  schedule.family = Family::Gemm;
  schedule.gemm.tileRows = rows;
  schedule.gemm.tileVectors = 1;
  schedule.gemm.mc = rows * 16;
  schedule.gemm.nc = 64;
  return schedule.text();
}

std::string output(const std::string &command) {
  std::string text;
  FILE *pipe = popen(command.c_str(), "r");
  for (int c; pipe && (c = fgetc(pipe)) != EOF;)
    text += char(c);
  EXPECT_EQ(pclose(pipe), 0) << command;
  return text;
}

TEST(CompilerTable, IsOfThisBuild) {
  EXPECT_EQ(table()->abi, EINC_COMPILER_TABLE_ABI);
  EXPECT_EQ(table()->size, sizeof(EincCompilerTable));
  EXPECT_STREQ(table()->buildId, BuildId);
  EXPECT_EQ(std::strlen(BuildId), 64u);
  EXPECT_EQ(std::string(table()->llvmVersion).substr(0, 3), "22.");
}

TEST(CompilerTable, IsTheOnlySymbol) {
  std::string symbols =
      output(EINC_NM " -D --defined-only " EINC_COMPILER_FILE);
  EXPECT_EQ(symbols.substr(symbols.find(' ')), " T eincCompilerTable\n");
}

TEST(CompilerTable, NeedsNoSharedLLVM) {
  std::string needed = output(EINC_READELF " -d " EINC_COMPILER_FILE);
  EXPECT_NE(needed.find("libc.so"), std::string::npos);
  EXPECT_EQ(needed.find("libLLVM"), std::string::npos);
  EXPECT_EQ(needed.find("libMLIR"), std::string::npos);
}

TEST(CompilerTable, DeliversEveryForm) {
  std::vector<std::string> schedules = {general(ElementType::F32, 2),
                                        general(ElementType::F64, 1)};
  Results results = compile(schedules, "x86-64",
                            EINC_FORM_IMAGE | EINC_FORM_MLIR | EINC_FORM_LLVM |
                                EINC_FORM_ASM | EINC_FORM_TIMES);
  ASSERT_EQ(results.size(), 9u);
  EXPECT_FALSE((results[{0, EINC_FORM_IMAGE}].empty()));
  EXPECT_FALSE((results[{1, EINC_FORM_IMAGE}].empty()));
  for (uint32_t i = 0; i < 2; ++i) {
    const std::string &mlir = results[{i, EINC_FORM_MLIR}];
    const std::string &llvm = results[{i, EINC_FORM_LLVM}];
    const std::string &assembly = results[{i, EINC_FORM_ASM}];
    EXPECT_EQ(mlir.find("// " + schedules[i] + "\n"), 0u);
    EXPECT_EQ(llvm.find("; " + schedules[i] + "\n"), 0u);
    EXPECT_EQ(assembly.find("# " + schedules[i] + "\n"), 0u);
    EXPECT_NE(mlir.find("llvm.func @kernel("), std::string::npos);
    EXPECT_NE(llvm.find("define void @kernel("), std::string::npos);
    EXPECT_NE(assembly.find("\nkernel:"), std::string::npos);
  }
  EXPECT_EQ((results[{0, EINC_FORM_TIMES}].substr(0, 8)), "context ");
}

TEST(CompilerTable, NoKernelsNoResults) {
  EXPECT_TRUE(compile({}, "x86-64").empty());
}

TEST(CompilerTable, ReportsBadTexts) {
  std::string schedule = general(ElementType::F32, 2);
  EXPECT_EQ(messageOf({schedule}, "x86-64", 64), "unknown form of result");
  EXPECT_EQ(messageOf({schedule}, "x86-65"),
            parseTarget("x86-65").error().message);
  EXPECT_EQ(messageOf({schedule, "gemm f33"}, "x86-64"),
            Schedule::parse("gemm f33").error().message);
  EXPECT_EQ(messageOf({std::string()}, "x86-64"),
            Schedule::parse("").error().message);
  EXPECT_EQ(messageOf(std::vector<std::string>(4097, schedule), "x86-64"),
            "too many kernels in one call");
  // 16 registers hold no tile of 17 vectors.
  std::string message = messageOf({gemm(17)}, "x86-64-v3");
  EXPECT_NE(message.find("registers"), std::string::npos) << message;
}

TEST(CompilerTable, SurvivesMissingArguments) {
  char error[64];
  std::string schedule = general(ElementType::F32, 2);
  const char *texts[] = {schedule.c_str(), nullptr};
  auto call = [&](const char *const *schedules, uint32_t count,
                  const char *target, EincSink sink) {
    std::strcpy(error, "unset");
    Results results;
    EXPECT_EQ(table()->compile(schedules, count, target, EINC_FORM_IMAGE, 0,
                               sink, &results, error, sizeof error),
              1);
    return std::string(error);
  };
  EXPECT_EQ(call(nullptr, 1, "x86-64", collect), "no schedules or no target");
  EXPECT_EQ(call(texts, 1, nullptr, collect), "no schedules or no target");
  EXPECT_EQ(call(texts, 2, "x86-64", collect), "no schedules or no target");
  EXPECT_EQ(call(texts, 1, "x86-64", nullptr), "no sink");
}

TEST(CompilerTable, CutsMessagesToTheBuffer) {
  const char *texts[] = {"x"};
  for (size_t size : {size_t(0), size_t(1), size_t(9)}) {
    char error[12] = "***********";
    EXPECT_EQ(table()->compile(texts, 1, "x86-65", EINC_FORM_IMAGE, 0, collect,
                               nullptr, error, size),
              1);
    EXPECT_EQ(std::string(error + size), std::string(11 - size, '*'));
    if (size) {
      EXPECT_EQ(std::strlen(error), size - 1);
    }
  }
  EXPECT_EQ(table()->compile(texts, 1, "x86-65", EINC_FORM_IMAGE, 0, collect,
                             nullptr, nullptr, 9),
            1);
}

/// Tiles that leave one register or two of the register file: 14 x 2 + 2 + 1 of
/// 32, 6 x 2 + 2 + 1 of 16.
TEST(CompilerTable, FullTilesDoNotSpill) {
  const struct {
    const char *target;
    unsigned rows, vectors;
  } rows[] = {{"x86-64-v4", 14, 2}, {"x86-64-v4", 9, 3}, {"x86-64-v4", 6, 4},
              {"x86-64-v3", 6, 2},  {"x86-64-v3", 4, 3}, {"x86-64", 6, 2}};
  for (const auto &row : rows) {
    Schedule schedule;
    schedule.family = Family::Gemm;
    schedule.gemm.tileRows = row.rows;
    schedule.gemm.tileVectors = row.vectors;
    schedule.gemm.mc = row.rows * 16;
    schedule.gemm.nc = 768;
    Results results = compile({schedule.text()}, row.target, EINC_FORM_ASM);
    // The block that jumps to its own label is the loop over k; what is around
    // it runs once a tile.
    std::istringstream lines(results[{0, EINC_FORM_ASM}]);
    unsigned moves = 0, spills = 0, spillsOfBlock = 0, loops = 0;
    std::string label = "none";
    for (std::string line; std::getline(lines, line);) {
      if (line.find("without optimization") != std::string::npos)
        break;
      if (line.starts_with(".L")) {
        label = line.substr(0, line.find(':'));
        spillsOfBlock = 0;
      } else if (line.starts_with("\tj") && line.ends_with("\t" + label)) {
        ++loops;
        spills += spillsOfBlock;
      }
      if (line.find("mm") == std::string::npos ||
          line.find("mov") == std::string::npos)
        continue;
      ++moves;
      spillsOfBlock += line.find("(%rsp)") != std::string::npos;
    }
    EXPECT_GE(loops, 1u) << row.target;
    EXPECT_GT(moves, row.rows * row.vectors) << row.target;
    EXPECT_EQ(spills, 0u) << row.target << " " << schedule.text();
  }
}

/// Neighbours in a call do not show in a kernel's image.
TEST(CompilerTable, ImagesDoNotDependOnTheirNeighbours) {
  std::vector<std::string> schedules = {gemm(4), general(ElementType::F32, 2),
                                        gemm(5), general(ElementType::F64, 1)};
  Results together = compile(schedules, "x86-64-v3");
  ASSERT_EQ(together.size(), schedules.size());
  for (uint32_t i = 0; i < schedules.size(); ++i) {
    Results alone = compile({schedules[i]}, "x86-64-v3");
    EXPECT_TRUE((alone[{0, EINC_FORM_IMAGE}] == together[{i, EINC_FORM_IMAGE}]))
        << schedules[i];
  }
}

TEST(CompilerTable, ThreadsCompileAtOnce) {
  const char *targets[] = {"x86-64", "x86-64-v3", "x86-64-v4"};
  std::vector<std::string> schedules = {general(ElementType::F32, 2),
                                        general(ElementType::F64, 0), gemm(3)};
  std::map<std::string, Results> expected;
  for (const char *target : targets)
    expected[target] = compile(schedules, target);
  std::vector<std::thread> threads;
  for (unsigned thread = 0; thread < 8; ++thread)
    threads.emplace_back([&, thread] {
      for (unsigned round = 0; round < 4; ++round) {
        const char *target = targets[(thread + round) % 3];
        EXPECT_TRUE(compile(schedules, target) == expected[target]);
      }
    });
  for (std::thread &thread : threads)
    thread.join();
}

/// Whatever the texts are, a call ends with a result or a message.
TEST(CompilerTable, SurvivesRandomTexts) {
  unsigned seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const std::string sound[] = {general(ElementType::F32, 2), gemm(6)};
  const char *targets[] = {"x86-64", "x86-64-v3", "x86-64-v4", "", "x86-64-v"};
  unsigned compiled = 0, refused = 0;
  for (unsigned round = 0; round < 2000; ++round) {
    std::string text = round % 4 ? sound[random() % 2] : std::string();
    for (unsigned edits = random() % 3; edits || text.empty();
         edits -= edits > 0) {
      size_t at = random() % (text.size() + 1);
      if (random() % 2 && at < text.size())
        text[at] = random() % 2 ? char('0' + random() % 10) : char(random());
      else
        text.insert(at, 1, char(1 + random() % 255));
    }
    // Sound texts are slow to compile, and other tests do.
    if (Schedule::parse(text) && compiled++ > 20)
      continue;
    Results results = compile({text}, targets[random() % 5]);
    ASSERT_EQ(results.size(), 1u);
    refused += results.count({0, 0});
  }
  EXPECT_GT(compiled, 10u);
  EXPECT_GT(refused, 500u);
}

} // namespace
