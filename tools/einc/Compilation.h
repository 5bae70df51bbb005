// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The command line of `einc compile` as programs that can be written.

#ifndef EINC_TOOLS_EINC_COMPILATION_H
#define EINC_TOOLS_EINC_COMPILATION_H

#include "compiler/Driver/Program.h"
#include "tools/einc/Problem.h"

namespace einc {

class Compilation {
public:
  /// Reads equation, shapes, types and processors; compiles nothing. Errors:
  /// those of each part.
  static Result<Compilation> make(const CommandLine &line,
                                  const std::string &name);

  /// Compiles the program and, with `strided`, the one for any strides. Errors:
  /// those of compileProgram.
  Result<Success> compile(bool strided);

  /// Of what compile() made.
  const EincProgram &program() const { return compiled->get(); }
  Result<std::string> object(EincForm form, uint32_t flags = 0) const;
  std::string header() const;

  /// The text of a stage, or the bytes of an object.
  Result<std::string> stage(Stage stage);

private:
  Result<PlannedExpression> plan() const;

  Problem problem;
  std::vector<TensorLayout> operands;
  TensorLayout output;
  CompileOptions options;
  ProgramOptions programOptions;
  bool byRuntime = false;
  std::shared_ptr<const Program> compiled;
  std::shared_ptr<const Program> strided; ///< may be null
};

} // namespace einc

#endif // EINC_TOOLS_EINC_COMPILATION_H
