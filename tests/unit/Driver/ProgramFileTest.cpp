// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Programs as files, and what can be wrong with them.

#include "compiler/Driver/ProgramFile.h"
#include "compiler/Driver/LoadProgram.h"
#include "runtime/Program.h"
#include "tests/unit/Driver/StoredProgram.h"
#include "tests/unit/Driver/TemporaryFolder.h"

#include <algorithm>
#include <cstring>
#include <elf.h>
#include <gtest/gtest.h>

using namespace einc;
using namespace einc::test;

namespace {

std::vector<uint8_t> fileOf(const EincProgram &program) {
  Result<std::vector<uint8_t>> bytes = serializeProgram(program);
  EXPECT_TRUE(bytes) << bytes.error().message;
  return *bytes;
}

std::string problemOf(std::span<const uint8_t> file) {
  // In memory of its own, so that a read beyond it is seen.
  std::vector<uint8_t> copy(file.begin(), file.end());
  Result<std::shared_ptr<const Program>> program = parseProgramFile(copy);
  if (program)
    return "none";
  EXPECT_EQ(program.error().kind, ErrorKind::BadArtifact);
  return program.error().message;
}

/// Makes the checksum right again after a change before it.
void fixChecksum(std::vector<uint8_t> &file) {
  uint64_t imagesAt;
  std::memcpy(&imagesAt, file.data() + 24, 8);
  SHA256Digest hash = sha256(std::span(file).first(imagesAt - 32));
  std::ranges::copy(hash, file.begin() + ptrdiff_t(imagesAt) - 32);
}

TEST(ProgramFile, ComesBackAsItWas) {
  StoredProgram sample;
  std::vector<uint8_t> file = fileOf(sample.get());
  Result<std::shared_ptr<const Program>> read = parseProgramFile(file);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(fileOf((*read)->get()), file) << "a program has one form";

  const EincProgram &program = (*read)->get();
  EXPECT_STREQ(program.name, "product");
  EXPECT_STREQ(program.compiler, "einc test");
  EXPECT_EQ(program.threads, 3u);
  ASSERT_EQ(program.numOpenNumbers, 2u);
  EXPECT_STREQ(program.openNumbers[1].name, "v.stride0");
  EXPECT_EQ(program.openNumbers[0].hint, 64);
  EXPECT_EQ(program.openNumbers[1].hint, -1);
  ASSERT_EQ(program.numVariants, 2u);
  EXPECT_EQ(program.variants[0].cpu, 3u);
  EXPECT_EQ(program.variants[0].guard.count, 3u);
  const EincArtifact &artifact = *program.variants[1].artifact;
  EXPECT_STREQ(artifact.equation, "n->n");
  EXPECT_STREQ(artifact.plan, "{\"steps\":[]}");
  ASSERT_EQ(artifact.numKernels, 2u);
  EXPECT_STREQ(artifact.kernels[1].family, "gemm");
  EXPECT_EQ(artifact.kernels[1].entryOffset, 1u);
  EXPECT_EQ(artifact.kernels[1].scratchBytes, 640u);
  ASSERT_EQ(artifact.numArguments, 2u);
  EXPECT_EQ(artifact.arguments[0].extents[0], -1);
  EXPECT_EQ(artifact.arguments[0].strides, nullptr);
  EXPECT_EQ(artifact.arguments[0].openStrides, 1u);
  EXPECT_EQ(artifact.arguments[0].flags, uint32_t(EINC_ARGUMENT_CONJUGATE));
  ASSERT_NE(artifact.arguments[1].strides, nullptr);
  EXPECT_EQ(artifact.arguments[1].strides[0], -7);
  const EincBuffer &constant = artifact.buffers[2];
  EXPECT_EQ(uintptr_t(constant.data) % 64, 0u);
  EXPECT_EQ(std::memcmp(constant.data, sample.constant, 16), 0);
}

TEST(ProgramFile, VariantsShareImages) {
  StoredProgram sample;
  std::vector<uint8_t> file = fileOf(sample.get());
  // Three kernels of two images: the code is there once.
  auto count = [&](std::span<const uint8_t> image) {
    size_t found = 0;
    for (auto at = file.begin();; ++at, ++found) {
      at = std::search(at, file.end(), image.begin(), image.end());
      if (at == file.end())
        return found;
    }
  };
  EXPECT_EQ(count(sample.images[0]), 1u);
  EXPECT_EQ(count(sample.images[1]), 1u);
  auto read = parseProgramFile(file);
  ASSERT_TRUE(read);
  const EincProgram &program = (*read)->get();
  EXPECT_EQ(program.variants[0].artifact->kernels[0].image,
            program.variants[1].artifact->kernels[0].image);
}

TEST(ProgramFile, HasTheDocumentedHead) {
  std::vector<uint8_t> file = fileOf(StoredProgram().get());
  EXPECT_EQ(std::string(file.begin(), file.begin() + 8), "einc\x89P\r\n");
  EXPECT_EQ(file[8], 1);
  EXPECT_EQ(file[12], EINC_ARTIFACT_ABI);
  uint64_t fileBytes, imagesAt;
  std::memcpy(&fileBytes, file.data() + 16, 8);
  std::memcpy(&imagesAt, file.data() + 24, 8);
  EXPECT_EQ(fileBytes, file.size());
  StoredProgram sample;
  EXPECT_EQ(imagesAt,
            file.size() - sample.images[0].size() - sample.images[1].size());
  EXPECT_EQ(file[32], 2) << "images";
}

TEST(ProgramFile, NoBitMayBeWrong) {
  std::vector<uint8_t> file = fileOf(StoredProgram().get());
  for (size_t i = 0; i < file.size(); ++i)
    for (unsigned bit = 0; bit < 8; ++bit) {
      file[i] ^= uint8_t(1 << bit);
      EXPECT_NE(problemOf(file), "none") << "byte " << i << " bit " << bit;
      file[i] ^= uint8_t(1 << bit);
    }
  EXPECT_EQ(problemOf(file), "none");
}

TEST(ProgramFile, MayNotBeCutNorGoOn) {
  std::vector<uint8_t> file = fileOf(StoredProgram().get());
  for (size_t size = 0; size < file.size(); ++size)
    EXPECT_NE(problemOf(std::span(file).first(size)), "none") << size;
  std::string total = std::to_string(file.size());
  EXPECT_EQ(problemOf(std::span(file).first(100)),
            "the file is cut off: it has 100 of " + total + " bytes");
  file.insert(file.end(), 3, 0);
  EXPECT_EQ(problemOf(file), "the file has 3 bytes after its end");
}

TEST(ProgramFile, SaysWhatIsWrong) {
  const std::vector<uint8_t> sound = fileOf(StoredProgram().get());
  EXPECT_EQ(problemOf({}), "the file is cut off: it has 0 bytes");
  EXPECT_EQ(problemOf(std::vector<uint8_t>(80, 'x')),
            "it is neither a program of einc nor a shared library");
  struct Row {
    size_t at;
    uint8_t value;
    bool checksum; ///< make it right again
    const char *message;
  };
  const Row rows[] = {
      {8, 2, false, "the file has version 2, expected 1"},
      {12, 1, false,
       "the program has ABI 1, expected 2; compile it again with this version "
       "of einc"},
      {31, 1, false, "the file is damaged: its code does not start in it"},
      {60, 77, false, "the file is damaged: its checksum is wrong"},
      {60, 77, true, "the file is damaged: the checksum of image 0 is wrong"},
      {36, 9, true, "the file is damaged: the checksum of image 0 is wrong"},
      {43, 9, true, "image 0 reaches past the file's end"},
      {32, 200, true, "the file is damaged: the checksum of image 2 is wrong"},
  };
  for (const Row &row : rows) {
    std::vector<uint8_t> file = sound;
    file[row.at] = row.value;
    if (row.checksum)
      fixChecksum(file);
    if (row.at == 32) // reads on in what is no image
      EXPECT_NE(problemOf(file), "none");
    else
      EXPECT_EQ(problemOf(file), row.message);
  }
}

TEST(ProgramFile, ChangesOfLineEndsAreNamed) {
  std::vector<uint8_t> file = fileOf(StoredProgram().get());
  const char *message = "the file was changed on its way, as text is: its line "
                        "ends are not those it was written with";
  std::vector<uint8_t> unixEnds = file;
  unixEnds.erase(unixEnds.begin() + 6); // \r
  EXPECT_EQ(problemOf(unixEnds), message);
  std::vector<uint8_t> sevenBits = file;
  sevenBits[4] &= 0x7F;
  EXPECT_EQ(problemOf(sevenBits), message);
}

TEST(ProgramFile, CountsAreNotBelieved) {
  const std::vector<uint8_t> sound = fileOf(StoredProgram().get());
  uint64_t imagesAt;
  std::memcpy(&imagesAt, sound.data() + 24, 8);
  // Every four bytes of the body, as a huge number; the checksum is right.
  for (size_t at = 32; at + 4 <= imagesAt - 32; ++at)
    for (uint32_t value : {UINT32_MAX, 1u << 31, 1u << 20}) {
      std::vector<uint8_t> file = sound;
      std::memcpy(file.data() + at, &value, 4);
      fixChecksum(file);
      // Most are refused, and none takes memory or reads beyond the file.
      Result<std::shared_ptr<const Program>> read = parseProgramFile(file);
      if (read) {
        EXPECT_EQ(fileOf((*read)->get()), file) << at;
      }
    }
}

TEST(ProgramFile, WhatNoFileCanHold) {
  StoredProgram sample;
  sample.artifacts[0].kernels[0].image = nullptr;
  Result<std::vector<uint8_t>> bytes = serializeProgram(sample.get());
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().kind, ErrorKind::InvalidArgument);
  EXPECT_EQ(bytes.error().message,
            "the program cannot be a file: kernel 0 of variant 0 is no image");
  StoredProgram open;
  open.artifacts[1].tokens[0] = {0, EINC_OP_EXTENT, 0};
  bytes = serializeProgram(open.get());
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().message,
            "the program cannot be a file: constant 2 of variant 1 has no "
            "fixed, small size");
}

TEST(ProgramFile, WritesWholeFilesOrNone) {
  TemporaryFolder folder;
  StoredProgram sample;
  std::string path = folder.path("f.einc");
  ASSERT_TRUE(writeProgramFile(sample.get(), path));
  EXPECT_EQ(readFile(path), fileOf(sample.get()));
  ASSERT_TRUE(writeProgramFile(sample.get(), path)) << "over an older one";
  EXPECT_EQ(folder.names(), std::vector<std::string>{"f.einc"});
  size_t open = numOpenFiles();
  Result<std::shared_ptr<const Program>> read = readProgramFile(path);
  ASSERT_TRUE(read);
  EXPECT_EQ(numOpenFiles(), open);

  Result<Success> missing =
      writeProgramFile(sample.get(), folder.path("none/f.einc"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::IO);
  EXPECT_EQ(missing.error().message,
            "'" + folder.path("none/f.einc") + "': No such file or directory");
  EXPECT_FALSE(writeProgramFile(sample.get(), folder.path()));
  EXPECT_EQ(folder.names(), std::vector<std::string>{"f.einc"});
  Result<Success> full = writeProgramFile(sample.get(), "/dev/full");
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().message, "'/dev/full': No space left on device");
}

/// An ELF file with one segment that the file holds in full.
std::vector<uint8_t> makeELF() {
  Elf64_Ehdr header = {};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_type = ET_DYN;
  header.e_machine =
      runtime::hostProcessor().architecture == EINC_ARCHITECTURE_AARCH64
          ? EM_AARCH64
          : EM_X86_64;
  header.e_phoff = sizeof(header);
  header.e_phentsize = sizeof(Elf64_Phdr);
  header.e_phnum = 1;
  Elf64_Phdr segment = {};
  segment.p_type = PT_LOAD;
  segment.p_filesz = sizeof(header) + sizeof(segment) + 100;
  std::vector<uint8_t> file(segment.p_filesz);
  std::memcpy(file.data(), &header, sizeof(header));
  std::memcpy(file.data() + sizeof(header), &segment, sizeof(segment));
  return file;
}

struct LoadRow {
  std::function<void(std::vector<uint8_t> &, Elf64_Ehdr &)> change;
  ErrorKind kind;
  std::string message;
};

TEST(LoadProgram, LooksAtLibrariesFirst) {
  TemporaryFolder folder;
  std::string path = folder.path("f.so");
  std::string host =
      runtime::processorName(runtime::hostProcessor().architecture,
                             runtime::hostProcessor().cpu)
          .text;
  auto cut = [](size_t bytes) {
    return "the file is cut off: it has " + std::to_string(bytes) +
           " bytes, which is less than its headers say";
  };
  const size_t whole = makeELF().size();
  const LoadRow rows[] = {
      {[](auto &file, auto &) { file.resize(20); }, ErrorKind::BadArtifact,
       cut(20)},
      {[](auto &file, auto &) { file.pop_back(); }, ErrorKind::BadArtifact,
       cut(whole - 1)},
      {[](auto &, auto &header) { header.e_shnum = 9; }, ErrorKind::BadArtifact,
       ""},
      {[](auto &, auto &header) {
         header.e_shnum = 9;
         header.e_shentsize = 64;
         header.e_shoff = UINT64_MAX - 63;
       },
       ErrorKind::BadArtifact, cut(whole)},
      {[](auto &, auto &header) { header.e_phoff = UINT64_MAX; },
       ErrorKind::BadArtifact, cut(whole)},
      {[](auto &, auto &header) { header.e_phnum = 0; }, ErrorKind::BadArtifact,
       "it is an ELF file without segments"},
      {[](auto &, auto &header) { header.e_ident[EI_CLASS] = ELFCLASS32; },
       ErrorKind::BadArtifact,
       "it is an ELF file, but not 64-bit little-endian"},
      {[](auto &, auto &header) { header.e_type = ET_EXEC; },
       ErrorKind::BadArtifact, "it is an ELF file, but no shared library"},
      {[](auto &, auto &header) { header.e_machine = EM_RISCV; },
       ErrorKind::UnsupportedTarget,
       "it is for machine number 243; this machine is " + host},
      {[](auto &file, auto &) { file.assign(50, 'x'); }, ErrorKind::BadArtifact,
       "it is neither a program of einc nor a shared library"},
  };
  for (const LoadRow &row : rows) {
    std::vector<uint8_t> file = makeELF();
    Elf64_Ehdr header;
    std::memcpy(&header, file.data(), sizeof(header));
    row.change(file, header);
    if (file.size() >= sizeof(header) && file[0] == ELFMAG0)
      std::memcpy(file.data(), &header, sizeof(header));
    writeFile(path, file);
    Result<std::shared_ptr<const Program>> program = loadProgram(path);
    ASSERT_FALSE(program);
    if (row.message.empty())
      continue; // what the dynamic linker says is its own affair
    EXPECT_EQ(program.error().kind, row.kind);
    EXPECT_EQ(program.error().message, "'" + path + "': " + row.message);
  }
  Result<std::shared_ptr<const Program>> none =
      loadProgram(folder.path("none.so"));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, ErrorKind::IO);
  EXPECT_EQ(none.error().message,
            "'" + folder.path("none.so") + "': No such file or directory");
  Result<std::shared_ptr<const Program>> directory = loadProgram(folder.path());
  ASSERT_FALSE(directory);
  EXPECT_EQ(directory.error().message,
            "'" + folder.path() + "': it is no regular file");
}

TEST(LoadProgram, LibrariesOfOthersAreRefused) {
  // A shared library without the symbol: a stand-in for the compiler.
  std::string path = std::string(EINC_FAKES) + "/sound.so";
  Result<std::shared_ptr<const Program>> program = loadProgram(path);
  ASSERT_FALSE(program);
  EXPECT_EQ(program.error().kind, ErrorKind::BadArtifact);
  EXPECT_EQ(program.error().message,
            "'" + path +
                "': it is a shared library without a function eincProgram, so "
                "it was not made by einc compile -shared");
  // Cut anywhere, it is refused before anything maps it.
  TemporaryFolder folder;
  std::vector<uint8_t> library = readFile(path);
  ASSERT_GT(library.size(), 1000u);
  for (size_t part = 1; part <= 16; ++part) {
    std::vector<uint8_t> cut(library.begin(),
                             library.begin() +
                                 ptrdiff_t(library.size() * part / 17));
    writeFile(folder.path("cut.so"), cut);
    EXPECT_FALSE(loadProgram(folder.path("cut.so"))) << part;
  }
}

TEST(LoadProgram, OpensFiles) {
  TemporaryFolder folder;
  StoredProgram sample;
  ASSERT_TRUE(writeProgramFile(sample.get(), folder.path("f.einc")));
  auto program = loadProgram(folder.path("f.einc"));
  ASSERT_TRUE(program);
  EXPECT_STREQ((*program)->get().name, "product");
}

} // namespace
