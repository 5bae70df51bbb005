// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Bytes -> program. Nothing is believed: memory is taken for what is there,
/// not for what is claimed.

#include "compiler/Driver/ProgramFile.h"
#include "compiler/Driver/ProgramFileLayout.h"
#include "runtime/ArtifactCheck.h"

#include <algorithm>
#include <cstring>
#include <deque>
#include <set>

using namespace einc;

namespace {

/// Takes from the front of bytes. Once there are too few, it has failed and
/// gives zeros.
class Reader {
public:
  explicit Reader(std::span<const uint8_t> bytes) : rest(bytes) {}

  std::span<const uint8_t> take(uint64_t count) {
    if (count > rest.size()) {
      failed = true;
      rest = {};
      return {};
    }
    std::span<const uint8_t> result = rest.first(size_t(count));
    rest = rest.subspan(size_t(count));
    return result;
  }
  uint64_t number(unsigned numBytes) {
    uint64_t value = 0;
    unsigned shift = 0;
    for (uint8_t byte : take(numBytes)) {
      value |= uint64_t(byte) << shift;
      shift += 8;
    }
    return value;
  }
  uint32_t word() { return uint32_t(number(4)); }
  /// How many entries follow, of which each takes at least so many bytes.
  uint32_t count(size_t entryBytes) {
    uint32_t result = word();
    if (result <= rest.size() / entryBytes)
      return result;
    failed = true;
    return 0;
  }
  EincExpression expression() {
    uint32_t first = word();
    return {first, word()};
  }

  std::span<const uint8_t> rest;
  bool failed = false;
};

struct StoredArtifact {
  std::vector<EincKernel> kernels;
  std::vector<EincToken> tokens;
  std::vector<EincBuffer> buffers;
  std::vector<EincPointer> pointers;
  std::vector<EincExpression> params;
  std::vector<EincStep> steps;
  std::vector<EincArgument> arguments;
  EincArtifact artifact = {};
};

struct alignas(64) Line {
  uint8_t bytes[64];
};

class StoredProgram final : public Program {
public:
  const EincProgram &get() const override { return program; }

  /// All but the head of the file. Returns what is wrong, or nothing.
  std::string read(std::span<const uint8_t> imageBytes, Reader &reader);

private:
  std::string readImages(Reader &reader, std::span<const uint8_t> imageBytes);
  void readArtifact(Reader &reader);
  EincKernel readKernel(Reader &reader);
  EincBuffer readBuffer(Reader &reader);
  EincArgument readArgument(Reader &reader);
  const char *readText(Reader &reader);
  const int64_t *readNumbers(Reader &reader, uint32_t count);
  std::string check() const;

  /// Deques: what points into them stays right.
  std::deque<StoredArtifact> artifacts;
  std::deque<std::string> texts;
  std::deque<std::vector<int64_t>> numbers;
  struct Constant {
    std::unique_ptr<Line[]> lines; ///< aligned for every type
    size_t bytes;
  };
  std::vector<Constant> constants;
  std::vector<uint8_t> images;
  struct Image {
    uint64_t offset;
    uint64_t bytes;
    SHA256Digest hash;
  };
  std::vector<Image> imageTable;
  /// Images are numbered in the order of their first use.
  uint32_t imagesUsed = 0;
  std::vector<EincVariant> variants;
  std::vector<EincOpenNumber> openNumbers;
  EincProgram program = {};
};

const char *StoredProgram::readText(Reader &reader) {
  std::span<const uint8_t> bytes = reader.take(reader.word());
  if (std::ranges::find(bytes, 0) != bytes.end())
    reader.failed = true;
  return texts.emplace_back(bytes.begin(), bytes.end()).c_str();
}

const int64_t *StoredProgram::readNumbers(Reader &reader, uint32_t count) {
  std::vector<int64_t> &result = numbers.emplace_back();
  if (count > reader.rest.size() / 8) {
    reader.failed = true;
    return nullptr;
  }
  result.reserve(std::max(count, 1u)); // never null
  for (uint32_t i = 0; i < count; ++i)
    result.push_back(int64_t(reader.number(8)));
  return result.data();
}

EincKernel StoredProgram::readKernel(Reader &reader) {
  EincKernel kernel = {};
  kernel.family = readText(reader);
  kernel.schedule = readText(reader);
  kernel.target = readText(reader);
  uint32_t number = reader.word();
  if (number > imagesUsed || number >= imageTable.size()) {
    reader.failed = true;
    return kernel;
  }
  imagesUsed = std::max(imagesUsed, number + 1);
  const Image &image = imageTable[number];
  kernel.image = images.data() + image.offset;
  kernel.imageBytes = image.bytes;
  std::ranges::copy(image.hash, kernel.imageHash);
  kernel.entryOffset = reader.number(8);
  kernel.scratchBytes = reader.number(8);
  kernel.numPointers = reader.word();
  return kernel;
}

EincBuffer StoredProgram::readBuffer(Reader &reader) {
  EincBuffer buffer = {};
  buffer.kind = reader.word();
  buffer.argument = reader.word();
  buffer.offset = reader.expression();
  buffer.bytes = reader.expression();
  uint32_t size = reader.word();
  if (size > MaxConstantBytes ||
      (size > 0 && buffer.kind != EINC_BUFFER_CONSTANT)) {
    reader.failed = true;
    return buffer;
  }
  if (buffer.kind == EINC_BUFFER_CONSTANT) {
    constants.push_back({std::make_unique<Line[]>(size / 64 + 1), size});
    buffer.data = constants.back().lines.get();
    std::ranges::copy(reader.take(size), constants.back().lines[0].bytes);
  }
  return buffer;
}

EincStep readStep(Reader &reader) {
  EincStep step = {};
  for (uint32_t *field :
       {&step.kind, &step.kernel, &step.firstPointer, &step.firstParam,
        &step.numParams, &step.bodySteps, &step.counter, &step.plan})
    *field = reader.word();
  step.extent = reader.expression();
  step.minGrains = reader.expression();
  return step;
}

EincArgument StoredProgram::readArgument(Reader &reader) {
  EincArgument argument = {};
  argument.name = readText(reader);
  argument.type = reader.word();
  argument.rank = reader.word();
  argument.openStrides = reader.word();
  argument.flags = reader.word();
  argument.extents = readNumbers(reader, argument.rank);
  uint32_t hasStrides = reader.word();
  if (hasStrides == 1)
    argument.strides = readNumbers(reader, argument.rank);
  else if (hasStrides != 0)
    reader.failed = true;
  return argument;
}

void StoredProgram::readArtifact(Reader &reader) {
  StoredArtifact &stored = artifacts.emplace_back();
  EincArtifact &artifact = stored.artifact;
  artifact.abi = EINC_ARTIFACT_ABI;
  artifact.size = sizeof(EincArtifact);
  artifact.equation = readText(reader);
  artifact.plan = readText(reader);
  for (uint32_t *field :
       {&artifact.numKernels, &artifact.numTokens, &artifact.numBuffers,
        &artifact.numPointers, &artifact.numParams, &artifact.numSteps,
        &artifact.numArguments, &artifact.numExtents, &artifact.numCounters,
        &artifact.scalarType})
    *field = reader.word();
  artifact.workspaceBytes = reader.expression();
  // Grows with what is read, so that a false count costs nothing.
  auto fill = [&](auto &array, const auto *&field, uint32_t count,
                  auto &&readOne) {
    for (uint32_t i = 0; i < count && !reader.failed; ++i)
      array.push_back(readOne());
    field = array.data();
  };
  fill(stored.kernels, artifact.kernels, artifact.numKernels,
       [&] { return readKernel(reader); });
  fill(stored.tokens, artifact.tokens, artifact.numTokens, [&] {
    int64_t value = int64_t(reader.number(8));
    return EincToken{value, reader.word(), 0};
  });
  fill(stored.buffers, artifact.buffers, artifact.numBuffers,
       [&] { return readBuffer(reader); });
  fill(stored.pointers, artifact.pointers, artifact.numPointers, [&] {
    uint32_t buffer = reader.word();
    return EincPointer{buffer, 0, reader.expression()};
  });
  fill(stored.params, artifact.params, artifact.numParams,
       [&] { return reader.expression(); });
  fill(stored.steps, artifact.steps, artifact.numSteps,
       [&] { return readStep(reader); });
  fill(stored.arguments, artifact.arguments, artifact.numArguments,
       [&] { return readArgument(reader); });
}

std::string StoredProgram::readImages(Reader &reader,
                                      std::span<const uint8_t> imageBytes) {
  constexpr size_t EntryBytes = 8 + ProgramFileHashBytes;
  uint32_t count = reader.count(EntryBytes);
  uint64_t offset = 0;
  std::set<SHA256Digest> hashes;
  for (uint32_t i = 0; i < count; ++i) {
    Image image = {offset, reader.number(8), {}};
    std::ranges::copy(reader.take(ProgramFileHashBytes), image.hash.begin());
    if (image.bytes > imageBytes.size() - offset)
      return "image " + std::to_string(i) + " reaches past the file's end";
    if (sha256(imageBytes.subspan(offset, image.bytes)) != image.hash)
      return "the file is damaged: the checksum of image " + std::to_string(i) +
             " is wrong";
    if (!hashes.insert(image.hash).second)
      return "image " + std::to_string(i) + " is there twice";
    imageTable.push_back(image);
    offset += image.bytes;
  }
  if (offset != imageBytes.size())
    return "the file has bytes of no image at its end";
  images.assign(imageBytes.begin(), imageBytes.end());
  return "";
}

std::string StoredProgram::check() const {
  if (runtime::Status status = runtime::checkProgram(program); !status)
    return status.message();
  size_t number = 0;
  for (const StoredArtifact &stored : artifacts)
    for (const EincBuffer &buffer : stored.buffers)
      if (buffer.kind == EINC_BUFFER_CONSTANT &&
          constantBytes(stored.artifact, buffer) !=
              int64_t(constants[number++].bytes))
        return "a constant is longer or shorter than its buffer";
  return "";
}

std::string StoredProgram::read(std::span<const uint8_t> imageBytes,
                                Reader &reader) {
  if (std::string problem = readImages(reader, imageBytes); !problem.empty())
    return problem;
  program.abi = EINC_ARTIFACT_ABI;
  program.size = sizeof(EincProgram);
  program.name = readText(reader);
  program.compiler = readText(reader);
  program.threads = reader.word();
  program.numOpenNumbers = reader.count(4 + 8);
  for (uint32_t i = 0; i < program.numOpenNumbers; ++i) {
    const char *name = readText(reader);
    openNumbers.push_back({name, int64_t(reader.number(8))});
  }
  program.openNumbers = openNumbers.data();
  program.numVariants = reader.count(4 + 4 + 8);
  for (uint32_t i = 0; i < program.numVariants && !reader.failed; ++i) {
    EincVariant variant = {};
    variant.architecture = reader.word();
    variant.cpu = reader.word();
    variant.guard = reader.expression();
    readArtifact(reader);
    variant.artifact = &artifacts.back().artifact;
    variants.push_back(variant);
  }
  program.variants = variants.data();
  // With a right checksum, the file is what was written; it can be nonsense.
  if (reader.failed || !reader.rest.empty())
    return "its parts do not fit together";
  if (imagesUsed != imageTable.size())
    return "image " + std::to_string(imagesUsed) + " is of no kernel";
  return check();
}

Diagnostic bad(std::string message) {
  return {.kind = ErrorKind::BadArtifact, .message = std::move(message)};
}

/// Whether line ends were converted on the way here.
bool looksLikeText(std::span<const uint8_t> bytes) {
  // The byte that is no ASCII may have become several.
  return bytes.size() >= 4 &&
         std::equal(bytes.begin(), bytes.begin() + 4, ProgramFileMagic);
}

} // namespace

Result<std::shared_ptr<const Program>>
einc::parseProgramFile(std::span<const uint8_t> bytes) {
  constexpr size_t FixedBytes = sizeof(ProgramFileMagic) + 4 + 4 + 8 + 8;
  const size_t compared = std::min(bytes.size(), sizeof(ProgramFileMagic));
  if (!std::equal(bytes.begin(), bytes.begin() + compared, ProgramFileMagic)) {
    if (looksLikeText(bytes))
      return bad("the file was changed on its way, as text is: its line ends "
                 "are not those it was written with");
    return bad("it is neither a program of einc nor a shared library");
  }
  if (bytes.size() < FixedBytes)
    return bad("the file is cut off: it has " + std::to_string(bytes.size()) +
               " bytes");
  Reader reader(bytes.subspan(sizeof(ProgramFileMagic)));
  if (uint32_t version = reader.word(); version != ProgramFileVersion)
    return bad("the file has version " + std::to_string(version) +
               ", expected " + std::to_string(ProgramFileVersion));
  if (uint32_t abi = reader.word(); abi != EINC_ARTIFACT_ABI)
    return bad("the program has ABI " + std::to_string(abi) + ", expected " +
               std::to_string(EINC_ARTIFACT_ABI) +
               "; compile it again with this version of einc");
  uint64_t fileBytes = reader.number(8);
  uint64_t imagesAt = reader.number(8);
  if (bytes.size() < fileBytes)
    return bad("the file is cut off: it has " + std::to_string(bytes.size()) +
               " of " + std::to_string(fileBytes) + " bytes");
  if (bytes.size() > fileBytes)
    return bad("the file has " + std::to_string(bytes.size() - fileBytes) +
               " bytes after its end");
  if (imagesAt > fileBytes || imagesAt < FixedBytes + ProgramFileHashBytes)
    return bad("the file is damaged: its code does not start in it");
  size_t hashAt = size_t(imagesAt) - ProgramFileHashBytes;
  if (!std::ranges::equal(sha256(bytes.first(hashAt)),
                          bytes.subspan(hashAt, ProgramFileHashBytes)))
    return bad("the file is damaged: its checksum is wrong");

  auto program = std::make_shared<StoredProgram>();
  Reader body(bytes.subspan(FixedBytes, hashAt - FixedBytes));
  if (std::string problem = program->read(bytes.subspan(imagesAt), body);
      !problem.empty())
    return bad(std::move(problem));
  return std::shared_ptr<const Program>(std::move(program));
}
