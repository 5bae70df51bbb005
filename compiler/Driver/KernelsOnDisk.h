// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The disk cache as the kernel cache sees it: kernels in, kernels out, and
/// nothing that goes wrong is more than a note.

#ifndef EINC_COMPILER_DRIVER_KERNELSONDISK_H
#define EINC_COMPILER_DRIVER_KERNELSONDISK_H

#include "compiler/Driver/DiskCache.h"
#include "compiler/Driver/Kernel.h"

#include <optional>

namespace einc {

class KernelsOnDisk {
public:
  explicit KernelsOnDisk(const DiskCacheOptions &options);

  /// Null if it is not there.
  std::shared_ptr<const Kernel> find(const KernelKey &key,
                                     const Schedule &schedule,
                                     const Target &target) const;
  void keep(const KernelKey &key, const Kernel &kernel);
  /// Trims the cache if enough was added; to be called after the last keep().
  void trim();

  /// The first thing that went wrong, "" if nothing did.
  const std::string &problem() const { return firstProblem; }

private:
  const uint64_t maxBytes;
  std::optional<DiskCache> cache;
  std::string firstProblem;
  bool trimDue = false;
};

} // namespace einc

#endif // EINC_COMPILER_DRIVER_KERNELSONDISK_H
