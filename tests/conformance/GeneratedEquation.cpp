// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/conformance/GeneratedEquation.h"

#include <functional>

using namespace einc;
using namespace einc::conformance;

std::string conformance::symbol(uint32_t n) {
  if (n < 52)
    return std::string(1, static_cast<char>(n < 26 ? 'a' + n : 'A' + n - 26));
  uint32_t c = n + 140 < 0xD800 ? n + 140 : n + 2188;
  std::string text;
  if (c < 0x800) {
    text += static_cast<char>(0xC0 | c >> 6);
  } else if (c < 0x10000) {
    text += static_cast<char>(0xE0 | c >> 12);
    text += static_cast<char>(0x80 | (c >> 6 & 0x3F));
  } else {
    text += static_cast<char>(0xF0 | c >> 18);
    text += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    text += static_cast<char>(0x80 | (c >> 6 & 0x3F));
  }
  return text + static_cast<char>(0x80 | (c & 0x3F));
}

/// `n` operands, each by its number, with a separator between them.
static std::string join(uint32_t n, std::string_view separator,
                        const std::function<std::string(uint32_t)> &operand) {
  std::string text;
  for (uint32_t k = 0; k < n; ++k) {
    if (k > 0)
      text += separator;
    text += operand(k);
  }
  return text;
}

static std::vector<std::vector<int64_t>> chainShapes(uint32_t n) {
  std::vector<std::vector<int64_t>> shapes;
  for (int64_t k = 0; k < n; ++k)
    shapes.push_back({2 + k % 3, 2 + (k + 1) % 3});
  return shapes;
}

static GeneratedEquation chain(uint32_t n) {
  std::string text =
      join(n, ",", [](uint32_t k) { return symbol(k) + symbol(k + 1); });
  return {text + "->" + symbol(0) + symbol(n), chainShapes(n)};
}

static GeneratedEquation nest(uint32_t n) {
  std::string text(n - 1, '(');
  text += "ab";
  for (uint32_t k = 1; k < n; ++k)
    text += "," + symbol(k) + symbol(k + 1) + ")";
  return {text + "->a" + symbol(n),
          std::vector<std::vector<int64_t>>(n, {2, 2})};
}

static GeneratedEquation words(uint32_t n) {
  auto bond = [](uint32_t k) { return "bond" + std::to_string(k); };
  std::string text =
      join(n, ", ", [&](uint32_t k) { return bond(k) + " " + bond(k + 1); });
  return {text + " -> bond0 " + bond(n), chainShapes(n)};
}

GeneratedEquation conformance::generate(std::string_view rule, uint32_t n) {
  using Shapes = std::vector<std::vector<int64_t>>;
  auto ring = [n](uint32_t k) { return symbol(k) + symbol((k + 1) % n); };
  auto ray = [](uint32_t k) { return "a" + symbol(k + 1); };
  if (rule == "chain")
    return chain(n);
  if (rule == "ring")
    return {join(n, ",", ring) + "->", Shapes(n, {2, 2})};
  if (rule == "star")
    return {join(n, ",", ray) + "->a", Shapes(n, {3, 2})};
  if (rule == "same")
    return {join(n, ",", [](uint32_t) { return "i"; }) + "->i", Shapes(n, {3})};
  if (rule == "scalars")
    return {std::string(n - 1, ','), Shapes(n)};
  if (rule == "nest")
    return nest(n);
  if (rule == "deep")
    return {std::string(n, '(') + "ij" + std::string(n, ')') + "->ji",
            {{2, 3}}};
  if (rule == "unclosed")
    return {std::string(n, '('), Shapes(1)};
  if (rule == "blanks")
    return {"i" + std::string(n, ' ') + "j ->" + std::string(n, ' ') + "ji",
            {{2, 3}}};
  if (rule == "words")
    return words(n);
  GeneratedEquation result;
  if (rule == "clash") {
    result = chain(n);
    result.shapes.back()[0] = 7;
  }
  if (rule == "mistyped") {
    result = chain(n);
    result.text.resize(result.text.size() - symbol(n).size());
    result.text += '%';
  }
  if (rule == "longlabel") {
    std::string x(n, 'x');
    result = {x + " y -> y " + x, {{2, 3}}};
  }
  return result;
}

uint64_t conformance::fnv1a64(std::string_view bytes) {
  uint64_t hash = 0xcbf29ce484222325;
  for (char c : bytes)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}
