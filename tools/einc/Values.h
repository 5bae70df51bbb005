// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The values of options: text to number, or a message that says what would be
/// right.

#ifndef EINC_TOOLS_EINC_VALUES_H
#define EINC_TOOLS_EINC_VALUES_H

#include "tools/einc/CommandLine.h"

#include <string_view>

namespace einc {

template <typename T> using Parsed = std::variant<T, std::string>;

/// "17"; no sign, no spaces.
Parsed<uint64_t> parseCount(std::string_view text);

/// 1 to 1,000,000.
Parsed<unsigned> parseSmallCount(std::string_view text);

/// "1.5"; finite and not negative.
Parsed<double> parseSeconds(std::string_view text);

/// "4096", "512K", "4G": a whole number, perhaps times a power of 1024.
Parsed<uint64_t> parseBytes(std::string_view text);

/// "0,2": at least one.
Parsed<std::vector<uint64_t>> parseCounts(std::string_view text);

/// "f32", or numpy's "float32".
Parsed<ElementType> parseElementType(std::string_view text);
/// "f32,f64": at least one.
Parsed<std::vector<ElementType>> parseElementTypes(std::string_view text);
/// "f32, f64, ... or bf16".
std::string elementTypeList();
Parsed<Stage> parseStage(std::string_view text);
/// "equation, plan, ... or asm".
std::string stageList();
/// Those of `einc compile`: header and object too.
Parsed<Stage> parseCompileStage(std::string_view text);
std::string compileStageList();
/// "x86-64-v3,x86-64": at least one, none empty.
Parsed<std::vector<std::string>> parseProcessors(std::string_view text);
Parsed<Shell> parseShell(std::string_view text);
Parsed<CacheAction> parseCacheAction(std::string_view text);

/// "(1,2),(0,1)", "[(1, 2), (0, 1)]" or "[[1,2],[0,1]]"; "ssa:" in front makes
/// the numbers value numbers.
Parsed<PathArgument> parsePath(std::string_view text);

/// What --optimize takes: "auto" or a registered search.
struct SearchMethod {
  std::string name;
};
Parsed<SearchMethod> parseMethod(std::string_view text);
/// "auto, optimal, greedy or left-to-right".
std::string methodList();

/// What --against takes.
struct Opponent {
  std::string name;
};
Parsed<Opponent> parseOpponent(std::string_view text);

/// {"a", "b", "c"} as "a, b or c", and back.
std::string listOfWords(const std::vector<std::string> &words);
std::vector<std::string> wordsOfList(std::string_view list);

} // namespace einc

#endif // EINC_TOOLS_EINC_VALUES_H
