// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Errors of the C++ API as exceptions of Python.

#ifndef EINC_TOOLS_PYTHON_SRC_ERRORS_H
#define EINC_TOOLS_PYTHON_SRC_ERRORS_H

namespace einc::python {

/// From now on an einc::Error that leaves a binding becomes an einc.Error of
/// Python.
void translateErrors();

} // namespace einc::python

#endif // EINC_TOOLS_PYTHON_SRC_ERRORS_H
