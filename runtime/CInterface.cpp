// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// einc-c/Runtime.h. Every thread remembers what it ran last, so that calls
/// neither lock nor allocate.

#include "einc-c/Runtime.h"

#include "runtime/Program.h"

#include <atomic>
#include <new>
#include <unordered_map>

using namespace einc::runtime;

namespace {

/// Never destroyed: threads may call until the very end of the process.
struct Registry {
  std::mutex mutex;
  std::unordered_map<const EincProgram *, std::shared_ptr<LoadedProgram>>
      programs;
};

/// Goes up whenever a program is forgotten: what threads remember is then of no
/// use, since another program may come to lie at its address.
std::atomic<uint64_t> generation = 1;

Registry *registry() noexcept {
  static Registry *const instance = new (std::nothrow) Registry;
  return instance;
}

struct Remembered {
  const EincProgram *program = nullptr;
  uint64_t generation = 0;
  std::shared_ptr<const BoundProgram> bound;

  bool is(const EincProgram *wanted, const int64_t *numbers) const noexcept {
    if (program != wanted ||
        generation != ::generation.load(std::memory_order_acquire))
      return false;
    std::span<const int64_t> own = bound->openNumbers();
    for (size_t i = 0; i < own.size(); ++i)
      if (own[i] != numbers[i])
        return false;
    return true;
  }
};

constexpr size_t NumRemembered = 8;
thread_local Remembered remembered[NumRemembered];

Remembered &placeFor(const EincProgram *program,
                     const int64_t *numbers) noexcept {
  uint64_t hash = reinterpret_cast<uintptr_t>(program);
  for (uint32_t i = 0; i < program->numOpenNumbers; ++i)
    hash = (hash ^ static_cast<uint64_t>(numbers[i])) * 0x9E3779B97F4A7C15u;
  return remembered[(hash * 0x9E3779B97F4A7C15u) >> 61];
}
static_assert(NumRemembered == size_t{1} << (64 - 61));

Status load(const EincProgram *program, std::shared_ptr<LoadedProgram> &out) {
  Registry *programs = registry();
  if (!programs)
    return Status::error(StatusCode::OutOfMemory, "no memory");
  std::lock_guard lock(programs->mutex);
  std::shared_ptr<LoadedProgram> &loaded = programs->programs[program];
  if (!loaded)
    if (Status status = LoadedProgram::create(*program, loaded); !status) {
      programs->programs.erase(program);
      return status;
    }
  out = loaded;
  return {};
}

/// The bound program, remembered by this thread until it needs the place.
Status find(const EincProgram *program, const int64_t *openNumbers,
            const BoundProgram *&out) noexcept {
  if (!program)
    return Status::error(StatusCode::InvalidArgument, "no program is given");
  // Before its other fields are believed.
  if (program->abi != EINC_ARTIFACT_ABI || program->size != sizeof(EincProgram))
    return Status::error(StatusCode::BadArtifact,
                         "the program is of another ABI");
  if (program->numOpenNumbers > 0 && !openNumbers)
    return Status::error(StatusCode::InvalidArgument,
                         "the open numbers are missing");
  Remembered &place = placeFor(program, openNumbers);
  if (place.is(program, openNumbers)) {
    out = place.bound.get();
    return {};
  }
  try {
    // Read first: what is made while another program is forgotten is made again
    // next time.
    uint64_t current = generation.load(std::memory_order_acquire);
    std::shared_ptr<LoadedProgram> loaded;
    if (Status status = load(program, loaded); !status)
      return status;
    std::shared_ptr<const BoundProgram> bound;
    if (Status status =
            loaded->bind({openNumbers, program->numOpenNumbers}, bound);
        !status)
      return status;
    place = {program, current, std::move(bound)};
    out = place.bound.get();
    return {};
  } catch (const std::bad_alloc &) {
    return Status::error(StatusCode::OutOfMemory, "no memory for the program");
  }
}

int resultOf(StatusCode code) noexcept {
  switch (code) {
  case StatusCode::Ok:
    return EINC_RESULT_OK;
  case StatusCode::OutOfMemory:
    return EINC_RESULT_OUT_OF_MEMORY;
  case StatusCode::InvalidArgument:
    return EINC_RESULT_INVALID_ARGUMENT;
  case StatusCode::Limit:
    return EINC_RESULT_LIMIT;
  case StatusCode::UnsupportedTarget:
    return EINC_RESULT_UNSUPPORTED_CPU;
  case StatusCode::BadArtifact:
  case StatusCode::Internal:
    break;
  }
  return EINC_RESULT_BAD_PROGRAM;
}

} // namespace

int eincRunProgram(const EincProgram *program, void *const *arguments,
                   const int64_t *openNumbers, void *workspace,
                   uint64_t workspaceBytes) {
  const BoundProgram *bound = nullptr;
  if (Status status = find(program, openNumbers, bound); !status)
    return resultOf(status.code());
  RunOptions options;
  options.workspace = workspace;
  options.workspaceBytes = workspaceBytes;
  return resultOf(bound->run(arguments, options).code());
}

uint64_t eincProgramWorkspaceBytes(const EincProgram *program,
                                   const int64_t *openNumbers) {
  const BoundProgram *bound = nullptr;
  if (Status status = find(program, openNumbers, bound); !status)
    return UINT64_MAX;
  return bound->workspaceBytes();
}

void eincForgetProgram(const EincProgram *program) {
  Registry *programs = registry();
  if (!program || !programs)
    return;
  std::shared_ptr<LoadedProgram> forgotten; // destroyed without the lock
  {
    std::lock_guard lock(programs->mutex);
    auto place = programs->programs.find(program);
    if (place == programs->programs.end())
      return;
    forgotten = std::move(place->second);
    programs->programs.erase(place);
    generation.fetch_add(1, std::memory_order_release);
  }
  for (Remembered &place : remembered)
    if (place.program == program)
      place = {};
}

const char *eincResultText(int result) {
  switch (result) {
  case EINC_RESULT_OK:
    return "ok";
  case EINC_RESULT_UNSUPPORTED_CPU:
    return "no variant for this processor";
  case EINC_RESULT_OUT_OF_MEMORY:
    return "out of memory";
  case EINC_RESULT_INVALID_ARGUMENT:
    return "an argument is a null pointer, an extent is negative, or the "
           "workspace is too small";
  case EINC_RESULT_LIMIT:
    return "the extents are too large";
  case EINC_RESULT_BAD_PROGRAM:
    return "the program is damaged or of another version";
  default:
    return "unknown result";
  }
}
