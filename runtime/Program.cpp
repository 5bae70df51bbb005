// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Chooses variants, binds and keeps them.

#include "runtime/Program.h"

#include "runtime/ArtifactCheck.h"
#include "runtime/Expressions.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <map>
#include <new>

using namespace einc::runtime;

namespace {

/// Whether the guard is there and 0, or has no value: an overflow is no reason
/// to take a variant.
bool isGuarded(const EincVariant &variant,
               std::span<const int64_t> openNumbers) noexcept {
  if (variant.guard.count == 0)
    return false;
  int64_t value = 0;
  return evaluate({variant.artifact->tokens + variant.guard.first,
                   variant.guard.count},
                  openNumbers, nullptr, value) != nullptr ||
         value == 0;
}

/// "needs x86-64-v4 or x86-64-v3": each processor once, as many as there is
/// room for.
Status noVariant(const EincProgram &program, const Processor &processor) {
  char list[96] = "";
  size_t used = 0;
  for (uint32_t i = 0; i < program.numVariants; ++i) {
    const EincVariant &variant = program.variants[i];
    auto same = [&](const EincVariant &other) {
      return other.architecture == variant.architecture &&
             other.cpu == variant.cpu;
    };
    if (std::any_of(program.variants, program.variants + i, same))
      continue;
    ProcessorName name = processorName(variant.architecture, variant.cpu);
    const char *before = used ? " or " : "";
    if (used + std::strlen(before) + std::strlen(name.text) >= sizeof(list))
      break;
    used += static_cast<size_t>(std::snprintf(list + used, sizeof(list) - used,
                                              "%s%s", before, name.text));
  }
  ProcessorName host = processorName(processor.architecture, processor.cpu);
  return Status::error(StatusCode::UnsupportedTarget,
                       "the program needs %s; this machine has %s", list,
                       host.text);
}

/// Maps every image once, however many kernels are in it.
Status mapKernels(const EincArtifact &artifact,
                  std::vector<KernelEntry> &entries) {
  std::map<std::pair<const void *, uint64_t>, std::shared_ptr<CodeImage>>
      images;
  for (uint32_t i = 0; i < artifact.numKernels; ++i) {
    const EincKernel &kernel = artifact.kernels[i];
    KernelEntry &entry = entries.emplace_back();
    entry.function = kernel.function;
    if (!kernel.image)
      continue;
    std::shared_ptr<CodeImage> &image =
        images[{kernel.image, kernel.imageBytes}];
    if (!image) {
      auto mapped = std::make_shared<CodeImage>();
      if (Status status =
              CodeImage::create(kernel.image, kernel.imageBytes, *mapped);
          !status)
        return status;
      image = std::move(mapped);
    }
    entry.function = image->entry(kernel.entryOffset);
    entry.owner = image;
  }
  return {};
}

/// Whether an argument has no elements with these numbers.
bool isEmpty(const EincArgument &argument, std::span<const int64_t> numbers) {
  for (uint32_t axis = 0; axis < argument.rank; ++axis) {
    int64_t extent = argument.extents[axis];
    if (extent < 0)
      extent = numbers[static_cast<size_t>(-1 - extent)];
    if (extent == 0)
      return true;
  }
  return false;
}

} // namespace

Status einc::runtime::chooseVariant(const EincProgram &program,
                                    std::span<const int64_t> openNumbers,
                                    const Processor &processor,
                                    uint32_t &variant) noexcept {
  bool runs = false;
  for (uint32_t i = 0; i < program.numVariants; ++i) {
    const EincVariant &candidate = program.variants[i];
    if (!processor.canRun(candidate.architecture, candidate.cpu))
      continue;
    runs = true;
    if (isGuarded(candidate, openNumbers))
      continue;
    variant = i;
    return {};
  }
  if (!runs)
    return noVariant(program, processor);
  return Status::error(StatusCode::InvalidArgument,
                       "no variant of the program takes these extents");
}

Status BoundProgram::run(void *const *arguments,
                         const RunOptions &options) const noexcept {
  if (!arguments && !mayBeNull.empty())
    return Status::error(StatusCode::InvalidArgument, "no arguments are given");
  for (size_t i = 0; i < mayBeNull.size(); ++i)
    if (!arguments[i] && !mayBeNull[i])
      return Status::error(StatusCode::InvalidArgument,
                           "argument %zu is a null pointer", i);
  RunOptions limited = options;
  limited.threads = threadsFor(options.threads);
  return executable->run(arguments, limited);
}

Status LoadedProgram::create(const EincProgram &program,
                             std::shared_ptr<LoadedProgram> &out,
                             std::shared_ptr<const void> owner,
                             const Processor &processor) noexcept {
  if (Status status = checkProgram(program); !status)
    return status;
  try {
    out.reset(new LoadedProgram(program, std::move(owner), processor));
    return {};
  } catch (const std::bad_alloc &) {
    return Status::error(StatusCode::OutOfMemory, "no memory for the program");
  }
}

LoadedProgram::Kept *LoadedProgram::find(std::span<const int64_t> openNumbers) {
  for (Kept &entry : kept)
    if (std::equal(openNumbers.begin(), openNumbers.end(),
                   entry.bound->numbers.begin()))
      return &entry;
  return nullptr;
}

Status LoadedProgram::mapCode(uint32_t variant) {
  if (!code[variant].empty())
    return {};
  std::vector<KernelEntry> entries;
  if (Status status = mapKernels(*program.variants[variant].artifact, entries);
      !status)
    return status;
  code[variant] = std::move(entries);
  return {};
}

Status LoadedProgram::make(std::span<const int64_t> openNumbers,
                           std::shared_ptr<const BoundProgram> &out) {
  uint32_t variant = 0;
  if (Status status = chooseVariant(program, openNumbers, processor, variant);
      !status)
    return status;
  if (Status status = mapCode(variant); !status)
    return status;
  const EincArtifact &artifact = *program.variants[variant].artifact;
  std::shared_ptr<BoundProgram> bound(new BoundProgram);
  ExecutableOptions options;
  options.kernels = code[variant];
  options.owner = owner;
  if (Status status =
          Executable::create(artifact, openNumbers, bound->executable, options);
      !status)
    return status;
  bound->numbers.assign(openNumbers.begin(), openNumbers.end());
  for (uint32_t i = 0; i < artifact.numArguments; ++i)
    bound->mayBeNull.push_back(isEmpty(artifact.arguments[i], openNumbers));
  bound->variantNumber = variant;
  bound->maxThreads = program.threads;
  out = std::move(bound);
  return {};
}

Status LoadedProgram::bind(std::span<const int64_t> openNumbers,
                           std::shared_ptr<const BoundProgram> &out) noexcept {
  if (openNumbers.size() != program.numOpenNumbers)
    return Status::error(StatusCode::InvalidArgument,
                         "%zu open numbers are given, the program has %u",
                         openNumbers.size(), program.numOpenNumbers);
  try {
    std::lock_guard lock(mutex);
    ++uses;
    if (Kept *entry = find(openNumbers)) {
      entry->lastUse = uses;
      out = entry->bound;
      return {};
    }
    kept.reserve(MaxBound);
    std::shared_ptr<const BoundProgram> bound;
    if (Status status = make(openNumbers, bound); !status)
      return status;
    ++made;
    if (kept.size() == MaxBound) {
      auto oldest = std::min_element(
          kept.begin(), kept.end(),
          [](const Kept &a, const Kept &b) { return a.lastUse < b.lastUse; });
      *oldest = {bound, uses};
    } else {
      kept.push_back({bound, uses});
    }
    out = std::move(bound);
    return {};
  } catch (const std::bad_alloc &) {
    return Status::error(StatusCode::OutOfMemory, "no memory for the program");
  }
}

uint64_t LoadedProgram::timesBound() const noexcept {
  std::lock_guard lock(mutex);
  return made;
}
