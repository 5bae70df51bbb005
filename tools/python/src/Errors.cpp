// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The class of the exceptions lives in Python: einc/_error.py.

#include "Errors.h"

#include "einc/Error.h"

#include <nanobind/nanobind.h>

namespace nb = nanobind;

namespace einc::python {

/// What is not UTF-8 in the text of an equation is replaced.
static nb::object decode(const std::string &text) {
  return nb::steal(
      PyUnicode_DecodeUTF8(text.data(), Py_ssize_t(text.size()), "replace"));
}

static void raise(const Error &error) {
  try {
    nb::list positions;
    for (const Position &position : error.positions())
      positions.append(position.codePoint);
    std::string rendered = error.what();
    while (rendered.ends_with('\n'))
      rendered.pop_back();
    nb::object type = nb::module_::import_("einc._error").attr("Error");
    nb::object instance = type(decode(rendered), kindName(error.kind()),
                               decode(error.message()), nb::tuple(positions));
    PyErr_SetObject(type.ptr(), instance.ptr());
  } catch (nb::python_error &failure) {
    failure.restore();
  }
}

void translateErrors() {
  nb::register_exception_translator(
      [](const std::exception_ptr &pointer, void *) {
        try {
          std::rethrow_exception(pointer);
        } catch (const Error &error) {
          raise(error);
        }
      });
}

} // namespace einc::python
