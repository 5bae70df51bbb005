// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// EINC_API marks what libeinc.so exports; everything else in it is hidden.

#ifndef EINC_EXPORT_H
#define EINC_EXPORT_H

#define EINC_API __attribute__((visibility("default")))

#endif // EINC_EXPORT_H
