// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/conformance/Table.h"

#include <filesystem>
#include <fstream>

using namespace einc;
using namespace einc::conformance;

const std::string &Row::operator[](std::string_view column) const {
  static const std::string missing;
  auto field = fields.find(column);
  return field == fields.end() ? missing : field->second;
}

static std::vector<std::string> splitTabs(const std::string &line) {
  std::vector<std::string> fields(1);
  for (char c : line)
    if (c == '\t')
      fields.emplace_back();
    else
      fields.back() += c;
  return fields;
}

std::vector<Row> conformance::readTable(const std::string &path) {
  std::vector<Row> rows;
  std::ifstream file(path, std::ios::binary);
  std::string line;
  if (!std::getline(file, line))
    return rows;
  std::vector<std::string> columns = splitTabs(line);
  while (std::getline(file, line)) {
    std::vector<std::string> fields = splitTabs(line);
    std::map<std::string, std::string, std::less<>> row;
    for (size_t i = 0; i < columns.size() && i < fields.size(); ++i)
      row[columns[i]] = fields[i];
    rows.emplace_back(std::move(row));
  }
  return rows;
}

std::string conformance::ownFile(std::string_view name) {
  return EINC_SOURCE_DIR "/tests/conformance/" + std::string(name);
}

std::string conformance::sharedFile(std::string_view name) {
  std::string path =
      EINC_SOURCE_DIR "/../shared/data/conformance/" + std::string(name);
  return std::filesystem::exists(path) ? path : "";
}

std::string conformance::unescape(std::string_view field) {
  std::string text;
  for (size_t i = 0; i < field.size(); ++i) {
    if (field[i] != '\\' || i + 1 == field.size()) {
      text += field[i];
      continue;
    }
    char kind = field[++i];
    if (kind == 'x') {
      text += static_cast<char>(
          std::stoi(std::string(field.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else {
      text += kind == 't'   ? '\t'
              : kind == 'n' ? '\n'
              : kind == 'r' ? '\r'
                            : kind;
    }
  }
  return text;
}

std::vector<std::vector<int64_t>>
conformance::parseShapes(std::string_view field) {
  std::vector<std::vector<int64_t>> shapes;
  bool inNumber = false;
  for (char c : field) {
    bool digit = c >= '0' && c <= '9';
    if (c == '(')
      shapes.emplace_back();
    if (digit && !inNumber)
      shapes.back().push_back(0);
    if (digit)
      shapes.back().back() = shapes.back().back() * 10 + (c - '0');
    inNumber = digit;
  }
  return shapes;
}

std::vector<uint64_t> conformance::parseNumbers(std::string_view field) {
  std::vector<uint64_t> numbers;
  if (field == "-")
    return numbers;
  for (const std::vector<int64_t> &one :
       parseShapes("(" + std::string(field) + ")"))
    numbers.assign(one.begin(), one.end());
  return numbers;
}
