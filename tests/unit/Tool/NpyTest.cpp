// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Files of tensors: strides of both orders, byte orders, round trips.

#include "tools/einc/Npy.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace einc;

namespace {

class NpyTest : public testing::Test {
protected:
  void SetUp() override {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "einc-npy-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  std::string write(const std::string &dict, const std::string &data) {
    std::string path = folder + "/t.npy";
    std::string head("\x93NUMPY\1\0", 8);
    head += char(dict.size());
    head += '\0';
    std::ofstream(path, std::ios::binary) << head << dict << data;
    return path;
  }

  std::string folder;
};

std::string bytesOf(std::initializer_list<float> values) {
  return {reinterpret_cast<const char *>(values.begin()),
          values.size() * sizeof(float)};
}

TEST_F(NpyTest, ColumnMajorFilesHaveStrides) {
  std::string data = bytesOf({1, 2, 3, 4, 5, 6});
  Result<NpyFile> file = NpyFile::open(
      write("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3)}", data));
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->layout().extents, (Shape{2, 3}));
  EXPECT_EQ(file->layout().strides, (std::vector<int64_t>{1, 2}));
  Result<TensorData> tensor = (*std::move(file)).read();
  ASSERT_TRUE(tensor) << tensor.error().message;
  EXPECT_EQ(tensor->bytes, data.size());
  EXPECT_EQ(std::memcmp(tensor->elements.get(), data.data(), data.size()), 0);
}

TEST_F(NpyTest, RowMajorFilesHaveStrides) {
  Result<NpyFile> file = NpyFile::open(
      write("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 3)}",
            bytesOf({1, 2, 3, 4, 5, 6})));
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->layout().strides, (std::vector<int64_t>{6, 3, 1}));
}

TEST_F(NpyTest, SwapsBytes) {
  std::string data = bytesOf({1.5f, -2.25f, 3e30f});
  std::string swapped;
  for (size_t i = 0; i < data.size(); i += 4)
    swapped += {data[i + 3], data[i + 2], data[i + 1], data[i]};
  Result<NpyFile> file = NpyFile::open(write(
      "{'descr': '>f4', 'fortran_order': False, 'shape': (3,)}", swapped));
  ASSERT_TRUE(file) << file.error().message;
  Result<TensorData> tensor = (*std::move(file)).read();
  ASSERT_TRUE(tensor);
  EXPECT_EQ(std::memcmp(tensor->elements.get(), data.data(), data.size()), 0);
}

TEST_F(NpyTest, SwapsThePartsOfComplexNumbersEach) {
  std::string data = bytesOf({1.5f, -2.25f, 3e30f, 4});
  std::string swapped;
  for (size_t i = 0; i < data.size(); i += 4)
    swapped += {data[i + 3], data[i + 2], data[i + 1], data[i]};
  Result<NpyFile> file = NpyFile::open(write(
      "{'descr': '>c8', 'fortran_order': False, 'shape': (2,)}", swapped));
  ASSERT_TRUE(file) << file.error().message;
  Result<TensorData> tensor = (*std::move(file)).read();
  ASSERT_TRUE(tensor);
  EXPECT_EQ(std::memcmp(tensor->elements.get(), data.data(), data.size()), 0);
}

TEST_F(NpyTest, BoolsBecomeZeroOrOne) {
  Result<NpyFile> file = NpyFile::open(
      write("{'descr': '|b1', 'fortran_order': False, 'shape': (4,)}",
            std::string("\0\1\2\xff", 4)));
  ASSERT_TRUE(file) << file.error().message;
  Result<TensorData> tensor = (*std::move(file)).read();
  ASSERT_TRUE(tensor);
  EXPECT_EQ(std::memcmp(tensor->elements.get(), "\0\1\1\1", 4), 0);
}

TEST_F(NpyTest, TypesAreAskedFor) {
  auto open = [&](const char *descr, std::optional<ElementType> type) {
    std::string path = write("{'descr': '" + std::string(descr) +
                                 "', 'fortran_order': False, 'shape': (2,)}",
                             std::string(4, '\x40'));
    Result<NpyFile> file = NpyFile::open(path, type);
    if (file)
      return std::string(elementName(file->layout().type));
    EXPECT_EQ(file.error().kind, ErrorKind::UnsupportedType);
    EXPECT_TRUE(file.error().message.starts_with("'" + path + "': "));
    return file.error().message.substr(path.size() + 4);
  };
  constexpr const char *Untyped =
      "elements of type 'V2', two bytes that may be anything; --dtype bf16 "
      "reads them as bf16";
  EXPECT_EQ(open("<V2", ElementType::BF16), "bf16");
  EXPECT_EQ(open("bfloat16", std::nullopt), "bf16");
  EXPECT_EQ(open("<f2", ElementType::F16), "f16");
  EXPECT_EQ(open("<V2", std::nullopt), Untyped);
  EXPECT_EQ(open("<V2", ElementType::F16), Untyped);
  EXPECT_EQ(open("<f2", ElementType::BF16), "the file holds f16, not bf16");
}

TEST_F(NpyTest, ZeroExtentsNeedNoBytesHoweverLargeTheOthersAre) {
  Result<NpyFile> file = NpyFile::open(
      write("{'descr': '<f8', 'fortran_order': True, "
            "'shape': (9223372036854775807, 9223372036854775807, 0)}",
            ""));
  ASSERT_TRUE(file) << file.error().message;
  Result<TensorData> tensor = (*std::move(file)).read();
  ASSERT_TRUE(tensor);
  EXPECT_EQ(tensor->bytes, 0u);
}

TEST_F(NpyTest, SizesAreCheckedWhenOpened) {
  std::string path =
      write("{'descr': '<f4', 'fortran_order': False, 'shape': (3,)}",
            bytesOf({1, 2}));
  Result<NpyFile> file = NpyFile::open(path);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().kind, ErrorKind::IO);
  EXPECT_EQ(file.error().message,
            "'" + path +
                "': the header's shape (3) of f32 needs 12 bytes, but the "
                "file has 8");
}

TEST_F(NpyTest, ReadsWhatItWrites) {
  for (size_t i = 0; i < NumElementTypes; ++i) {
    auto type = ElementType(i);
    SCOPED_TRACE(elementName(type));
    Result<TensorData> tensor =
        TensorData::allocate(TensorLayout::rowMajor(type, {7, 3}));
    ASSERT_TRUE(tensor);
    RandomFill(11).fill(*tensor);
    std::string path = folder + "/written.npy";
    ASSERT_TRUE(writeNpy(path, *tensor));
    Result<NpyFile> file = NpyFile::open(path, type);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->layout().type, type);
    EXPECT_EQ(file->layout().extents, tensor->layout.extents);
    EXPECT_EQ(file->layout().strides, tensor->layout.strides);
    Result<TensorData> again = (*std::move(file)).read();
    ASSERT_TRUE(again);
    ASSERT_EQ(again->bytes, 21 * elementBytes(type));
    EXPECT_EQ(std::memcmp(again->elements.get(), tensor->elements.get(),
                          tensor->bytes),
              0);
  }
}

TEST_F(NpyTest, PlacesThatCannotBeWrittenSayWhy) {
  Result<TensorData> tensor =
      TensorData::allocate(TensorLayout::rowMajor(ElementType::I8, {3}));
  ASSERT_TRUE(tensor);
  auto problem = [&](const std::string &path) {
    Result<Success> written = writeNpy(path, *tensor);
    if (written)
      return std::string("written");
    EXPECT_EQ(written.error().kind, ErrorKind::IO);
    return written.error().message;
  };
  EXPECT_EQ(problem(folder), "'" + folder + "': Is a directory");
  EXPECT_EQ(problem(folder + "/none/c.npy"),
            "'" + folder + "/none/c.npy': No such file or directory");
  if (geteuid() == 0)
    return; // may write anywhere
  std::string path = folder + "/read-only.npy";
  std::ofstream(path) << "kept";
  ASSERT_EQ(chmod(path.c_str(), 0400), 0);
  EXPECT_EQ(problem(path), "'" + path + "': Permission denied");
}

TEST_F(NpyTest, DoesNotWaitForAPipe) {
  std::string path = folder + "/pipe.npy";
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  Result<NpyFile> file = NpyFile::open(path);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().message, "'" + path + "': no regular file");
}

} // namespace
