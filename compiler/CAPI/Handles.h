// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What stands behind the handles.

#ifndef EINC_COMPILER_CAPI_HANDLES_H
#define EINC_COMPILER_CAPI_HANDLES_H

#include "compiler/Frontend/Equation.h"
#include "einc-c/einc.h"
#include "einc/Expression.h"

#include <mutex>

struct EincEquation {
  einc::Equation equation;
  std::string text; ///< canonical
};

struct EincPlan {
  einc::Plan plan;

  /// Text made by `print` when it is first asked for. Plans may be large.
  class LazyText {
  public:
    template <typename Print> const char *get(Print print) {
      std::call_once(once, [&] { text = print(); });
      return text.c_str();
    }

  private:
    std::once_flag once;
    std::string text;
  };
  mutable LazyText table;
  mutable LazyText json;
};

struct EincExecutable {
  einc::Expression expression;
};

#endif // EINC_COMPILER_CAPI_HANDLES_H
