// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Program -> bytes.

#include "compiler/Driver/ProgramFile.h"
#include "compiler/Driver/ProgramFileLayout.h"
#include "runtime/Expressions.h"

#include <cstring>
#include <map>

using namespace einc;

int64_t einc::constantBytes(const EincArtifact &artifact,
                            const EincBuffer &buffer) {
  if (buffer.kind != EINC_BUFFER_CONSTANT)
    return 0;
  for (uint32_t i = 0; i < buffer.bytes.count; ++i)
    if (artifact.tokens[buffer.bytes.first + i].opcode == EINC_OP_EXTENT)
      return -1;
  int64_t result = 0;
  runtime::Problem problem = runtime::evaluate(
      {artifact.tokens + buffer.bytes.first, buffer.bytes.count}, {}, nullptr,
      result);
  return problem ? -1 : result;
}

namespace {

class Writer {
public:
  /// Puts everything but the images, whose numbers must be known.
  void putProgram(const EincProgram &program, uint64_t imagesAt,
                  uint64_t fileBytes);

  /// Gives a number to every image. Returns what keeps the program from being
  /// a file; empty if nothing does.
  std::string numberImages(const EincProgram &program);

  std::vector<uint8_t> bytes;
  /// In the order of their numbers.
  std::vector<const EincKernel *> images;
  uint64_t imageBytes = 0;

private:
  void word(uint64_t value) { number(value, 4); }
  void number(uint64_t value, unsigned numBytes) {
    for (unsigned i = 0; i < numBytes; ++i)
      bytes.push_back(uint8_t(value >> (8 * i)));
  }
  void raw(const void *data, size_t size) {
    const size_t at = bytes.size();
    bytes.resize(at + size);
    if (size > 0)
      std::memcpy(bytes.data() + at, data, size);
  }
  void text(const char *characters) {
    size_t size = characters ? std::strlen(characters) : 0;
    word(size);
    raw(characters, size);
  }
  void expression(EincExpression value) {
    word(value.first);
    word(value.count);
  }
  void artifact(const EincArtifact &value);
  void kernel(const EincKernel &value);
  void buffer(const EincArtifact &artifact, const EincBuffer &value);
  void step(const EincStep &value);
  void argument(const EincArgument &value);

  std::map<SHA256Digest, uint32_t> imageNumbers;
};

SHA256Digest hashOf(const EincKernel &kernel) {
  SHA256Digest hash;
  std::copy_n(kernel.imageHash, hash.size(), hash.begin());
  return hash;
}

std::string Writer::numberImages(const EincProgram &program) {
  for (uint32_t v = 0; v < program.numVariants; ++v) {
    const EincArtifact &artifact = *program.variants[v].artifact;
    for (uint32_t i = 0; i < artifact.numKernels; ++i) {
      const EincKernel &kernel = artifact.kernels[i];
      if (!kernel.image)
        return "kernel " + std::to_string(i) + " of variant " +
               std::to_string(v) + " is no image";
      if (!imageNumbers.emplace(hashOf(kernel), uint32_t(images.size())).second)
        continue;
      images.push_back(&kernel);
      imageBytes += kernel.imageBytes;
    }
    for (uint32_t i = 0; i < artifact.numBuffers; ++i)
      if (int64_t size = constantBytes(artifact, artifact.buffers[i]);
          size < 0 || size > MaxConstantBytes)
        return "constant " + std::to_string(i) + " of variant " +
               std::to_string(v) + " has no fixed, small size";
  }
  if (imageBytes > MaxProgramFileBytes)
    return "its code takes more than 2^28 bytes";
  return "";
}

void Writer::kernel(const EincKernel &value) {
  text(value.family);
  text(value.schedule);
  text(value.target);
  word(imageNumbers.at(hashOf(value)));
  number(value.entryOffset, 8);
  number(value.scratchBytes, 8);
  word(value.numPointers);
}

void Writer::buffer(const EincArtifact &artifact, const EincBuffer &value) {
  word(value.kind);
  word(value.argument);
  expression(value.offset);
  expression(value.bytes);
  int64_t size = constantBytes(artifact, value);
  word(uint64_t(size));
  raw(value.data, size_t(size));
}

void Writer::step(const EincStep &value) {
  for (uint32_t field :
       {value.kind, value.kernel, value.firstPointer, value.firstParam,
        value.numParams, value.bodySteps, value.counter, value.plan})
    word(field);
  expression(value.extent);
  expression(value.minGrains);
}

void Writer::argument(const EincArgument &value) {
  text(value.name);
  word(value.type);
  word(value.rank);
  word(value.openStrides);
  word(value.flags);
  for (uint32_t i = 0; i < value.rank; ++i)
    number(uint64_t(value.extents[i]), 8);
  word(value.strides != nullptr);
  for (uint32_t i = 0; value.strides && i < value.rank; ++i)
    number(uint64_t(value.strides[i]), 8);
}

void Writer::artifact(const EincArtifact &value) {
  text(value.equation);
  text(value.plan);
  for (uint32_t count :
       {value.numKernels, value.numTokens, value.numBuffers, value.numPointers,
        value.numParams, value.numSteps, value.numArguments, value.numExtents,
        value.numCounters, value.scalarType})
    word(count);
  expression(value.workspaceBytes);
  for (uint32_t i = 0; i < value.numKernels; ++i)
    kernel(value.kernels[i]);
  for (uint32_t i = 0; i < value.numTokens; ++i) {
    number(uint64_t(value.tokens[i].value), 8);
    word(value.tokens[i].opcode);
  }
  for (uint32_t i = 0; i < value.numBuffers; ++i)
    buffer(value, value.buffers[i]);
  for (uint32_t i = 0; i < value.numPointers; ++i) {
    word(value.pointers[i].buffer);
    expression(value.pointers[i].offset);
  }
  for (uint32_t i = 0; i < value.numParams; ++i)
    expression(value.params[i]);
  for (uint32_t i = 0; i < value.numSteps; ++i)
    step(value.steps[i]);
  for (uint32_t i = 0; i < value.numArguments; ++i)
    argument(value.arguments[i]);
}

void Writer::putProgram(const EincProgram &program, uint64_t imagesAt,
                        uint64_t fileBytes) {
  bytes.clear();
  raw(ProgramFileMagic, sizeof(ProgramFileMagic));
  word(ProgramFileVersion);
  word(EINC_ARTIFACT_ABI);
  number(fileBytes, 8);
  number(imagesAt, 8);
  word(images.size());
  for (const EincKernel *kernel : images) {
    number(kernel->imageBytes, 8);
    raw(kernel->imageHash, sizeof(kernel->imageHash));
  }
  text(program.name);
  text(program.compiler);
  word(program.threads);
  word(program.numOpenNumbers);
  for (uint32_t i = 0; i < program.numOpenNumbers; ++i) {
    text(program.openNumbers[i].name);
    number(uint64_t(program.openNumbers[i].hint), 8);
  }
  word(program.numVariants);
  for (uint32_t i = 0; i < program.numVariants; ++i) {
    const EincVariant &variant = program.variants[i];
    word(variant.architecture);
    word(variant.cpu);
    expression(variant.guard);
    artifact(*variant.artifact);
  }
}

} // namespace

Result<std::vector<uint8_t>>
einc::serializeProgram(const EincProgram &program) {
  Writer writer;
  if (std::string problem = writer.numberImages(program); !problem.empty())
    return Diagnostic{.kind = ErrorKind::InvalidArgument,
                      .message = "the program cannot be a file: " + problem};
  // Twice, since the first numbers are lengths of what follows them.
  writer.putProgram(program, 0, 0);
  uint64_t imagesAt = writer.bytes.size() + ProgramFileHashBytes;
  uint64_t total = imagesAt + writer.imageBytes;
  if (total > MaxProgramFileBytes)
    return Diagnostic{.kind = ErrorKind::InvalidArgument,
                      .message = "the program cannot be a file: it takes more "
                                 "than 2^28 bytes"};
  writer.putProgram(program, imagesAt, total);
  SHA256Digest hash = sha256(writer.bytes);
  std::vector<uint8_t> &bytes = writer.bytes;
  bytes.reserve(total);
  bytes.insert(bytes.end(), hash.begin(), hash.end());
  for (const EincKernel *kernel : writer.images) {
    const auto *image = static_cast<const uint8_t *>(kernel->image);
    bytes.insert(bytes.end(), image, image + kernel->imageBytes);
  }
  return std::move(bytes);
}
