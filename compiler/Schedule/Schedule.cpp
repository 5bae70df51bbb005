// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Schedules as canonical text, written and read strictly: one spelling for
/// each schedule, since the text is a cache key and comes in from files.

#include "compiler/Schedule/Schedule.h"
#include "compiler/Schedule/ScheduleReader.h"

namespace einc {

namespace {

using PackA = GemmSchedule::PackA;
using PackB = GemmSchedule::PackB;
using StoreC = GemmSchedule::StoreC;
using Vectorize = GeneralSchedule::Vectorize;

constexpr Spelling<PackA> packAs[] = {{PackA::Direct, "direct"},
                                      {PackA::Copy, "copy"},
                                      {PackA::TransposeM, "transpose-m"},
                                      {PackA::Scalar, "scalar"}};
constexpr Spelling<StoreC> storeCs[] = {{StoreC::Direct, "direct"},
                                        {StoreC::Block, "block"},
                                        {StoreC::TransposeN, "transpose-n"}};
constexpr Spelling<PackB> packBs[] = {{PackB::Direct, "direct"},
                                      {PackB::Copy, "copy"},
                                      {PackB::TransposeK, "transpose-k"},
                                      {PackB::TransposeN, "transpose-n"},
                                      {PackB::Scalar, "scalar"}};
constexpr Spelling<bool> regularities[] = {{false, "regular"},
                                           {true, "irregular"}};
constexpr Spelling<bool> orders[] = {{false, "columns"}, {true, "rows"}};
constexpr Spelling<bool> drivers[] = {{false, "hot"}, {true, "cold"}};
constexpr Spelling<Vectorize> vectorizes[] = {
    {Vectorize::None, "none"}, {Vectorize::X, "x"}, {Vectorize::R, "r"}};
constexpr Spelling<bool> contiguities[] = {{false, "constant"},
                                           {true, "contiguous"}};
/// GeneralSchedule's reduces and nested.
enum class Reduction { None, Line, Nested };
constexpr Spelling<Reduction> reductions[] = {{Reduction::None, "no"},
                                              {Reduction::Line, "yes"},
                                              {Reduction::Nested, "nested"}};

constexpr int64_t maxBlock = GemmSchedule::maxBlock;
constexpr int64_t maxTileRows = 30, maxTileVectors = 8, maxRun = 16;

void readGemm(ScheduleReader &reader, GemmSchedule &gemm) {
  std::string_view tile = reader.word("tile=");
  size_t cross = tile.find('x');
  reader.require(cross != std::string_view::npos,
                 "expected 'tile=' ROWS 'x' VECTORS");
  if (reader.mistake().empty()) {
    reader.toNumber("tile=", tile.substr(0, cross), 1, maxTileRows,
                    gemm.tileRows);
    std::string_view vectors = tile.substr(cross + 1);
    size_t slash = vectors.find('/');
    std::string_view width = vectors.substr(0, slash);
    size_t depth = width.find('x');
    if (depth != std::string_view::npos)
      reader.toNumber("tile=ROWSxVECTORSx", width.substr(depth + 1), 2, 4,
                      gemm.depthStep);
    if (reader.mistake().empty())
      reader.toNumber("tile=ROWSx", width.substr(0, depth), 1, maxTileVectors,
                      gemm.tileVectors);
    if (reader.mistake().empty() && slash != std::string_view::npos)
      reader.toNumber("tile=ROWSxVECTORS/", vectors.substr(slash + 1), 2, 4,
                      gemm.vectorParts);
  }
  reader.number("kc=", 1, maxBlock, gemm.kc);
  reader.number("mc=", 1, maxBlock, gemm.mc);
  reader.number("nc=", 1, maxBlock, gemm.nc);
  reader.choice("a=", packAs, gemm.packA);
  reader.choice("b=", packBs, gemm.packB);
  reader.number("run=", 1, maxRun, gemm.runMultiple);
  reader.choice("c=", storeCs, gemm.storeC);
  reader.choice("c-tiles=", regularities, gemm.irregularC);
  reader.choice("b-tiles=", regularities, gemm.irregularB);
  reader.choice("order=", orders, gemm.rowsOuter);
  reader.choice("driver=", drivers, gemm.coldDriver);
  reader.require(gemm.mc % gemm.tileRows == 0,
                 "mc must be a multiple of the tile's rows");
  reader.require(gemm.nc % gemm.runMultiple == 0,
                 "nc must be a multiple of run");
}

void readGeneral(ScheduleReader &reader, GeneralSchedule &general) {
  reader.number("operands=", 0, 2, general.numOperands);
  reader.choice("vectorize=", vectorizes, general.vectorize);
  reader.choice("a=", contiguities, general.contiguous[0]);
  reader.choice("b=", contiguities, general.contiguous[1]);
  Reduction reduction = Reduction::None;
  reader.choice("reduce=", reductions, reduction);
  general.reduces = reduction != Reduction::None;
  general.nested = reduction == Reduction::Nested;
  for (unsigned i = 0; i < 2; ++i)
    reader.require(
        !general.contiguous[i] ||
            (i < general.numOperands && general.vectorize != Vectorize::None),
        "only an operand of a vectorised loop is contiguous");
  reader.require(general.reduces || general.vectorize != Vectorize::R,
                 "vectorize=r needs a reduction");
  reader.require(general.numOperands > 0 || !general.reduces,
                 "operands=0 has nothing to reduce");
}

void writeGeneral(std::string &out, const GeneralSchedule &general) {
  writeNumber(out, "operands=", general.numOperands);
  writeWord(out, "vectorize=", spell(vectorizes, general.vectorize));
  writeWord(out, "a=", spell(contiguities, general.contiguous[0]));
  writeWord(out, "b=", spell(contiguities, general.contiguous[1]));
  writeWord(out, "reduce=",
            spell(reductions, !general.reduces ? Reduction::None
                              : general.nested ? Reduction::Nested
                                               : Reduction::Line));
}

void writeGemm(std::string &out, const GemmSchedule &gemm) {
  std::string tile =
      std::to_string(gemm.tileRows) + "x" + std::to_string(gemm.tileVectors);
  if (gemm.depthStep != 1)
    tile += "x" + std::to_string(gemm.depthStep);
  if (gemm.vectorParts != 1)
    tile += "/" + std::to_string(gemm.vectorParts);
  writeWord(out, "tile=", tile);
  writeNumber(out, "kc=", gemm.kc);
  writeNumber(out, "mc=", gemm.mc);
  writeNumber(out, "nc=", gemm.nc);
  writeWord(out, "a=", spell(packAs, gemm.packA));
  writeWord(out, "b=", spell(packBs, gemm.packB));
  writeNumber(out, "run=", gemm.runMultiple);
  writeWord(out, "c=", spell(storeCs, gemm.storeC));
  writeWord(out, "c-tiles=", spell(regularities, gemm.irregularC));
  writeWord(out, "b-tiles=", spell(regularities, gemm.irregularB));
  writeWord(out, "order=", spell(orders, gemm.rowsOuter));
  writeWord(out, "driver=", spell(drivers, gemm.coldDriver));
}

constexpr Spelling<Family> families[NumFamilies] = {
    {Family::Gemm, "gemm"},     {Family::General, "general"},
    {Family::Outer, "outer"},   {Family::Permute, "permute"},
    {Family::Reduce, "reduce"}, {Family::Dot, "dot"},
    {Family::Gemv, "gemv"},     {Family::Small, "small"}};

} // namespace

const char *familyName(Family family) { return spell(families, family); }

unsigned Schedule::numOperands() const {
  switch (family) {
  case Family::Gemm:
  case Family::Dot:
  case Family::Gemv:
  case Family::Small:
    return 2;
  case Family::General:
    return general.numOperands;
  case Family::Outer:
    return outer.numOperands;
  case Family::Permute:
  case Family::Reduce:
    return 1;
  }
  return 0;
}

std::string Schedule::text() const {
  std::string out = familyName(family);
  writeWord(out, "", types.text());
  switch (family) {
  case Family::Gemm:
    writeGemm(out, gemm);
    break;
  case Family::General:
    writeGeneral(out, general);
    break;
  case Family::Outer:
    outer.write(out);
    break;
  case Family::Permute:
    permute.write(out);
    break;
  case Family::Reduce:
    reduce.write(out);
    break;
  case Family::Dot:
    dot.write(out);
    break;
  case Family::Gemv:
    gemv.write(out);
    break;
  case Family::Small:
    small.write(out);
    break;
  }
  return out;
}

Result<Schedule> Schedule::parse(std::string_view text) {
  Schedule schedule;
  ScheduleReader reader(text);
  reader.choice("", families, schedule.family);
  schedule.types = StepTypes::read(reader);
  switch (schedule.family) {
  case Family::Gemm:
    readGemm(reader, schedule.gemm);
    break;
  case Family::General:
    readGeneral(reader, schedule.general);
    break;
  case Family::Outer:
    schedule.outer.read(reader);
    break;
  case Family::Permute:
    schedule.permute.read(reader);
    break;
  case Family::Reduce:
    schedule.reduce.read(reader);
    break;
  case Family::Dot:
    schedule.dot.read(reader);
    break;
  case Family::Gemv:
    schedule.gemv.read(reader);
    break;
  case Family::Small:
    schedule.small.read(reader);
    break;
  }
  reader.end();
  if (!reader.mistake().empty())
    return Diagnostic{ErrorKind::InvalidArgument,
                      "malformed schedule: " + reader.mistake(),
                      {},
                      {},
                      {}};
  return schedule;
}

} // namespace einc
