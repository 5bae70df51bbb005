// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Schedules as canonical text, written and read strictly: one spelling for
/// each schedule, since the text is a cache key and comes in from files.

#include "compiler/Schedule/Schedule.h"

namespace einc {

namespace {

using PackB = GemmSchedule::PackB;
using StoreC = GemmSchedule::StoreC;
using Vectorize = GeneralSchedule::Vectorize;

/// A value and its spelling.
template <typename T> struct Spelling {
  T value;
  const char *text;
};
constexpr Spelling<ElementType> elements[] = {{ElementType::F32, "f32"},
                                              {ElementType::F64, "f64"}};
constexpr Spelling<bool> packAs[] = {{false, "direct"}, {true, "pack"}};
constexpr Spelling<StoreC> storeCs[] = {{StoreC::Direct, "direct"},
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
constexpr Spelling<bool> answers[] = {{false, "no"}, {true, "yes"}};

template <typename T, size_t N>
const char *spell(const Spelling<T> (&table)[N], T value) {
  for (const Spelling<T> &row : table)
    if (row.value == value)
      return row.text;
  return "";
}

constexpr int64_t maxBlock = GemmSchedule::maxBlock;
constexpr int64_t maxTileRows = 30, maxTileVectors = 8, maxRun = 16;

/// Reads words from the left. After the first mistake everything else is
/// skipped, so that callers read on without checks and ask once at the end.
class Reader {
public:
  explicit Reader(std::string_view text) : rest(text) {}

  /// Stands at a separator or at the start: consumes " key=" or "key".
  std::string_view word(std::string_view key) {
    if (!message.empty())
      return {};
    if (!first && !consume(" "))
      return fail("expected ' '");
    first = false;
    if (!key.empty() && !consume(key))
      return fail("expected '" + std::string(key) + "'");
    std::string_view value = rest.substr(0, rest.find(' '));
    rest.remove_prefix(value.size());
    return value;
  }

  template <typename T, size_t N>
  void choice(std::string_view key, const Spelling<T> (&table)[N], T &out) {
    std::string_view value = word(key);
    if (!message.empty())
      return;
    std::string known;
    for (const Spelling<T> &row : table) {
      if (value == row.text) {
        out = row.value;
        return;
      }
      known += (known.empty() ? "" : ", ") + std::string(row.text);
    }
    fail("unknown value '" + std::string(value) + "'" +
         (key.empty() ? "" : " of '" + std::string(key) + "'") +
         ", expected one of " + known);
  }

  template <typename T>
  void number(std::string_view key, int64_t low, int64_t high, T &out) {
    std::string_view value = word(key);
    if (message.empty())
      toNumber(key, value, low, high, out);
  }

  template <typename T>
  void toNumber(std::string_view key, std::string_view digits, int64_t low,
                int64_t high, T &out) {
    int64_t value = 0;
    bool good = !digits.empty() && digits.size() <= 9 &&
                (digits[0] != '0' || digits.size() == 1);
    for (char c : digits) {
      good = good && c >= '0' && c <= '9';
      if (good)
        value = value * 10 + (c - '0');
    }
    if (!good || value < low || value > high) {
      fail("'" + std::string(key) + std::string(digits) +
           "' is no number between " + std::to_string(low) + " and " +
           std::to_string(high));
      return;
    }
    out = T(value);
  }

  void require(bool condition, const char *text) {
    if (message.empty() && !condition)
      fail(text);
  }

  void end() {
    if (message.empty() && !rest.empty())
      fail("unexpected '" + std::string(rest) + "' at the end");
  }

  const std::string &mistake() const { return message; }

private:
  bool consume(std::string_view prefix) {
    if (rest.substr(0, prefix.size()) != prefix)
      return false;
    rest.remove_prefix(prefix.size());
    return true;
  }
  std::string_view fail(std::string text) {
    message = std::move(text);
    return {};
  }

  std::string_view rest;
  std::string message;
  bool first = true;
};

void readGemm(Reader &reader, GemmSchedule &gemm) {
  std::string_view tile = reader.word("tile=");
  size_t cross = tile.find('x');
  reader.require(cross != std::string_view::npos,
                 "expected 'tile=' ROWS 'x' VECTORS");
  if (reader.mistake().empty()) {
    reader.toNumber("tile=", tile.substr(0, cross), 1, maxTileRows,
                    gemm.tileRows);
    std::string_view vectors = tile.substr(cross + 1);
    size_t slash = vectors.find('/');
    if (reader.mistake().empty())
      reader.toNumber("tile=ROWSx", vectors.substr(0, slash), 1, maxTileVectors,
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

void readGeneral(Reader &reader, GeneralSchedule &general) {
  reader.number("operands=", 0, 2, general.numOperands);
  reader.choice("vectorize=", vectorizes, general.vectorize);
  reader.choice("a=", contiguities, general.contiguous[0]);
  reader.choice("b=", contiguities, general.contiguous[1]);
  reader.choice("reduce=", answers, general.reduces);
  for (unsigned i = 0; i < 2; ++i)
    reader.require(
        !general.contiguous[i] ||
            (i < general.numOperands && general.vectorize != Vectorize::None),
        "only an operand of a vectorised loop is contiguous");
  reader.require(general.reduces || general.vectorize != Vectorize::R,
                 "vectorize=r needs reduce=yes");
  reader.require(general.numOperands > 0 || !general.reduces,
                 "operands=0 has nothing to reduce");
}

constexpr Spelling<Family> families[] = {{Family::Gemm, "gemm"},
                                         {Family::General, "general"}};

} // namespace

const char *familyName(Family family) { return spell(families, family); }

std::string Schedule::text() const {
  std::string out = familyName(family);
  auto add = [&](const char *key, const std::string &value) {
    out.append(" ").append(key).append(value);
  };
  add("", spell(elements, element));
  if (family == Family::General) {
    add("operands=", std::to_string(general.numOperands));
    add("vectorize=", spell(vectorizes, general.vectorize));
    add("a=", spell(contiguities, general.contiguous[0]));
    add("b=", spell(contiguities, general.contiguous[1]));
    add("reduce=", spell(answers, general.reduces));
    return out;
  }
  add("tile=",
      std::to_string(gemm.tileRows) + "x" + std::to_string(gemm.tileVectors) +
          (gemm.vectorParts == 1 ? std::string()
                                 : "/" + std::to_string(gemm.vectorParts)));
  add("kc=", std::to_string(gemm.kc));
  add("mc=", std::to_string(gemm.mc));
  add("nc=", std::to_string(gemm.nc));
  add("a=", spell(packAs, gemm.packA));
  add("b=", spell(packBs, gemm.packB));
  add("run=", std::to_string(gemm.runMultiple));
  add("c=", spell(storeCs, gemm.storeC));
  add("c-tiles=", spell(regularities, gemm.irregularC));
  add("b-tiles=", spell(regularities, gemm.irregularB));
  add("order=", spell(orders, gemm.rowsOuter));
  add("driver=", spell(drivers, gemm.coldDriver));
  return out;
}

Result<Schedule> Schedule::parse(std::string_view text) {
  Schedule schedule;
  Reader reader(text);
  reader.choice("", families, schedule.family);
  reader.choice("", elements, schedule.element);
  if (schedule.family == Family::Gemm)
    readGemm(reader, schedule.gemm);
  else
    readGeneral(reader, schedule.general);
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
