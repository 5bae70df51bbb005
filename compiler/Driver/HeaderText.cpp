// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The comment at the top, then the declarations.

#include "compiler/Driver/HeaderText.h"

#include "compiler/Driver/CIdentifier.h"

#include <algorithm>
#include <set>

using namespace einc;

namespace {

class HeaderWriter {
public:
  HeaderWriter(const EincProgram &program, const HeaderOptions &options)
      : options(options), first(*program.variants[0].artifact),
        program(program), name(program.name) {
    nameOpenNumbers();
  }

  std::string write() {
    writeComment();
    writeStart();
    writeFunctions();
    writeInfo();
    text += "\n#ifdef __cplusplus\n}\n#endif\n\n#endif /* " + guard() + " */\n";
    return std::move(text);
  }

private:
  void nameOpenNumbers();
  void writeComment();
  void writeTensor(uint32_t index);
  void writeStart();
  void writeFunctions();
  void writeInfo();
  void writePrototype(const std::string &function,
                      const std::vector<std::string> &parameters);

  std::string guard() const { return "EINC_COMPILED_" + name + "_H"; }
  std::string typeOf(const EincArgument &argument) const;
  std::string shapeOf(const EincArgument &argument) const;
  std::string extentOf(int64_t extent) const {
    return extent < 0 ? openNames[static_cast<size_t>(-1 - extent)]
                      : std::to_string(extent);
  }
  bool isDense(const EincArgument &argument) const;
  bool uses(uint32_t type) const {
    return std::any_of(
        first.arguments, first.arguments + first.numArguments,
        [&](const EincArgument &argument) { return argument.type == type; });
  }
  /// "const float *A": `i` of numArguments - 1 operands and the output.
  std::string parameter(uint32_t i) const {
    const EincArgument &argument = first.arguments[i];
    return (i + 1 < first.numArguments ? "const " : "") + typeOf(argument) +
           " *" + argument.name;
  }
  void addOpen(std::vector<std::string> &parameters) const {
    for (const std::string &open : openNames)
      parameters.push_back("int64_t " + open);
  }

  const HeaderOptions &options;
  const EincArtifact &first;
  const EincProgram &program;
  std::string name;
  std::vector<std::string> openNames;
  std::string text;
};

} // namespace

/// The labels themselves where C allows it and no argument has that name.
void HeaderWriter::nameOpenNumbers() {
  std::set<std::string> taken = {name, "workspace"};
  for (uint32_t i = 0; i < first.numArguments; ++i) {
    taken.insert(first.arguments[i].name);
    taken.insert(std::string(first.arguments[i].name) + "_strides");
  }
  for (uint32_t n = 0; n < program.numOpenNumbers; ++n) {
    std::string open = program.openNumbers[n].name;
    if (!isCIdentifier(open) || taken.count(open))
      open = "extent" + std::to_string(n);
    while (!taken.insert(open).second)
      open += "_";
    openNames.push_back(open);
  }
}

std::string HeaderWriter::typeOf(const EincArgument &argument) const {
  static constexpr const char *names[] = {
      "float",   "double",  nullptr,   nullptr, "int8_t",   "int16_t",
      "int32_t", "int64_t", "uint8_t", "bool",  "uint16_t", "uint16_t"};
  if (argument.type == EINC_TYPE_C64 || argument.type == EINC_TYPE_C128)
    return name + (argument.type == EINC_TYPE_C64 ? "_c64" : "_c128");
  return names[argument.type];
}

std::string HeaderWriter::shapeOf(const EincArgument &argument) const {
  if (argument.rank == 0)
    return "one number";
  std::string shape;
  for (uint32_t axis = 0; axis < argument.rank; ++axis)
    shape += (axis ? " x " : "") + extentOf(argument.extents[axis]);
  return shape;
}

bool HeaderWriter::isDense(const EincArgument &argument) const {
  if (!argument.strides)
    return true;
  int64_t expected = 1;
  for (uint32_t axis = argument.rank; axis-- > 0;) {
    const int64_t extent = argument.extents[axis];
    if (extent != 1 && argument.strides[axis] != expected)
      return false;
    if (extent < 0 || __builtin_mul_overflow(expected, extent, &expected))
      return true;
  }
  return true;
}

void HeaderWriter::writeTensor(uint32_t index) {
  static constexpr const char *names[] = {"f32", "f64",  "c64", "c128",
                                          "i8",  "i16",  "i32", "i64",
                                          "u8",  "bool", "f16", "bf16"};
  const EincArgument &argument = first.arguments[index];
  text += std::string(" *   ") + argument.name + ": " + names[argument.type] +
          ", " + shapeOf(argument);
  if (index < options.axes.size() && !options.axes[index].empty()) {
    text += " (";
    for (size_t i = 0; i < options.axes[index].size(); ++i)
      text += (i ? ", " : "") + options.axes[index][i];
    text += ")";
  }
  if (!isDense(argument)) {
    text += ", strides in elements";
    for (uint32_t axis = 0; axis < argument.rank; ++axis)
      text += " " + std::to_string(argument.strides[axis]);
  }
  if (argument.flags & EINC_ARGUMENT_CONJUGATE)
    text += ", read as its conjugate";
  text += "\n";
}

void HeaderWriter::writeComment() {
  std::string equation = first.equation;
  if (equation.size() > 400)
    equation.resize(equation.find_last_of(",>", 400) + 1), equation += " ...";
  text = "/* " + name + ": " + equation + "\n * Made by " + program.compiler +
         "; changes would be lost.\n *\n";
  for (uint32_t i = 0; i < first.numArguments; ++i)
    writeTensor(i);
  text += " *\n * Tensors are row-major where no strides are given. Operands "
          "must not overlap\n * the output, which is written and never read; "
          "each pointer is aligned as its\n * type. Functions return " +
          name +
          "_ok, or another number and have written nothing.\n"
          " * They may be called from any number of threads at the same time";
  text += options.byRuntime ? ", and\n * run on threads of their own: link "
                              "libeinc-runtime and threads.\n"
                            : ".\n";
  std::string call = name + "(";
  for (uint32_t i = 0; i < first.numArguments; ++i)
    call += (i ? ", " : "") + std::string(first.arguments[i].name);
  for (const std::string &open : openNames)
    call += ", " + open;
  if (call.size() > 400)
    call = name + "(...";
  text += " *\n *     if (" + call + ") != " + name +
          "_ok)\n *       return 1;\n */\n";
}

void HeaderWriter::writeStart() {
  text += "#ifndef " + guard() + "\n#define " + guard() + "\n\n";
  if (uses(EINC_TYPE_BOOL))
    text += "#include <stdbool.h>\n";
  text += "#include <stdint.h>\n";
  const bool c64 = uses(EINC_TYPE_C64), c128 = uses(EINC_TYPE_C128);
  if (c64 || c128) {
    text += "\n#ifdef __cplusplus\n#include <complex>\n";
    if (c64)
      text += "typedef std::complex<float> " + name + "_c64;\n";
    if (c128)
      text += "typedef std::complex<double> " + name + "_c128;\n";
    text += "#else\n";
    if (c64)
      text += "typedef float _Complex " + name + "_c64;\n";
    if (c128)
      text += "typedef double _Complex " + name + "_c128;\n";
    text += "#endif\n";
  }
  text += "\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n\nenum " + name +
          "_result {\n";
  const char *results[][2] = {
      {"ok", ""},
      {"unsupported_cpu", "/* this processor lacks what f_info.isa says */"},
      {"out_of_memory", ""},
      {"invalid_argument", "/* a null pointer, a negative extent */"},
      {"limit", "/* the extents overflow */"},
      {"bad_program", ""}};
  int number = 0;
  for (auto [result, comment] : results) {
    std::string why = comment;
    if (size_t at = why.find("f_info"); at != std::string::npos)
      why.replace(at, 1, name);
    text += "  " + name + "_" + result + " = " + std::to_string(number) +
            (number < 5 ? "," : "") + (why.empty() ? "" : " " + why) + "\n";
    ++number;
  }
  text += "};\n";
}

/// Breaks lines at 80 columns, but not names.
void HeaderWriter::writePrototype(const std::string &function,
                                  const std::vector<std::string> &parameters) {
  std::string line = function + "(";
  const std::string indent(std::min<size_t>(line.size(), 32), ' ');
  for (size_t i = 0; i < parameters.size(); ++i) {
    const bool last = i + 1 == parameters.size();
    const size_t size = parameters[i].size() + (last ? 2 : 1);
    if (i > 0 && line.size() + 1 + size > 80) {
      text += line + "\n";
      line = indent;
    } else if (i > 0) {
      line += " ";
    }
    line += parameters[i] + (last ? "" : ",");
  }
  text += line + (parameters.empty() ? "void" : "") + ");\n";
}

void HeaderWriter::writeFunctions() {
  std::vector<std::string> plain, strided, open;
  for (uint32_t i = 0; i < first.numArguments; ++i) {
    plain.push_back(parameter(i));
    strided.push_back(parameter(i));
    strided.push_back("const int64_t *" + std::string(first.arguments[i].name) +
                      "_strides");
  }
  addOpen(plain);
  addOpen(strided);
  addOpen(open);
  text += "\n";
  writePrototype("int " + name, plain);
  text += "\n/* The same in a workspace of the caller's: " + name +
          "_workspace_bytes(...) bytes,\n * aligned to 64, of no other use "
          "during the call; NULL if that is 0. */\n";
  plain.push_back("void *workspace");
  writePrototype("int " + name + "_ws", plain);
  text += "\n/* What a call needs on this processor; -1 if there is no way to "
          "do it. */\n";
  writePrototype("int64_t " + name + "_workspace_bytes", open);
  if (options.strided) {
    text += "\n/* The same for tensors with strides: of each axis, in "
            "elements, any sign; NULL\n * for a tensor without axes. */\n";
    writePrototype("int " + name + "_strided", strided);
  }
}

void HeaderWriter::writeInfo() {
  const std::string tensor = "struct " + name + "_tensor_t";
  text += "\n" + tensor +
          " {\n"
          "  const char *name;\n"
          "  const char *type; /* \"f32\" */\n"
          "  int64_t rank;\n"
          "  const int64_t *extents; /* -1 - n: open extent n */\n"
          "};\n\n"
          "struct " +
          name +
          "_info_t {\n"
          "  const char *equation;\n"
          "  const char *compiler;\n"
          "  const char *isa;  /* what it was compiled for, best first */\n"
          "  const char *plan; /* the order of contraction, JSON */\n"
          "  int64_t num_tensors;\n"
          "  const " +
          tensor +
          " *tensors; /* operands, then the output */\n"
          "  int64_t num_open;\n"
          "  const char *const *open; /* names of the open extents */\n"
          "  /* Of the variant that needs most; -1: it depends on extents. */\n"
          "  int64_t workspace_bytes;\n"
          "};\n"
          "extern const struct " +
          name + "_info_t " + name + "_info;\n";
}

std::string einc::headerText(const EincProgram &program,
                             const HeaderOptions &options) {
  return HeaderWriter(program, options).write();
}
