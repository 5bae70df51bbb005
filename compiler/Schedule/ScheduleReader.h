// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Reads the canonical text of schedules, strictly: one spelling for each,
/// since the text is a cache key and comes in from files.

#ifndef EINC_COMPILER_SCHEDULE_SCHEDULEREADER_H
#define EINC_COMPILER_SCHEDULE_SCHEDULEREADER_H

#include "compiler/Support/Printable.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace einc {

/// A value and its spelling.
template <typename T> struct Spelling {
  T value;
  const char *text;
};
template <typename T, size_t N>
const char *spell(const Spelling<T> (&table)[N], T value) {
  for (const Spelling<T> &row : table)
    if (row.value == value)
      return row.text;
  return "";
}

/// Reads words from the left. After the first mistake everything else is
/// skipped, so that callers read on without checks and ask once at the end.
class ScheduleReader {
public:
  explicit ScheduleReader(std::string_view text) : rest(text) {}

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
    fail("unknown value " + inQuotes(value) +
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
      fail(inQuotes(std::string(key) + std::string(digits)) +
           " is no number between " + std::to_string(low) + " and " +
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
      fail("unexpected " + inQuotes(rest) + " at the end");
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

/// Appends " key" and the value, as ScheduleReader reads them.
inline void writeWord(std::string &out, const char *key,
                      std::string_view value) {
  out.append(" ").append(key).append(value);
}
inline void writeNumber(std::string &out, const char *key, int64_t value) {
  writeWord(out, key, std::to_string(value));
}

} // namespace einc

#endif // EINC_COMPILER_SCHEDULE_SCHEDULEREADER_H
