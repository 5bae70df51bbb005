// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Views: tensors that lie in memory of the caller's, with any strides.

#ifndef EINC_TENSORVIEW_H
#define EINC_TENSORVIEW_H

#include "einc/Element.h"
#include "einc/Export.h"
#include "einc/IndexList.h"
#include "einc/Scalar.h"

#include <iosfwd>
#include <utility>

namespace einc {

/// What an Expression is compiled for: element type, shape, strides, and
/// whether elements are read as their conjugates. Strides count elements and
/// may be negative or 0.
class TensorType {
public:
  /// Dense and row-major. Throws InvalidArgument for a negative extent and
  /// SizeOverflow for 2^63 elements or more.
  EINC_API TensorType(ElementType element, IndexList shape);
  /// Throws the same, and InvalidArgument if there are more or fewer strides
  /// than extents.
  EINC_API TensorType(ElementType element, IndexList shape, IndexList strides);
  TensorType(const TensorType &) = default;
  /// The other is the type of a scalar afterwards.
  TensorType(TensorType &&other) noexcept
      : elementType(other.elementType), conjugate(other.conjugate),
        extents(std::move(other.extents)),
        stridesElements(std::move(other.stridesElements)),
        numElements(std::exchange(other.numElements, 1)) {}
  TensorType &operator=(TensorType other) noexcept {
    elementType = other.elementType;
    conjugate = other.conjugate;
    extents = std::move(other.extents);
    stridesElements = std::move(other.stridesElements);
    numElements = other.numElements;
    return *this;
  }

  ElementType element() const { return elementType; }
  const IndexList &shape() const { return extents; }
  const IndexList &strides() const { return stridesElements; }
  size_t rank() const { return extents.size(); }
  /// Number of elements; of a scalar 1.
  int64_t size() const { return numElements; }
  /// Whether the elements lie one after the other, the last axis fastest.
  EINC_API bool isRowMajor() const;

  /// Whether elements are read as their complex conjugates. Never of real
  /// types; an output cannot be.
  bool isConjugated() const { return conjugate; }
  /// The type of the conjugates; of real types the type itself.
  TensorType conjugated() const {
    TensorType result = *this;
    result.conjugate = isComplex(elementType) && !conjugate;
    return result;
  }

  friend bool operator==(const TensorType &, const TensorType &) = default;

private:
  friend class TensorView;
  ElementType elementType;
  bool conjugate = false;
  IndexList extents;
  IndexList stridesElements;
  int64_t numElements;
};

/// A tensor to be read, in memory that it does not own and that must outlive
/// it. Element (i, j) lies at data() + i * strides()[0] + j * strides()[1].
///
///     double values[6] = {1, 2, 3, 4, 5, 6};
///     einc::TensorView a(values, {2, 3});            // dense, row-major
///     einc::TensorView t(values, {3, 2}, {1, 3});    // its transpose
class TensorView {
public:
  /// Throw what TensorType's constructors do.
  template <Element T>
  TensorView(const T *data, IndexList shape)
      : tensorType(elementTypeOf<T>, std::move(shape)), address(data) {}
  template <Element T>
  TensorView(const T *data, IndexList shape, IndexList strides)
      : tensorType(elementTypeOf<T>, std::move(shape), std::move(strides)),
        address(data) {}
  TensorView(const void *data, TensorType type)
      : tensorType(std::move(type)), address(data) {}

  const TensorType &type() const { return tensorType; }
  ElementType element() const { return tensorType.element(); }
  const IndexList &shape() const { return tensorType.shape(); }
  const IndexList &strides() const { return tensorType.strides(); }
  size_t rank() const { return tensorType.rank(); }
  int64_t size() const { return tensorType.size(); }
  const void *data() const { return address; }

  /// The element at an index, checked: `a(1, 2)`. i64 beyond 2^53 is rounded.
  /// Throws InvalidArgument, for complex elements too.
  template <std::integral... Indices>
  double operator()(Indices... indices) const {
    return read(IndexList{static_cast<int64_t>(indices)...});
  }
  EINC_API double read(const IndexList &index) const;
  /// The same for every type, exact.
  EINC_API Scalar readScalar(const IndexList &index) const;
  /// The same in its own type: `a.at<std::complex<float>>(1, 2)`. Throws
  /// InvalidArgument if T is not the element type.
  template <Element T, std::integral... Indices>
  T at(Indices... indices) const {
    T value;
    copyElement(IndexList{static_cast<int64_t>(indices)...}, elementTypeOf<T>,
                &value);
    return value;
  }

  /// The same elements with axis i being axis order[i] of this view:
  /// `permuted({1, 0})` is the transpose of a matrix. Throws InvalidArgument
  /// if `order` is no permutation of the axes.
  EINC_API TensorView permuted(const IndexList &order) const;
  /// All axes in reverse order: numpy's `.T`.
  EINC_API TensorView transposed() const;
  /// The complex conjugates of the same elements, in the same memory; for real
  /// types the same view.
  ///
  ///     einc::einsum("ki,kj->ij", a.view().conjugated(), a);   // A^H A
  TensorView conjugated() const { return {address, tensorType.conjugated()}; }

protected:
  TensorType tensorType;
  const void *address;

private:
  const void *locate(const IndexList &index) const;
  EINC_API void copyElement(const IndexList &index, ElementType type,
                            void *out) const;
};

/// A tensor to be written; otherwise like TensorView. Made of memory that is
/// not const, so that what is read-only is no output.
class MutableTensorView : public TensorView {
public:
  template <Element T>
  MutableTensorView(T *data, IndexList shape)
      : TensorView(data, std::move(shape)) {}
  template <Element T>
  MutableTensorView(T *data, IndexList shape, IndexList strides)
      : TensorView(data, std::move(shape), std::move(strides)) {}
  MutableTensorView(void *data, TensorType type)
      : TensorView(data, std::move(type)) {}

  void *data() const { return const_cast<void *>(address); }
  MutableTensorView permuted(const IndexList &order) const {
    return {data(), TensorView::permuted(order).type()};
  }
  MutableTensorView transposed() const {
    return {data(), TensorView::transposed().type()};
  }
};

/// Prints values as numpy does: at most eight digits behind the point, aligned
/// columns; above 1000 elements the first and last three of each axis.
EINC_API std::ostream &operator<<(std::ostream &stream, const TensorView &view);

} // namespace einc

#endif // EINC_TENSORVIEW_H
