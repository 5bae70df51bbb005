// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Packs a kernel out of objects into an image: one position-independent
/// block that runs wherever it is mapped, with no symbol left to resolve and
/// nothing to write to. The runtime loads it with one copy.

#ifndef EINC_COMPILER_CODEGEN_IMAGEPACKER_H
#define EINC_COMPILER_CODEGEN_IMAGEPACKER_H

#include "compiler/Codegen/ELFObject.h"

namespace einc {

struct KernelImage {
  std::vector<uint8_t> bytes; ///< to be mapped at a page boundary
  uint64_t entryOffset = 0;   ///< of the kernel function
};

/// The image of function `entry`: its section and every section that it
/// reaches through PC-relative relocations, laid end to end, the entry's first
/// and the others in the order of the objects. Symbols that one object does not
/// define are looked for in the others. The bytes depend on nothing else.
///
/// Errors, all Internal, for whatever an image cannot hold: an undefined
/// symbol, a writable or thread-local section, an absolute address, a global
/// offset table.
Result<KernelImage> packImage(std::span<const ELFObject> objects,
                              std::string_view entry);

} // namespace einc

#endif // EINC_COMPILER_CODEGEN_IMAGEPACKER_H
