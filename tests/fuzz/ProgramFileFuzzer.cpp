// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Input: a program's file. It is read as it is, and once more with its lengths
/// and checksums made right, since no mutation gets past those. What can be
/// read is bound to a few numbers; its code is mapped and never run.

#include "tests/fuzz/Fuzz.h"

#include "compiler/Driver/ProgramFile.h"
#include "compiler/Schedule/Steps.h"
#include "runtime/Program.h"

#include <algorithm>

using namespace einc;
using namespace einc::fuzz;

/// Where the layout that ProgramFile.h describes has what is repaired here.
static constexpr size_t FileBytes = 16, ImagesAt = 24, NumImages = 32,
                        Images = 36, ImageEntry = 40, HashBytes = 32;

static uint64_t numberAt(const std::vector<uint8_t> &bytes, size_t at,
                         unsigned numBytes) {
  uint64_t value = 0;
  for (unsigned i = 0; i < numBytes; ++i)
    value |= uint64_t(bytes[at + i]) << (8 * i);
  return value;
}

static void repairChecksums(std::vector<uint8_t> &bytes) {
  if (bytes.size() < Images)
    return;
  for (unsigned i = 0; i < 8; ++i)
    bytes[FileBytes + i] = uint8_t(uint64_t(bytes.size()) >> (8 * i));
  uint64_t imagesAt = numberAt(bytes, ImagesAt, 8);
  if (imagesAt < Images + HashBytes || imagesAt > bytes.size())
    return;
  std::span<uint8_t> all = bytes;
  uint64_t count = numberAt(bytes, NumImages, 4), offset = imagesAt;
  for (uint64_t i = 0; i < count; ++i) {
    size_t entry = Images + size_t(i) * ImageEntry;
    if (entry + ImageEntry > imagesAt)
      break;
    uint64_t size = numberAt(bytes, entry, 8);
    if (size > bytes.size() - offset)
      break;
    std::ranges::copy(sha256(all.subspan(offset, size)),
                      bytes.begin() + ptrdiff_t(entry) + 8);
    offset += size;
  }
  std::ranges::copy(sha256(all.first(imagesAt - HashBytes)),
                    bytes.begin() + ptrdiff_t(imagesAt - HashBytes));
}

static void check(std::span<const uint8_t> bytes) {
  Result<std::shared_ptr<const Program>> read = parseProgramFile(bytes);
  if (!read)
    return checkDiagnostic(read.error(), "");
  const EincProgram &program = (*read)->get();
  Result<std::vector<uint8_t>> again = serializeProgram(program);
  require(again && std::ranges::equal(*again, bytes), "a program has one form");
  for (uint32_t i = 0; i < program.numVariants; ++i)
    require(!printSteps(*program.variants[i].artifact).empty(),
            "steps can be printed");

  std::shared_ptr<runtime::LoadedProgram> loaded;
  require(runtime::LoadedProgram::create(program, loaded, *read).ok(),
          "what is read was checked");
  for (int64_t number : {int64_t(0), int64_t(1), int64_t(17), INT64_MAX}) {
    if (program.numOpenNumbers > 1000)
      break;
    std::vector<int64_t> numbers(program.numOpenNumbers, number);
    std::shared_ptr<const runtime::BoundProgram> bound;
    runtime::Status status = loaded->bind(numbers, bound);
    require(status.ok() == (bound != nullptr), "a program or a reason why not");
    require(status.code() != runtime::StatusCode::Internal,
            "no input shows a defect");
  }
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::vector<uint8_t> bytes(data, data + size);
  check(bytes);
  repairChecksums(bytes);
  check(bytes);
  return 0;
}
