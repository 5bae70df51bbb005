// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A program as a file, conventionally named .einc. Little-endian numbers; a
/// text is its length in 4 bytes and its UTF-8; an expression is two numbers of
/// 4 bytes.
///
///     bytes     what
///     8         "einc\x89P\r\n": a file that was sent as text is seen at once
///     4         version of this layout
///     4         EINC_ARTIFACT_ABI
///     8         length of the file
///     8         offset of the images
///     4         number of images
///     40 each   image: length, SHA-256
///     texts     name, compiler
///     4         threads
///     4         number of open numbers
///     ...each   open number: name, hint (8)
///     4         number of variants
///     ...each   variant: architecture, cpu (4 each), guard, artifact
///     32        SHA-256 of everything before
///     ...       the images, one after the other, until the end of the file
///
/// An artifact is its equation and plan; ten numbers of 4 bytes, from
/// numKernels to scalarType in the struct's order; workspaceBytes; then its
/// arrays in the struct's order, each entry its fields in order without
/// reserved ones and pointers. In place of a pointer stand: the number of the
/// image and, before the image's fields, the three texts of a kernel; the bytes
/// of a constant as a text; an argument's name, and after its other fields its
/// extents, a 4-byte 1 or 0 for whether it has strides, and these.
///
/// Variants share images. Each byte is hashed once when a file is read.

#ifndef EINC_COMPILER_DRIVER_PROGRAMFILE_H
#define EINC_COMPILER_DRIVER_PROGRAMFILE_H

#include "compiler/Driver/Program.h"

#include <span>

namespace einc {

/// A file that parseProgramFile takes for `program`, which must pass
/// runtime::checkProgram. Error: InvalidArgument for a program that no file can
/// hold: of kernels that are no images, or of constants without a fixed size.
Result<std::vector<uint8_t>> serializeProgram(const EincProgram &program);

/// Reads any bytes whatever, and keeps none of them. The program may be one
/// that this machine cannot run. Error: BadArtifact that says what is wrong.
Result<std::shared_ptr<const Program>>
parseProgramFile(std::span<const uint8_t> bytes);

/// Writes the whole file or none: under another name first. Errors: those of
/// serializeProgram, IO.
Result<Success> writeProgramFile(const EincProgram &program,
                                 const std::string &path);

/// Errors, all with the file's name: IO (missing, no regular file), Limit
/// (more than MaxProgramFileBytes), BadArtifact.
Result<std::shared_ptr<const Program>> readProgramFile(const std::string &path);

constexpr uint64_t MaxProgramFileBytes = uint64_t(1) << 28;

/// The first bytes of every such file.
constexpr uint8_t ProgramFileMagic[8] = {'e',  'i', 'n',  'c',
                                         0x89, 'P', '\r', '\n'};

/// The whole of a regular file of at most MaxProgramFileBytes. Errors: IO,
/// Limit.
Result<std::vector<uint8_t>> readFileBytes(const std::string &path);

} // namespace einc

#endif // EINC_COMPILER_DRIVER_PROGRAMFILE_H
