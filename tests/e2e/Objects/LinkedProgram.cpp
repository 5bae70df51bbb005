// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tests/e2e/Objects/LinkedProgram.h"

#include "compiler/Driver/CompilerLibrary.h"
#include "compiler/Frontend/Equation.h"
#include "compiler/Support/BuildId.h"
#include "compiler/Support/OpenAxis.h"

#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <elf.h>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <unistd.h>

namespace einc::test {

KernelCache &testCache() {
  static KernelCache &cache = *new KernelCache([] {
    static const std::string path = EINC_COMPILER_FILE;
    return loadCompilerLibrary({&path, 1}, BuildId);
  });
  return cache;
}

Layouts layoutsOf(const Request &request) {
  auto equation = parseEquation(request.equation);
  EXPECT_TRUE(equation) << request.equation;
  auto shaped = inferShapes(*equation, request.shapes);
  EXPECT_TRUE(shaped) << shaped.error().render();
  Layouts result = {*shaped, {}, {}};
  for (size_t i = 0; i < request.shapes.size(); ++i) {
    Shape shape = request.shapes[i];
    for (size_t axis = 0; axis < shape.size(); ++axis)
      if (isOpenAxis(shape[axis]))
        shape[axis] = shaped->extents[shaped->operand(i)[axis]];
    result.operands.push_back(TensorLayout::rowMajor(request.type, shape));
  }
  result.output = TensorLayout::rowMajor(request.type, shaped->outputShape);
  return result;
}

LinkedProgram::LinkedProgram(const Request &request) {
  Layouts layouts = layoutsOf(request);
  ProgramOptions options;
  options.machines = request.machines;
  CompileOptions compileOptions;
  compileOptions.verifyIR = true;
  auto compiled =
      compileProgram(layouts.equation, layouts.operands, layouts.output,
                     compileOptions, options, testCache());
  options.openStrides = true;
  auto strided =
      compileProgram(layouts.equation, layouts.operands, layouts.output,
                     compileOptions, options, testCache());
  if (!compiled || !strided) {
    ADD_FAILURE() << (compiled ? strided : compiled).error().render();
    return;
  }
  program = *compiled;
  ObjectOptions objectOptions;
  objectOptions.strided = strided->get();
  objectOptions.verifyIR = true;
  auto made =
      makeObject(*program, EINC_FORM_OBJECT, objectOptions, testCache());
  if (!made) {
    ADD_FAILURE() << made.error().render();
    return;
  }
  object = *made;
  std::string stem = testing::TempDir() + "einc-object-XXXXXX";
  close(mkstemp(stem.data()));
  path = stem + ".so";
  std::string objectPath = stem + ".o";
  std::ofstream(objectPath, std::ios::binary) << object;
  std::string command =
      std::string(EINC_LINKER " -shared -o ") + path + " " + objectPath;
  EXPECT_EQ(std::system(command.c_str()), 0);
  unlink(objectPath.c_str());
  unlink(stem.c_str());
  std::ostringstream content;
  content << std::ifstream(path, std::ios::binary).rdbuf();
  bytes = content.str();
  library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  EXPECT_NE(library, nullptr) << dlerror();

  Elf64_Ehdr header;
  std::memcpy(&header, bytes.data(), sizeof header);
  auto section = [&](unsigned index) {
    Elf64_Shdr result;
    std::memcpy(&result, bytes.data() + header.e_shoff + index * sizeof result,
                sizeof result);
    return result;
  };
  for (unsigned i = 0; i < header.e_shnum; ++i) {
    Elf64_Shdr table = section(i);
    if (table.sh_type != SHT_SYMTAB)
      continue;
    const char *names = bytes.data() + section(table.sh_link).sh_offset;
    for (uint64_t at = 0; at < table.sh_size; at += sizeof(Elf64_Sym)) {
      Elf64_Sym symbol;
      std::memcpy(&symbol, bytes.data() + table.sh_offset + at, sizeof symbol);
      if (symbol.st_shndx != SHN_UNDEF)
        symbols[names + symbol.st_name] = {symbol.st_value, symbol.st_size};
    }
  }
}

LinkedProgram::~LinkedProgram() {
  if (library)
    dlclose(library);
  if (!path.empty())
    unlink(path.c_str());
}

/// Local symbols are found by their distance from a global one.
void *LinkedProgram::symbol(const std::string &name) const {
  auto found = symbols.find(name), global = symbols.find("f");
  if (found == symbols.end() || global == symbols.end())
    return nullptr;
  return static_cast<char *>(dlsym(library, "f")) + found->second.value -
         global->second.value;
}

uint32_t *LinkedProgram::processor() const {
  return static_cast<uint32_t *>(symbol("f.processor"));
}

std::string LinkedProgram::codeOf(const std::string &name) const {
  const char *code = static_cast<const char *>(symbol(name));
  return code ? std::string(code, symbols.at(name).size) : "";
}

/// All arguments are words of eight bytes, which one prototype passes as well
/// as another: unused ones at the end are not looked at.
int LinkedProgram::call(const std::string &suffix, std::vector<void *> pointers,
                        std::vector<int64_t> numbers, void *workspace) const {
  std::vector<uintptr_t> words;
  for (void *pointer : pointers)
    words.push_back(reinterpret_cast<uintptr_t>(pointer));
  for (int64_t number : numbers)
    words.push_back(static_cast<uintptr_t>(number));
  if (suffix == "_ws")
    words.push_back(reinterpret_cast<uintptr_t>(workspace));
  EXPECT_LE(words.size(), 12u);
  words.resize(12);
  using Word = uintptr_t;
  auto function = reinterpret_cast<int (*)(Word, Word, Word, Word, Word, Word,
                                           Word, Word, Word, Word, Word, Word)>(
      dlsym(library, ("f" + suffix).c_str()));
  if (!function) {
    ADD_FAILURE() << "no function f" << suffix;
    return -1;
  }
  const std::vector<uintptr_t> &w = words;
  return function(w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8], w[9],
                  w[10], w[11]);
}

int64_t LinkedProgram::workspaceBytes(std::vector<int64_t> numbers) const {
  numbers.resize(4);
  auto function =
      reinterpret_cast<int64_t (*)(int64_t, int64_t, int64_t, int64_t)>(
          dlsym(library, "f_workspace_bytes"));
  return function(numbers[0], numbers[1], numbers[2], numbers[3]);
}

} // namespace einc::test
