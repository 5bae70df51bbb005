// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// A tensor that owns its elements, dense and row-major.

#ifndef EINC_TENSOR_H
#define EINC_TENSOR_H

#include "einc/TensorView.h"

#include <type_traits>

namespace einc {

/// Owns its elements, which lie dense and row-major. Converts to views, so
/// that it can be passed wherever a view can.
///
///     einc::Tensor a = {{1, 2, 3}, {4, 5, 6}};   // f64, shape (2, 3)
///     einc::Tensor b({1, 2}, einc::ElementType::F32);
///     auto c = einc::Tensor::zeros({2, 3, 4});
///     a(1, 2);                                   // 6
///     a.at<double>(1, 2) = 7;
///     using namespace std::complex_literals;
///     einc::Tensor z = {{1. + 2.i, 3}, {4, 5. - 6.i}};  // c128
///     std::cout << a;
///
/// Constructors throw InvalidArgument for a negative extent, SizeOverflow for
/// 2^63 elements or more, and OutOfMemory.
class Tensor {
public:
  /// No elements: f64, shape (0).
  EINC_API Tensor();

  /// Two axes. Elements are f64, or c128 if one is complex, unless a type is
  /// given; they are converted as by the copies below. Throws InvalidArgument
  /// if the rows differ in length, and for complex numbers and a type that is
  /// not.
  EINC_API Tensor(std::initializer_list<std::initializer_list<Scalar>> rows,
                  std::optional<ElementType> type = {});
  /// The same for one axis. A template, so that {{1}, {2}} is a 2x1 matrix.
  template <typename Number = Scalar>
  Tensor(std::initializer_list<std::type_identity_t<Number>> values,
         std::optional<ElementType> type = {})
      : Tensor(std::span(values.begin(), values.size()), type) {}

  /// A copy of dense row-major values, or of values with strides in elements.
  template <Element T>
  Tensor(const T *data, IndexList shape)
      : Tensor(TensorView(data, std::move(shape))) {}
  template <Element T>
  Tensor(const T *data, IndexList shape, IndexList strides)
      : Tensor(TensorView(data, std::move(shape), std::move(strides))) {}
  EINC_API explicit Tensor(const TensorView &view);
  /// A copy whose elements are converted as numpy's astype does: fractions are
  /// cut off, integers wrap, numbers become true unless they are 0. (A fraction
  /// or NaN outside of i64 becomes its smallest number before it wraps.) Throws
  /// InvalidArgument for complex elements and a type that is not.
  EINC_API Tensor(const TensorView &view, ElementType type);

  /// `Tensor::fromValues({2, 1, 3}, {1, 2, 3, 4, 5, 6})`. Throws
  /// InvalidArgument if the shape has more or fewer elements than are given.
  EINC_API static Tensor fromValues(IndexList shape,
                                    std::span<const Scalar> values,
                                    std::optional<ElementType> type = {});
  static Tensor fromValues(IndexList shape,
                           std::initializer_list<Scalar> values,
                           std::optional<ElementType> type = {}) {
    return fromValues(std::move(shape),
                      std::span(values.begin(), values.size()), type);
  }
  EINC_API static Tensor zeros(IndexList shape,
                               ElementType type = ElementType::F64);
  /// Elements are not initialised.
  EINC_API static Tensor uninitialized(IndexList shape, ElementType type);

  EINC_API Tensor(const Tensor &other);
  EINC_API Tensor &operator=(const Tensor &other);
  /// The other tensor has no elements afterwards, and shape (0).
  EINC_API Tensor(Tensor &&other) noexcept;
  EINC_API Tensor &operator=(Tensor &&other) noexcept;
  EINC_API ~Tensor();

  const TensorType &type() const { return tensorType; }
  ElementType element() const { return tensorType.element(); }
  const IndexList &shape() const { return tensorType.shape(); }
  size_t rank() const { return tensorType.rank(); }
  int64_t size() const { return tensorType.size(); }
  void *data() { return storage; }
  const void *data() const { return storage; }

  TensorView view() const { return {data(), tensorType}; }
  MutableTensorView view() { return {data(), tensorType}; }
  operator TensorView() const { return view(); }
  operator MutableTensorView() { return view(); }

  /// The element at an index, checked. i64 beyond 2^53 is rounded. Throws
  /// InvalidArgument, for complex elements too.
  template <std::integral... Indices>
  double operator()(Indices... indices) const {
    return view().read(IndexList{static_cast<int64_t>(indices)...});
  }
  /// The same as a reference; throws also if T is not the element type.
  template <Element T, std::integral... Indices> T &at(Indices... indices) {
    return values<T>()[offset({static_cast<int64_t>(indices)...})];
  }
  template <Element T, std::integral... Indices>
  const T &at(Indices... indices) const {
    return values<T>()[offset({static_cast<int64_t>(indices)...})];
  }
  /// All elements in row-major order. Throws InvalidArgument if T is not the
  /// element type.
  template <Element T> std::span<T> values() {
    requireElement(elementTypeOf<T>);
    return {static_cast<T *>(storage), static_cast<size_t>(size())};
  }
  template <Element T> std::span<const T> values() const {
    requireElement(elementTypeOf<T>);
    return {static_cast<const T *>(storage), static_cast<size_t>(size())};
  }

private:
  EINC_API Tensor(std::span<const Scalar> values,
                  std::optional<ElementType> type);
  explicit Tensor(TensorType type);
  void swap(Tensor &other) noexcept;
  EINC_API size_t offset(const IndexList &index) const;
  EINC_API void requireElement(ElementType type) const;

  TensorType tensorType;
  void *storage = nullptr;
};

} // namespace einc

#endif // EINC_TENSOR_H
