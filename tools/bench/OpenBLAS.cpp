// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The few routines of the CBLAS interface that products need, declared here:
/// nothing of OpenBLAS is needed to build.

#include "tools/bench/OpenBLAS.h"

#include <complex>
#include <dlfcn.h>
#include <memory>
#include <vector>

namespace einc::bench {

namespace {

// CBLAS_ORDER and CBLAS_TRANSPOSE.
constexpr int rowMajor = 101, noTranspose = 111, transpose = 112;

template <typename T>
using Gemm = void(int, int, int, int, int, int, T, const T *, int, const T *,
                  int, T, T *, int);
template <typename T>
using ComplexGemm = void(int, int, int, int, int, int, const void *,
                         const void *, int, const void *, int, const void *,
                         void *, int);
template <typename T>
using Gemv = void(int, int, int, int, T, const T *, int, const T *, int, T, T *,
                  int);
template <typename T> using Dot = T(int, const T *, int, const T *, int);
template <typename T>
using OmatCopy = void(int, int, int, int, T, const T *, int, T *, int);

template <typename T> struct Matrices {
  std::vector<T> a, b, c;

  explicit Matrices(const MatrixProduct &p)
      : a(size_t(p.batch * p.m * p.k)), b(size_t(p.batch * p.k * p.n)),
        c(size_t(p.batch * p.m * p.n)) {
    for (size_t i = 0; i < a.size(); ++i)
      a[i] = T(float(i % 13) - 6.0f);
    for (size_t i = 0; i < b.size(); ++i)
      b[i] = T(float(i % 11) - 5.0f);
  }
};

} // namespace

Result<OpenBLAS> OpenBLAS::load(unsigned threads) {
  void *library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    Diagnostic error{.kind = ErrorKind::IO,
                     .message = "OpenBLAS is not installed: libopenblas.so.0"};
    error.notes.push_back(
        "install libopenblas0, or leave it out: --without openblas");
    return error;
  }
  OpenBLAS result(library);
  if (auto *set = result.find<void(int)>("openblas_set_num_threads"))
    set(int(threads));
  return result;
}

template <typename Function>
Function *OpenBLAS::find(const std::string &name) const {
  return reinterpret_cast<Function *>(dlsym(library, name.c_str()));
}

template <typename T>
std::function<void()> OpenBLAS::realProduct(const MatrixProduct &p,
                                            char letter) const {
  auto data = std::make_shared<Matrices<T>>(p);
  int m = int(p.m), n = int(p.n), k = int(p.k);
  std::string prefix = std::string("cblas_") + letter;
  if (p.m == 1 && p.n == 1) {
    auto *dot = find<Dot<T>>(prefix + "dot");
    if (!dot)
      return {};
    return [=] {
      for (int64_t i = 0; i < p.batch; ++i)
        data->c[size_t(i)] =
            dot(k, &data->a[size_t(i * k)], 1, &data->b[size_t(i * k)], 1);
    };
  }
  if (p.m == 1 || p.n == 1) {
    // The matrix is the operand with the free labels; row-major, either way.
    auto *gemv = find<Gemv<T>>(prefix + "gemv");
    if (!gemv)
      return {};
    bool isLeft = p.n == 1;
    int rows = isLeft ? m : k, columns = isLeft ? k : n;
    return [=] {
      const T *matrix = (isLeft ? data->a : data->b).data();
      const T *vector = (isLeft ? data->b : data->a).data();
      for (int64_t i = 0; i < p.batch; ++i)
        gemv(rowMajor, isLeft ? noTranspose : transpose, rows, columns, T(1),
             matrix + i * rows * int64_t(columns), columns, vector + i * k, 1,
             T(0), data->c.data() + i * p.m * p.n, 1);
    };
  }
  auto *gemm = find<Gemm<T>>(prefix + "gemm");
  if (!gemm)
    return {};
  return [=] {
    for (int64_t i = 0; i < p.batch; ++i)
      gemm(rowMajor, noTranspose, noTranspose, m, n, k, T(1),
           data->a.data() + i * p.m * p.k, k, data->b.data() + i * p.k * p.n, n,
           T(0), data->c.data() + i * p.m * p.n, n);
  };
}

template <typename T>
std::function<void()> OpenBLAS::complexProduct(const MatrixProduct &p,
                                               char letter) const {
  auto *gemm = find<ComplexGemm<T>>(std::string("cblas_") + letter + "gemm");
  if (!gemm)
    return {};
  auto data = std::make_shared<Matrices<T>>(p);
  int m = int(p.m), n = int(p.n), k = int(p.k);
  return [=] {
    const T one(1), zero(0);
    for (int64_t i = 0; i < p.batch; ++i)
      gemm(rowMajor, noTranspose, noTranspose, m, n, k, &one,
           data->a.data() + i * p.m * p.k, k, data->b.data() + i * p.k * p.n, n,
           &zero, data->c.data() + i * p.m * p.n, n);
  };
}

static bool fits(const MatrixProduct &p, size_t bytes) {
  double elements =
      double(p.batch) * (double(p.m) * double(p.k) + double(p.k) * double(p.n) +
                         double(p.m) * double(p.n));
  constexpr double limit = 4e9;
  return std::max({p.m, p.n, p.k}) < INT32_MAX &&
         elements * double(bytes) < limit;
}

std::function<void()> OpenBLAS::product(const MatrixProduct &p,
                                        ElementType type) const {
  if (!fits(p, elementBytes(type)))
    return {};
  switch (type) {
  case ElementType::F32:
    return realProduct<float>(p, 's');
  case ElementType::F64:
    return realProduct<double>(p, 'd');
  case ElementType::C64:
    return complexProduct<std::complex<float>>(p, 'c');
  case ElementType::C128:
    return complexProduct<std::complex<double>>(p, 'z');
  default:
    return {};
  }
}

template <typename T>
std::function<void()> OpenBLAS::transposed(int64_t rows, int64_t columns,
                                           char letter) const {
  auto *copy = find<OmatCopy<T>>(std::string("cblas_") + letter + "omatcopy");
  if (!copy)
    return {};
  auto data = std::make_shared<Matrices<T>>(MatrixProduct{1, rows, 1, columns});
  data->c.resize(data->a.size());
  return [=] {
    copy(rowMajor, transpose, int(rows), int(columns), T(1), data->a.data(),
         int(columns), data->c.data(), int(rows));
  };
}

std::function<void()> OpenBLAS::transposition(int64_t rows, int64_t columns,
                                              ElementType type) const {
  if (!fits({1, rows, 1, columns}, elementBytes(type)))
    return {};
  if (type == ElementType::F32)
    return transposed<float>(rows, columns, 's');
  if (type == ElementType::F64)
    return transposed<double>(rows, columns, 'd');
  return {};
}

} // namespace einc::bench
