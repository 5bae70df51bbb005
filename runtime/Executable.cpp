// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Makes executables: checks, maps code, binds.

#include "runtime/Executable.h"

#include "runtime/ArtifactCheck.h"

#include <map>
#include <new>

using namespace einc::runtime;

namespace {

/// The function of each kernel: the caller's, else the artifact's. An image
/// that several kernels share is mapped once.
Status findFunctions(const EincArtifact &artifact,
                     std::span<const KernelEntry> entries,
                     std::vector<EincKernelFunction> &functions,
                     std::vector<std::shared_ptr<const void>> &code) {
  std::map<std::pair<const void *, uint64_t>, std::shared_ptr<CodeImage>>
      images;
  for (uint32_t i = 0; i < artifact.numKernels; ++i) {
    const EincKernel &kernel = artifact.kernels[i];
    EincKernelFunction function = kernel.function;
    if (!entries.empty() && entries[i].function) {
      function = entries[i].function;
      code.push_back(entries[i].owner);
    } else if (kernel.image) {
      std::shared_ptr<CodeImage> &image =
          images[{kernel.image, kernel.imageBytes}];
      if (!image) {
        image = std::make_shared<CodeImage>();
        if (Status status =
                CodeImage::create(kernel.image, kernel.imageBytes, *image);
            !status)
          return status;
        code.push_back(image);
      }
      function = image->entry(kernel.entryOffset);
    }
    if (!function)
      return Status::error(StatusCode::BadArtifact,
                           "kernel %u: it has neither an image nor a function",
                           i);
    functions.push_back(function);
  }
  return {};
}

/// Whether open number `number` may be negative: a stride that is no extent.
bool isStride(const EincArtifact &artifact, uint32_t number) {
  bool stride = false;
  for (uint32_t i = 0; i < artifact.numArguments; ++i) {
    const EincArgument &argument = artifact.arguments[i];
    stride = stride || (argument.openStrides <= number &&
                        number - argument.openStrides < argument.rank);
    for (uint32_t axis = 0; axis < argument.rank; ++axis)
      if (argument.extents[axis] == -1 - int64_t{number})
        return false;
  }
  return stride;
}

Status checkExtents(const EincArtifact &artifact,
                    std::span<const int64_t> extents) {
  if (extents.size() != artifact.numExtents)
    return Status::error(StatusCode::InvalidArgument,
                         "%zu extents are given, the artifact has %u open ones",
                         extents.size(), artifact.numExtents);
  for (size_t i = 0; i < extents.size(); ++i)
    if (extents[i] < 0 && !isStride(artifact, static_cast<uint32_t>(i)))
      return Status::error(StatusCode::InvalidArgument,
                           "extent %zu is negative: %lld", i,
                           static_cast<long long>(extents[i]));
  return {};
}

} // namespace

Status Executable::create(const EincArtifact &artifact,
                          std::span<const int64_t> extents,
                          std::shared_ptr<const Executable> &out,
                          const ExecutableOptions &options) noexcept {
  if (Status status = checkArtifact(artifact); !status)
    return status;
  if (Status status = checkExtents(artifact, extents); !status)
    return status;
  if (!options.kernels.empty() && options.kernels.size() != artifact.numKernels)
    return Status::error(StatusCode::InvalidArgument,
                         "%zu kernels are given, the artifact has %u",
                         options.kernels.size(), artifact.numKernels);
  try {
    std::shared_ptr<Executable> made(new Executable);
    std::vector<EincKernelFunction> functions;
    if (Status status =
            findFunctions(artifact, options.kernels, functions, made->code);
        !status)
      return status;
    if (Status status = bindSteps(artifact, extents, functions, made->bound);
        !status)
      return status;
    made->owner = options.owner;
    out = std::move(made);
    return {};
  } catch (const std::bad_alloc &) {
    return Status::error(StatusCode::OutOfMemory,
                         "no memory for the executable's %u steps",
                         artifact.numSteps);
  }
}
