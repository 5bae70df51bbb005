// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "IR.h"

#include <istream>
#include <map>
#include <sstream>
#include <stdexcept>

namespace {

class Reader {
public:
  Program read(std::istream &stream) {
    for (std::string line; std::getline(stream, line);) {
      ++number;
      std::istringstream words(line);
      if (std::string first; words >> first)
        statement(first, words);
    }
    return std::move(program);
  }

private:
  [[noreturn]] void fail(const std::string &why) const {
    throw std::runtime_error("line " + std::to_string(number) + ": " + why);
  }

  size_t value(const std::string &name) const {
    auto found = values.find(name);
    if (found == values.end())
      fail("no value '" + name + "'");
    return found->second;
  }

  size_t operand(std::istringstream &words) const {
    std::string name;
    words >> name;
    return value(name);
  }

  void define(Op op) {
    values[op.name] = program.ops.size();
    program.ops.push_back(std::move(op));
  }

  void statement(const std::string &first, std::istringstream &words) {
    if (first == "print") {
      program.results.push_back(operand(words));
      return;
    }
    if (first == "tensor") {
      Op op = {OpKind::Tensor, "", {}, {0, 0}, ""};
      if (!(words >> op.name >> op.shape[0] >> op.shape[1]))
        fail("tensor NAME ROWS COLUMNS");
      return define(op);
    }
    std::string equals, what;
    words >> equals >> what;
    if (equals == "=" && what == "transpose") {
      const size_t a = operand(words);
      const std::vector<int64_t> &shape = program.ops[a].shape;
      return define({OpKind::Transpose, first, {a}, {shape[1], shape[0]}, ""});
    }
    if (equals == "=" && what == "matmul") {
      const size_t a = operand(words), b = operand(words);
      const std::vector<int64_t> &x = program.ops[a].shape,
                                 &y = program.ops[b].shape;
      if (x[1] != y[0])
        fail("the inner extents differ");
      return define({OpKind::Matmul, first, {a, b}, {x[0], y[1]}, ""});
    }
    fail("what is '" + first + "'?");
  }

  Program program;
  std::map<std::string, size_t> values;
  int number = 0;
};

} // namespace

Program read(std::istream &stream) { return Reader().read(stream); }
