// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/CAPI/Options.h"
#include "compiler/CAPI/SizedStruct.h"

using namespace einc;
using namespace einc::capi;

static constexpr uint32_t KnownFlags =
    EINC_OPTION_SSA_PATH | EINC_OPTION_DISK_CACHE | EINC_OPTION_NO_EXPRESSIONS;

static void requireZero(uint64_t number, const char *name) {
  if (number != 0)
    throwError(ErrorKind::InvalidArgument, std::string("'") + name + "' is " +
                                               std::to_string(number) +
                                               ", expected 0");
}

static std::vector<std::vector<uint32_t>> toPath(const EincOptions &given) {
  requireArray(given.path, given.pathLength, "path");
  std::vector<std::vector<uint32_t>> result;
  for (size_t i = 0; i < given.pathLength; ++i) {
    const EincOperandList &entry = given.path[i];
    requireArray(entry.operands, entry.count, "operands of an entry of path");
    result.emplace_back(entry.operands, entry.operands + entry.count);
  }
  return result;
}

Options capi::toOptions(const EincOptions *pointer) {
  const EincOptions given = readSizedStruct(pointer, "EincOptions");
  if (given.flags & ~KnownFlags)
    throwError(ErrorKind::InvalidArgument,
               "flags of EincOptions are " + std::to_string(given.flags) +
                   ", of which " + std::to_string(given.flags & ~KnownFlags) +
                   " is unknown");
  requireZero(given.reserved, "reserved");
  Options result;
  result.threads = given.threads;
  if (given.cpu)
    result.cpu = given.cpu;
  if (given.optimize)
    result.optimize = given.optimize;
  result.path = toPath(given);
  result.ssaPath = given.flags & EINC_OPTION_SSA_PATH;
  result.seed = given.seed;
  if (given.timeLimit != 0)
    result.timeLimit = given.timeLimit;
  result.maxMemory = given.maxMemory;
  if (given.accumulate >= NumElementTypes)
    throwError(ErrorKind::InvalidArgument,
               "accumulate is " + std::to_string(given.accumulate) +
                   ", which is no EincType");
  if (given.accumulate != 0)
    result.accumulate = ElementType(given.accumulate);
  result.cacheCompiled = !(given.flags & EINC_OPTION_NO_EXPRESSIONS);
  result.diskCache = given.flags & EINC_OPTION_DISK_CACHE;
  if (given.cacheDirectory)
    result.cacheDirectory = given.cacheDirectory;
  return result;
}

static Scalar toScalar(const EincNumber &number, const char *name) {
  requireZero(number.reserved, "reserved");
  switch (number.form) {
  case EINC_NUMBER_REAL:
    return number.real;
  case EINC_NUMBER_INTEGER:
    return number.integer;
  case EINC_NUMBER_COMPLEX:
    return std::complex<double>(number.real, number.imaginary);
  default:
    throwError(ErrorKind::InvalidArgument, std::string("the form of ") + name +
                                               " is " +
                                               std::to_string(number.form) +
                                               ", which is no EincNumberForm");
  }
}

ReadRunOptions::ReadRunOptions(const EincRunOptions *pointer) {
  const EincRunOptions given = readSizedStruct(pointer, "EincRunOptions");
  requireZero(given.reserved, "reserved");
  if (given.alpha)
    options.alpha = toScalar(*given.alpha, "alpha");
  if (given.beta)
    options.beta = toScalar(*given.beta, "beta");
  options.threads = given.threads;
  if (given.executor) {
    executor.parallelFor = given.executor->parallelFor;
    executor.context = given.executor->context;
    options.executor = &executor;
  }
  options.workspace = given.workspace;
  options.workspaceBytes = given.workspaceBytes;
}
