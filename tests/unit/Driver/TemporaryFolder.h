// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A folder for one test, and what a test does to files in it.

#ifndef EINC_TESTS_UNIT_DRIVER_TEMPORARYFOLDER_H
#define EINC_TESTS_UNIT_DRIVER_TEMPORARYFOLDER_H

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace einc::test {

class TemporaryFolder {
public:
  TemporaryFolder() {
    std::string name =
        std::filesystem::temp_directory_path() / "einc-driver-XXXXXX";
    folder = mkdtemp(name.data()) ? name : "";
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &operator=(const TemporaryFolder &) = delete;

  const std::string &path() const { return folder; }
  std::string path(const std::string &name) const {
    return folder + "/" + name;
  }
  /// The names of what lies in it.
  std::vector<std::string> names() const {
    std::vector<std::string> result;
    for (const auto &item : std::filesystem::directory_iterator(folder))
      result.push_back(item.path().filename());
    return result;
  }

private:
  std::string folder;
};

inline std::vector<uint8_t> readFile(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void writeFile(const std::string &path,
                      const std::vector<uint8_t> &bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char *>(bytes.data()),
             std::streamsize(bytes.size()));
}

/// Descriptors that this process has open.
inline size_t numOpenFiles() {
  std::filesystem::directory_iterator first("/proc/self/fd"), last;
  return size_t(std::distance(first, last));
}

} // namespace einc::test

#endif // EINC_TESTS_UNIT_DRIVER_TEMPORARYFOLDER_H
