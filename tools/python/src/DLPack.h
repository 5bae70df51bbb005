// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Tensors of other frameworks, without copies.

#ifndef EINC_TOOLS_PYTHON_SRC_DLPACK_H
#define EINC_TOOLS_PYTHON_SRC_DLPACK_H

#include <nanobind/nanobind.h>

namespace einc::python {

/// The memory of an object that has __dlpack__ as a numpy array (bf16 as u16)
/// and the name of its element type. The array keeps the object alive. Throws
/// einc::Error for memory of a device and for types that einc lacks.
nanobind::tuple importDLPack(nanobind::handle object);

/// An object with __dlpack__ for the memory of a numpy array, which it keeps
/// alive; also for bf16, which numpy cannot hand on.
nanobind::object exportDLPack(nanobind::handle array, nanobind::handle owner);

} // namespace einc::python

#endif // EINC_TOOLS_PYTHON_SRC_DLPACK_H
