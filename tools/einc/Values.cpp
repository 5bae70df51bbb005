// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Readers of option values.

#include "tools/einc/Values.h"

#include "compiler/Planner/Search.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace einc {

/// The whole text as a number; false if it is anything else.
template <typename T> static bool readNumber(std::string_view text, T &number) {
  auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

Parsed<uint64_t> parseCount(std::string_view text) {
  uint64_t number;
  if (readNumber(text, number))
    return number;
  return "'" + std::string(text) + "' is no whole number below 2^64";
}

Parsed<unsigned> parseSmallCount(std::string_view text) {
  unsigned number;
  if (readNumber(text, number) && number >= 1 && number <= 1'000'000)
    return number;
  return "'" + std::string(text) + "' is no whole number from 1 to 1000000";
}

Parsed<double> parseSeconds(std::string_view text) {
  double number;
  if (readNumber(text, number) && std::isfinite(number) && number >= 0)
    return number;
  return "'" + std::string(text) + "' is no number of seconds";
}

Parsed<uint64_t> parseBytes(std::string_view text) {
  std::string message =
      "'" + std::string(text) + "' is no size such as 4096, 512M or 4G";
  unsigned shift = 0;
  constexpr std::string_view Units = "KMGT";
  if (!text.empty()) {
    size_t unit = Units.find(text.back());
    if (unit != Units.npos) {
      shift = 10 * (unsigned(unit) + 1);
      text.remove_suffix(1);
    }
  }
  uint64_t number;
  if (!readNumber(text, number) || number == 0 ||
      number > (UINT64_MAX >> shift))
    return message;
  return number << shift;
}

/// Reads each piece between commas; the first mistake is that of the list.
template <typename T>
static Parsed<std::vector<T>> parseList(std::string_view text,
                                        Parsed<T> (*parse)(std::string_view)) {
  std::vector<T> list;
  while (true) {
    size_t comma = std::min(text.find(','), text.size());
    Parsed<T> item = parse(text.substr(0, comma));
    if (auto *message = std::get_if<std::string>(&item))
      return std::move(*message);
    list.push_back(std::get<T>(item));
    if (comma == text.size())
      return list;
    text.remove_prefix(comma + 1);
  }
}

Parsed<std::vector<uint64_t>> parseCounts(std::string_view text) {
  return parseList(text, parseCount);
}

Parsed<ElementType> parseElementType(std::string_view text) {
  if (std::optional<ElementType> type = elementTypeNamed(text))
    return *type;
  constexpr std::string_view NumpyNames[NumElementTypes] = {
      "float32", "float64", "complex64", "complex128", "int8",    "int16",
      "int32",   "int64",   "uint8",     "bool",       "float16", "bfloat16"};
  for (size_t i = 0; i < NumElementTypes; ++i)
    if (text == NumpyNames[i])
      return ElementType(i);
  return "'" + std::string(text) + "' is no element type; use " +
         elementTypeList();
}

Parsed<std::vector<ElementType>> parseElementTypes(std::string_view text) {
  return parseList(text, parseElementType);
}

std::string elementTypeList() {
  std::vector<std::string> names;
  for (size_t i = 0; i < NumElementTypes; ++i)
    names.push_back(elementName(ElementType(i)));
  return listOfWords(names);
}

constexpr std::pair<const char *, Stage> stages[] = {
    {"equation", Stage::Equation}, {"plan", Stage::Plan},
    {"schedule", Stage::Schedule}, {"steps", Stage::Steps},
    {"mlir", Stage::MLIR},         {"llvm", Stage::LLVM},
    {"asm", Stage::Asm},           {"header", Stage::Header},
    {"object", Stage::Object},
};
/// The first of them, which are for `einc run`.
constexpr std::span runStages(stages, std::size(stages) - 2);

using StageSpan = std::span<const std::pair<const char *, Stage>>;

static std::string listOf(StageSpan known) {
  std::vector<std::string> names;
  for (auto [name, stage] : known)
    names.push_back(name);
  return listOfWords(names);
}

static Parsed<Stage> parseStageOf(StageSpan known, std::string_view text) {
  for (auto [name, stage] : known)
    if (text == name)
      return stage;
  return "'" + std::string(text) + "' is no stage; use " + listOf(known);
}

Parsed<Stage> parseStage(std::string_view text) {
  return parseStageOf(runStages, text);
}
std::string stageList() { return listOf(runStages); }

Parsed<Stage> parseCompileStage(std::string_view text) {
  return parseStageOf(stages, text);
}
std::string compileStageList() { return listOf(stages); }

Parsed<std::vector<std::string>> parseProcessors(std::string_view text) {
  std::vector<std::string> names;
  for (size_t begin = 0; begin <= text.size();) {
    size_t comma = std::min(text.find(',', begin), text.size());
    names.emplace_back(text.substr(begin, comma - begin));
    if (names.back().empty())
      return "'" + std::string(text) +
             "' is no list of processors, such as x86-64-v4,x86-64";
    begin = comma + 1;
  }
  return names;
}

Parsed<Opponent> parseOpponent(std::string_view text) {
  if (text == "openblas")
    return Opponent{std::string(text)};
  return "'" + std::string(text) + "' is no opponent; use openblas";
}

Parsed<Shell> parseShell(std::string_view text) {
  constexpr std::pair<std::string_view, Shell> Shells[] = {
      {"bash", Shell::Bash}, {"zsh", Shell::Zsh}, {"fish", Shell::Fish}};
  for (auto [name, shell] : Shells)
    if (text == name)
      return shell;
  return "'" + std::string(text) +
         "' is no shell that completion is made for; use bash, zsh or fish";
}

Parsed<CacheAction> parseCacheAction(std::string_view text) {
  constexpr std::pair<std::string_view, CacheAction> Actions[] = {
      {"dir", CacheAction::Dir},
      {"stats", CacheAction::Stats},
      {"clear", CacheAction::Clear},
      {"verify", CacheAction::Verify},
  };
  for (auto [name, action] : Actions)
    if (text == name)
      return action;
  return "'" + std::string(text) +
         "' is nothing to do with a cache; use dir, stats, clear or verify";
}

namespace {

/// Reads lists of numbers in two levels of brackets, the outer one optional.
class PathReader {
public:
  explicit PathReader(std::string_view text) : rest(text) {}

  bool read(std::vector<std::vector<uint32_t>> &steps) {
    // "[(" and "[[" open the outer list; "[1" and "(1" open a step.
    // np.einsum_path puts its name in front.
    constexpr std::string_view Name = "'einsum_path'";
    char second = peekAfterFirst();
    bool outer = isOpen(peek()) && (isOpen(second) || second == Name[0]);
    char close = 0;
    if (outer)
      close = closer(take());
    if (second == Name[0] && !takeName(Name))
      return false;
    do {
      if (!isOpen(peek()) || !readStep(steps.emplace_back()))
        return false;
    } while (takeComma());
    if (outer && take() != close)
      return false;
    return peek() == 0;
  }

private:
  static bool isOpen(char c) { return c == '(' || c == '['; }
  static char closer(char open) { return open == '(' ? ')' : ']'; }

  bool readStep(std::vector<uint32_t> &step) {
    char close = closer(take());
    while (peek() != close) {
      uint32_t number;
      auto [end, error] =
          std::from_chars(rest.data(), rest.data() + rest.size(), number);
      if (error != std::errc())
        return false;
      rest.remove_prefix(end - rest.data());
      step.push_back(number);
      if (!takeComma() && peek() != close)
        return false;
    }
    take();
    return !step.empty();
  }

  void skipSpaces() {
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  }
  char peek() {
    skipSpaces();
    return rest.empty() ? 0 : rest.front();
  }
  bool takeComma() {
    if (peek() != ',')
      return false;
    rest.remove_prefix(1);
    return true;
  }
  bool takeName(std::string_view name) {
    skipSpaces();
    if (!rest.starts_with(name))
      return false;
    rest.remove_prefix(name.size());
    return takeComma();
  }
  char peekAfterFirst() {
    skipSpaces();
    size_t next = rest.find_first_not_of(' ', 1);
    return next == rest.npos ? 0 : rest[next];
  }
  char take() {
    char c = peek();
    if (c)
      rest.remove_prefix(1);
    return c;
  }

  std::string_view rest;
};

} // namespace

Parsed<PathArgument> parsePath(std::string_view text) {
  PathArgument path;
  std::string_view numbers = text;
  if (numbers.starts_with("ssa:")) {
    path.ssa = true;
    numbers.remove_prefix(4);
  }
  if (PathReader(numbers).read(path.steps))
    return path;
  return "'" + std::string(text.substr(0, 60)) +
         "' is no path such as (1,2),(0,1)";
}

Parsed<SearchMethod> parseMethod(std::string_view text) {
  std::vector<std::string> names = searchNames();
  if (text == "auto" ||
      std::find(names.begin(), names.end(), text) != names.end())
    return SearchMethod{std::string(text)};
  return "'" + std::string(text) + "' is no method; use " + methodList();
}

std::string methodList() {
  std::vector<std::string> names = searchNames();
  names.insert(names.begin(), "auto");
  return listOfWords(names);
}

std::string listOfWords(const std::vector<std::string> &words) {
  std::string list;
  for (size_t i = 0; i < words.size(); ++i)
    list += (i == 0 ? "" : i + 1 < words.size() ? ", " : " or ") + words[i];
  return list;
}

std::vector<std::string> wordsOfList(std::string_view list) {
  std::vector<std::string> words;
  while (true) {
    size_t space = std::min(list.find(' '), list.size());
    std::string_view word = list.substr(0, space);
    if (word.ends_with(','))
      word.remove_suffix(1);
    if (word != "or")
      words.emplace_back(word);
    if (space == list.size())
      return words;
    list.remove_prefix(space + 1);
  }
}

} // namespace einc
