// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Result<T>: a value or the Diagnostic that explains why there is none. The
/// only error channel inside the compiler; compiler/API turns it into
/// einc::Error, compiler/CAPI into a status.

#ifndef EINC_COMPILER_SUPPORT_RESULT_H
#define EINC_COMPILER_SUPPORT_RESULT_H

#include "compiler/Support/Diagnostic.h"

#include <cassert>
#include <utility>
#include <variant>

namespace einc {

template <typename T> class [[nodiscard]] Result {
public:
  Result(T value) : state(std::in_place_index<0>, std::move(value)) {}
  Result(Diagnostic error) : state(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return state.index() == 0; }
  T &operator*() & { return *get(); }
  const T &operator*() const & { return *get(); }
  T &&operator*() && { return std::move(*get()); }
  T *operator->() { return get(); }
  const T *operator->() const { return get(); }

  const Diagnostic &error() const & {
    assert(!*this && "a result that holds a value has no error");
    return std::get<1>(state);
  }
  Diagnostic &&error() && { return std::get<1>(std::move(state)); }

private:
  T *get() {
    assert(*this && "no value: check the result first");
    return std::get_if<0>(&state);
  }
  const T *get() const {
    assert(*this && "no value: check the result first");
    return std::get_if<0>(&state);
  }
  std::variant<T, Diagnostic> state;
};

/// For functions that only succeed or fail: `return Success{};`.
struct Success {};

} // namespace einc

#endif // EINC_COMPILER_SUPPORT_RESULT_H
