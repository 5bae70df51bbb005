// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// An open file that closes itself.

#ifndef EINC_COMPILER_DRIVER_FILEDESCRIPTOR_H
#define EINC_COMPILER_DRIVER_FILEDESCRIPTOR_H

#include <unistd.h>
#include <utility>

namespace einc {

/// What open() and its kin returned; negative: nothing.
class FileDescriptor {
public:
  explicit FileDescriptor(int number = -1) : number(number) {}
  FileDescriptor(FileDescriptor &&other) noexcept
      : number(std::exchange(other.number, -1)) {}
  FileDescriptor &operator=(FileDescriptor &&other) noexcept {
    std::swap(number, other.number);
    return *this;
  }
  ~FileDescriptor() {
    if (number >= 0)
      close(number);
  }

  explicit operator bool() const { return number >= 0; }
  int get() const { return number; }
  int release() { return std::exchange(number, -1); }

private:
  int number;
};

} // namespace einc

#endif // EINC_COMPILER_DRIVER_FILEDESCRIPTOR_H
