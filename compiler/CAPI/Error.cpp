// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/CAPI/Guard.h"

#include <iterator>
#include <new>
#include <optional>

using namespace einc;

static_assert(int(ErrorKind::Syntax) + 1 == EINC_STATUS_SYNTAX);
static_assert(int(ErrorKind::SizeOverflow) + 1 == EINC_STATUS_SIZE_OVERFLOW);
static_assert(int(ErrorKind::InvalidArgument) + 1 ==
              EINC_STATUS_INVALID_ARGUMENT);
static_assert(int(ErrorKind::OutOfMemory) + 1 == EINC_STATUS_OUT_OF_MEMORY);
static_assert(int(ErrorKind::Internal) + 1 == EINC_STATUS_INTERNAL);

struct EincError {
  /// None: there was no memory.
  std::optional<Error> error;
};

/// The one error object that needs no memory; never destroyed.
static constinit EincError noMemory = {};

static EincStatus statusOf(ErrorKind kind) { return EincStatus(int(kind) + 1); }

static EincStatus report(EincError **error, const Error &thrown) noexcept {
  if (error) {
    try {
      *error = new EincError{thrown};
    } catch (...) {
      *error = &noMemory;
      return EINC_STATUS_OUT_OF_MEMORY;
    }
  }
  return statusOf(thrown.kind());
}

static EincStatus reportNoMemory(EincError **error) noexcept {
  if (error)
    *error = &noMemory;
  return EINC_STATUS_OUT_OF_MEMORY;
}

EincStatus capi::reportException(EincError **error) noexcept {
  try {
    throw;
  } catch (const Error &thrown) {
    return report(error, thrown);
  } catch (const std::bad_alloc &) {
    return reportNoMemory(error);
  } catch (const std::length_error &) {
    return reportNoMemory(error);
  } catch (const std::exception &thrown) {
    try {
      throwError(ErrorKind::Internal, thrown.what());
    } catch (const Error &internal) {
      return report(error, internal);
    } catch (...) {
      return reportNoMemory(error);
    }
  } catch (...) {
    return EINC_STATUS_INTERNAL;
  }
}

void capi::requirePointer(const void *pointer, const char *name) {
  if (!pointer)
    throwError(ErrorKind::InvalidArgument,
               std::string("'") + name + "' is null");
}

const char *eincStatusName(int status) {
  if (status == EINC_OK)
    return "ok";
  if (status < 0 || status > EINC_STATUS_INTERNAL)
    return "unknown";
  return kindName(ErrorKind(status - 1));
}

EincStatus eincErrorStatus(const EincError *error) {
  if (!error)
    return EINC_OK;
  return error->error ? statusOf(error->error->kind())
                      : EINC_STATUS_OUT_OF_MEMORY;
}

const char *eincErrorMessage(const EincError *error) {
  if (!error)
    return nullptr;
  return error->error ? error->error->message().c_str() : "out of memory";
}

const char *eincErrorText(const EincError *error) {
  if (!error)
    return nullptr;
  return error->error ? error->error->what() : "error: out of memory\n";
}

size_t eincErrorNumPositions(const EincError *error) {
  return error && error->error ? error->error->positions().size() : 0;
}

EincStatus eincErrorGetPosition(const EincError *error, size_t i,
                                EincPosition *position) {
  if (!position || i >= eincErrorNumPositions(error))
    return EINC_STATUS_INVALID_ARGUMENT;
  const Position &found = error->error->positions()[i];
  *position = {found.codePoint, found.byte};
  return EINC_OK;
}

void eincErrorDestroy(EincError *error) {
  if (error != &noMemory)
    delete error;
}
