// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Reading and writing .npy files.

#include "tools/einc/Npy.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace einc {

static Diagnostic fileError(const std::string &path, std::string message,
                            ErrorKind kind = ErrorKind::IO) {
  return {.kind = kind, .message = "'" + path + "': " + std::move(message)};
}

static Diagnostic systemError(const std::string &path) {
  return fileError(path, std::strerror(errno));
}

/// Whether the file's elements are of the type that was asked for, if any.
static Result<Success> checkType(const NpyHeader &header,
                                 std::optional<ElementType> type) {
  if (header.untyped && type != ElementType::BF16)
    return Diagnostic{
        .kind = ErrorKind::UnsupportedType,
        .message = "elements of type 'V2', two bytes that may be anything; "
                   "--dtype bf16 reads them as bf16"};
  if (type && *type != header.type)
    return Diagnostic{.kind = ErrorKind::UnsupportedType,
                      .message = std::string("the file holds ") +
                                 elementName(header.type) + ", not " +
                                 elementName(*type)};
  return Success{};
}

Result<NpyFile> NpyFile::open(const std::string &path,
                              std::optional<ElementType> type) {
  NpyFile npy;
  npy.path = path;
  // Opening a pipe would wait for its writer otherwise.
  int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0)
    return systemError(path);
  npy.file.reset(fdopen(descriptor, "rb"));
  if (!npy.file) {
    ::close(descriptor);
    return systemError(path);
  }
  std::FILE *file = npy.file.get();
  struct stat status;
  if (fstat(fileno(file), &status) != 0)
    return systemError(path);
  if (!S_ISREG(status.st_mode))
    return fileError(path, "no regular file");

  std::array<char, NpyPreamble::MaxBytes> start;
  size_t got = std::fread(start.data(), 1, start.size(), file);
  Result<NpyPreamble> preamble = parseNpyPreamble({start.data(), got});
  if (!preamble)
    return fileError(path, preamble.error().message, preamble.error().kind);
  std::string text(preamble->textBytes, '\0');
  if (std::fseek(file, long(preamble->textOffset), SEEK_SET) != 0 ||
      std::fread(text.data(), 1, text.size(), file) != text.size())
    return fileError(path, "the file ends within its header");
  Result<NpyHeader> header = parseNpyHeader(text);
  if (!header)
    return fileError(path, header.error().message, header.error().kind);
  if (Result<Success> checked = checkType(*header, type); !checked)
    return fileError(path, checked.error().message, checked.error().kind);
  npy.header = *std::move(header);

  Result<uint64_t> expected = layoutBytes(npy.layout());
  if (!expected)
    return fileError(path, expected.error().message, expected.error().kind);
  uint64_t present =
      uint64_t(status.st_size) - preamble->textOffset - preamble->textBytes;
  if (present != *expected)
    return fileError(path,
                     "the header's shape " + formatShape(npy.header.shape) +
                         " of " + elementName(npy.header.type) + " needs " +
                         std::to_string(*expected) +
                         " bytes, but the file has " + std::to_string(present));
  return npy;
}

TensorLayout NpyFile::layout() const {
  TensorLayout layout;
  layout.type = header.type;
  layout.extents = header.shape;
  layout.strides.resize(header.shape.size());
  // Products that overflow belong to files that open() refuses, or to tensors
  // without elements, whose strides nothing uses.
  int64_t stride = 1;
  size_t rank = header.shape.size();
  for (size_t i = 0; i < rank; ++i) {
    size_t axis = header.fortranOrder ? i : rank - 1 - i;
    layout.strides[axis] = stride;
    if (__builtin_mul_overflow(stride, header.shape[axis], &stride))
      stride = 0;
  }
  return layout;
}

static void swapBytes(void *elements, uint64_t bytes, size_t elementSize) {
  auto *begin = static_cast<unsigned char *>(elements);
  for (uint64_t i = 0; i < bytes; i += elementSize)
    std::reverse(begin + i, begin + i + elementSize);
}

Result<TensorData> NpyFile::read() && {
  Result<TensorData> tensor = TensorData::allocate(layout());
  if (!tensor)
    return fileError(path, tensor.error().message, tensor.error().kind);
  void *elements = tensor->elements.get();
  if (std::fread(elements, 1, tensor->bytes, file.get()) != tensor->bytes)
    return fileError(path, std::ferror(file.get())
                               ? std::strerror(errno)
                               : "the file became shorter while it was read");
  // The parts of complex numbers are swapped each for itself.
  if (header.swapped)
    swapBytes(elements, tensor->bytes, elementBytes(realType(header.type)));
  if (header.type == ElementType::Bool)
    for (uint64_t i = 0; i < tensor->bytes; ++i)
      static_cast<uint8_t *>(elements)[i] =
          static_cast<uint8_t *>(elements)[i] != 0;
  return tensor;
}

Result<Success> writeNpy(const std::string &path, const TensorData &tensor) {
  std::FILE *file = std::fopen(path.c_str(), "wbe");
  if (!file)
    return systemError(path);
  std::string header = makeNpyHeader(tensor.layout.type, tensor.layout.extents);
  bool written =
      std::fwrite(header.data(), 1, header.size(), file) == header.size() &&
      std::fwrite(tensor.elements.get(), 1, tensor.bytes, file) == tensor.bytes;
  int writeError = errno;
  if (std::fclose(file) == 0 && written)
    return Success{};
  if (!written)
    errno = writeError;
  return systemError(path);
}

} // namespace einc
