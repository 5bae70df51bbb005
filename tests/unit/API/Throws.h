// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// What an action throws, as text: "invalid-argument: axis 1 has ...".

#ifndef EINC_TESTS_UNIT_API_THROWS_H
#define EINC_TESTS_UNIT_API_THROWS_H

#include "einc/Error.h"

#include <string>

namespace einc::test {

template <typename Action> std::string errorOf(Action action) {
  try {
    action();
  } catch (const Error &error) {
    return std::string(kindName(error.kind())) + ": " + error.message();
  }
  return "no error";
}

/// The whole text, with excerpt and notes.
template <typename Action> std::string renderedError(Action action) {
  try {
    action();
  } catch (const Error &error) {
    return error.what();
  }
  return "no error";
}

} // namespace einc::test

#endif // EINC_TESTS_UNIT_API_THROWS_H
