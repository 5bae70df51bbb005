// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Input: a .npy file. Its header, and the whole file from memory.

#include "tests/fuzz/Fuzz.h"

#include "tools/einc/Npy.h"

#include <cstring>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

using namespace einc;
using namespace einc::fuzz;

namespace {
/// A file without a name in any folder.
class MemoryFile {
public:
  MemoryFile() : descriptor(memfd_create("einc-fuzz", MFD_CLOEXEC)) {
    require(descriptor >= 0, "the system gives files in memory");
  }
  ~MemoryFile() { close(descriptor); }
  void assign(std::string_view bytes) {
    require(ftruncate(descriptor, 0) == 0 &&
                pwrite(descriptor, bytes.data(), bytes.size(), 0) ==
                    ssize_t(bytes.size()),
            "files in memory can be written");
  }
  std::string path() const {
    return "/proc/self/fd/" + std::to_string(descriptor);
  }

private:
  int descriptor;
};
} // namespace

static void checkHeader(const NpyHeader &header) {
  for (int64_t extent : header.shape)
    require(extent >= 0, "extents are not negative");
  if (header.type == ElementType::BF16)
    return; // numpy has no name for it
  std::string text = makeNpyHeader(header.type, header.shape);
  require(text.size() % 64 == 0, "headers end at a multiple of 64");
  Result<NpyPreamble> preamble =
      parseNpyPreamble(text.substr(0, NpyPreamble::MaxBytes));
  require(bool(preamble) &&
              preamble->textOffset + preamble->textBytes == text.size(),
          "a header that is written has its length");
  Result<NpyHeader> again = parseNpyHeader(text.substr(preamble->textOffset));
  require(bool(again) && again->shape == header.shape &&
              again->type == header.type && !again->swapped &&
              !again->fortranOrder,
          "a header that is written is read alike");
}

static void checkFile(std::string_view bytes) {
  static MemoryFile source, target;
  source.assign(bytes);
  Result<NpyFile> file = NpyFile::open(source.path());
  if (!file)
    return checkDiagnostic(file.error(), "");
  Result<TensorData> tensor = std::move(*file).read();
  require(bool(tensor), "what can be opened can be read");
  require(tensor->bytes <= bytes.size(), "no elements but those of the file");

  // Column-major tensors are written with their elements in that order.
  Result<Success> written = writeNpy(target.path(), *tensor);
  require(bool(written), "tensors can be written");
  Result<NpyFile> copy = NpyFile::open(target.path());
  require(bool(copy), "what was written can be opened");
  Result<TensorData> again = std::move(*copy).read();
  require(bool(again) && again->bytes == tensor->bytes &&
              (tensor->bytes == 0 ||
               std::memcmp(again->elements.get(), tensor->elements.get(),
                           tensor->bytes) == 0),
          "elements that are written are read alike");
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string_view bytes = textOf(data, size);
  Result<NpyPreamble> preamble =
      parseNpyPreamble(bytes.substr(0, NpyPreamble::MaxBytes));
  if (!preamble) {
    checkDiagnostic(preamble.error(), "");
    return 0;
  }
  if (preamble->textOffset > size ||
      preamble->textBytes > size - preamble->textOffset)
    return 0;
  Result<NpyHeader> header =
      parseNpyHeader(bytes.substr(preamble->textOffset, preamble->textBytes));
  if (!header) {
    checkDiagnostic(header.error(), "");
    return 0;
  }
  checkHeader(*header);
  checkFile(bytes);
  return 0;
}
