// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tools/einc/ScheduleWords.h"

#include "compiler/Schedule/KernelLayout.h"

#include <fmt/format.h>

namespace einc {

using PackB = GemmSchedule::PackB;
using StoreC = GemmSchedule::StoreC;

static const char *meaning(Family family) {
  switch (family) {
  case Family::Gemm:
    return "blocked matrix product";
  case Family::General:
    return "loops over any strides; no faster family takes this step";
  case Family::Outer:
    return "elementwise and outer products";
  case Family::Permute:
    return "another order of axes";
  case Family::Reduce:
    return "sums of one operand";
  case Family::Dot:
    return "sums of products";
  case Family::Gemv:
    return "matrix times vector";
  case Family::Small:
    return "small matrices of constant extents";
  }
  return "";
}

static const char *packingOfB(PackB pack) {
  switch (pack) {
  case PackB::Direct:
    return "read in place";
  case PackB::Copy:
    return "packed: panels copied";
  case PackB::TransposeK:
    return "packed: transposed in registers, contiguous along k";
  case PackB::TransposeN:
    return "packed: transposed in registers, contiguous along the second n";
  case PackB::Scalar:
    return "packed element by element";
  }
  return "";
}

static void describeGemm(const Schedule &schedule, const Target &target,
                         ScheduleWords &words) {
  const GemmSchedule &gemm = schedule.gemm;
  words.emplace_back(
      "tile", fmt::format("{} rows x {} columns in {}x{} {}registers",
                          gemm.tileRows, gemmTileColumns(schedule, target),
                          gemm.tileRows, gemm.tileVectors,
                          gemm.vectorParts == 1   ? ""
                          : gemm.vectorParts == 2 ? "half "
                                                  : "quarter "));
  words.emplace_back("blocks",
                     fmt::format("mc={} nc={} kc={}, tiles along {}", gemm.mc,
                                 gemm.nc, gemm.kc,
                                 gemm.rowsOuter ? "n first" : "m first"));
  words.emplace_back("A", gemm.packA == GemmSchedule::PackA::Direct
                              ? "read in place"
                              : "packed");
  words.emplace_back("B", packingOfB(gemm.packB));
  std::string store = gemm.storeC == StoreC::Direct
                          ? "stored from registers"
                          : "by way of a block of its own";
  if (gemm.irregularC)
    store += ", cut tiles by way of one in memory";
  words.emplace_back("C", store);
}

ScheduleWords describeSchedule(const Schedule &schedule, const Target &target) {
  ScheduleWords words;
  words.emplace_back("family",
                     fmt::format("{}: {}", familyName(schedule.family),
                                 meaning(schedule.family)));
  std::string types = schedule.types.text();
  if (schedule.types.compute() != schedule.types.output)
    types +=
        std::string(", summed in ") + elementName(schedule.types.compute());
  words.emplace_back("types", types);
  if (schedule.family == Family::Gemm) {
    describeGemm(schedule, target, words);
    return words;
  }
  // "family types key=value ...": what follows the first two words.
  std::string text = schedule.text();
  size_t second = text.find(' ', text.find(' ') + 1);
  if (second != std::string::npos)
    words.emplace_back("how", text.substr(second + 1));
  return words;
}

} // namespace einc
