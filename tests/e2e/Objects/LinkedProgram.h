// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// LinkedProgram: an equation compiled to an object, linked to a library of its
/// own and loaded, so that its functions can be called and looked into.

#ifndef EINC_TESTS_E2E_OBJECTS_LINKEDPROGRAM_H
#define EINC_TESTS_E2E_OBJECTS_LINKEDPROGRAM_H

#include "compiler/Driver/ObjectFile.h"

#include <map>

namespace einc::test {

/// What an object is made from.
struct Request {
  std::string equation;
  /// openAxis() for open extents.
  std::vector<Shape> shapes;
  ElementType type = ElementType::F32;
  std::vector<Machine> machines = {hostMachine()};
};

/// The equation of a request, planned for its hints.
struct Layouts {
  ShapedEquation equation;
  std::vector<TensorLayout> operands;
  TensorLayout output;
};
Layouts layoutsOf(const Request &request);

/// This process's compiler, from the build.
KernelCache &testCache();

class LinkedProgram {
public:
  explicit LinkedProgram(const Request &request);
  LinkedProgram(const LinkedProgram &) = delete;
  LinkedProgram &operator=(const LinkedProgram &) = delete;
  ~LinkedProgram();

  /// `f`, `f_ws`, ... with these arguments: pointers and open extents.
  int call(const std::string &suffix, std::vector<void *> pointers,
           std::vector<int64_t> numbers = {}, void *workspace = nullptr) const;
  int64_t workspaceBytes(std::vector<int64_t> numbers = {}) const;

  /// The variable that holds the processor's bits; null if there is none.
  uint32_t *processor() const;
  /// The code of a function, local ones too; empty if there is none.
  std::string codeOf(const std::string &symbol) const;

  std::shared_ptr<const Program> program;
  std::string object; ///< its bytes

private:
  void *symbol(const std::string &name) const;

  struct Symbol {
    uint64_t value, size;
  };
  std::string path;
  std::string bytes;                     ///< of the library
  std::map<std::string, Symbol> symbols; ///< of the library
  void *library = nullptr;
};

} // namespace einc::test

#endif // EINC_TESTS_E2E_OBJECTS_LINKEDPROGRAM_H
