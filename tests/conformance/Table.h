// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Readers of conformance tables: files of rows with tabs between columns, one
/// heading line, `\n` alone ending a line. The columns are described in
/// README.md beside this file.

#ifndef EINC_TESTS_CONFORMANCE_TABLE_H
#define EINC_TESTS_CONFORMANCE_TABLE_H

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace einc::conformance {

/// A row by the names of its columns, as written.
class Row {
public:
  Row(std::map<std::string, std::string, std::less<>> fields)
      : fields(std::move(fields)) {}
  /// Empty for a column the table lacks.
  const std::string &operator[](std::string_view column) const;

private:
  std::map<std::string, std::string, std::less<>> fields;
};

/// All rows of a table; none if the file cannot be read.
std::vector<Row> readTable(const std::string &path);

/// Path of a file that comes with the project, in this folder.
std::string ownFile(std::string_view name);

/// Path of a file of the conformance data beside the source tree, or empty
/// where that folder is absent.
std::string sharedFile(std::string_view name);

/// Undoes `\t \n \r \\` and `\xHH`: `unescape("i\\x00")` holds a zero byte.
std::string unescape(std::string_view field);

/// `parseShapes("(2,3)()")` returns {{2, 3}, {}}; for "" there are none.
std::vector<std::vector<int64_t>> parseShapes(std::string_view field);

/// `parseNumbers("1,3")` returns {1, 3}; for "-" there are none.
std::vector<uint64_t> parseNumbers(std::string_view field);

} // namespace einc::conformance

#endif // EINC_TESTS_CONFORMANCE_TABLE_H
