// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "einc/Tensor.h"
#include "compiler/API/CopyElements.h"
#include "compiler/API/Scalars.h"
#include "compiler/API/Throw.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

using namespace einc;

/// Vectors and cache lines start where the storage starts.
static constexpr size_t StorageAlignment = 64;

static std::string format(const IndexList &list) {
  return formatShapeAbridged(list.toVector());
}

/// Bytes of storage, a multiple of the alignment.
static size_t storageBytes(const TensorType &type) {
  size_t bytes;
  if (__builtin_mul_overflow(static_cast<size_t>(type.size()),
                             elementBytes(type.element()), &bytes) ||
      bytes > SIZE_MAX / 2)
    throwError(ErrorKind::OutOfMemory, "a tensor of shape " +
                                           format(type.shape()) +
                                           " does not fit in memory");
  return (bytes + StorageAlignment - 1) / StorageAlignment * StorageAlignment;
}

Tensor::Tensor() : tensorType(ElementType::F64, {0}) {}

Tensor::Tensor(TensorType type) : tensorType(std::move(type)) {
  size_t bytes = storageBytes(tensorType);
  if (bytes == 0)
    return;
  storage = std::aligned_alloc(StorageAlignment, bytes);
  if (!storage)
    throwError(ErrorKind::OutOfMemory, "no memory for a tensor of shape " +
                                           format(shape()) + ", " +
                                           std::to_string(bytes) + " bytes");
}

Tensor::~Tensor() { std::free(storage); }

Tensor Tensor::uninitialized(IndexList shape, ElementType type) {
  return Tensor(TensorType(type, std::move(shape)));
}

Tensor Tensor::zeros(IndexList shape, ElementType type) {
  Tensor result(TensorType(type, std::move(shape)));
  if (result.storage)
    std::memset(result.storage, 0, storageBytes(result.tensorType));
  return result;
}

/// The type of elements that are made of `numbers` without saying which.
template <typename Numbers>
static ElementType typeOf(const Numbers &numbers, ElementType before) {
  bool complex = std::any_of(numbers.begin(), numbers.end(),
                             [](const Scalar &n) { return n.isComplex(); });
  return complex ? ElementType::C128 : before;
}

/// Writes numbers as elements of the tensor, from `place` on.
template <typename Numbers>
static void store(Tensor &tensor, size_t place, const Numbers &numbers) {
  size_t bytes = elementBytes(tensor.element());
  for (const Scalar &number : numbers)
    storeScalar(number, tensor.element(),
                static_cast<char *>(tensor.data()) + bytes * place++);
}

Tensor::Tensor(std::span<const Scalar> values, std::optional<ElementType> type)
    : Tensor(TensorType(type.value_or(typeOf(values, ElementType::F64)),
                        {static_cast<int64_t>(values.size())})) {
  store(*this, 0, values);
}

/// (rows, columns); the rows must be of one length.
static IndexList
matrixShape(std::initializer_list<std::initializer_list<Scalar>> rows) {
  size_t columns = rows.size() ? rows.begin()->size() : 0;
  size_t number = 0;
  for (std::initializer_list<Scalar> row : rows) {
    if (row.size() != columns)
      throwError(ErrorKind::InvalidArgument,
                 "row " + std::to_string(number) + " has " +
                     std::to_string(row.size()) + " numbers but row 0 has " +
                     std::to_string(columns));
    ++number;
  }
  return {static_cast<int64_t>(rows.size()), static_cast<int64_t>(columns)};
}

static ElementType
matrixType(std::initializer_list<std::initializer_list<Scalar>> rows) {
  ElementType type = ElementType::F64;
  for (std::initializer_list<Scalar> row : rows)
    type = typeOf(row, type);
  return type;
}

Tensor::Tensor(std::initializer_list<std::initializer_list<Scalar>> rows,
               std::optional<ElementType> type)
    : Tensor(TensorType(type.value_or(matrixType(rows)), matrixShape(rows))) {
  size_t place = 0;
  for (std::initializer_list<Scalar> row : rows) {
    store(*this, place, row);
    place += row.size();
  }
}

Tensor Tensor::fromValues(IndexList shape, std::span<const Scalar> values,
                          std::optional<ElementType> type) {
  TensorType tensorType(type.value_or(typeOf(values, ElementType::F64)),
                        std::move(shape));
  if (static_cast<size_t>(tensorType.size()) != values.size())
    throwError(ErrorKind::InvalidArgument,
               "shape " + format(tensorType.shape()) + " has " +
                   std::to_string(tensorType.size()) + " elements but " +
                   std::to_string(values.size()) + " are given");
  Tensor result(std::move(tensorType));
  store(result, 0, values);
  return result;
}

Tensor::Tensor(const TensorView &view) : Tensor(view, view.element()) {}

Tensor::Tensor(const TensorView &view, ElementType type)
    : Tensor(TensorType(type, view.shape())) {
  if (view.size() > 0 && !view.data())
    throwError(ErrorKind::InvalidArgument,
               "a tensor of shape " + format(shape()) +
                   " cannot be copied: its address is null");
  if (isComplex(view.element()) && !isComplex(type))
    throwError(ErrorKind::InvalidArgument,
               std::string("elements of type ") + elementName(view.element()) +
                   " cannot become " + elementName(type) +
                   ": their imaginary parts would be lost");
  copyElements(view, type, storage);
}

Tensor::Tensor(const Tensor &other) : Tensor(other.tensorType) {
  if (storage)
    std::memcpy(storage, other.storage, storageBytes(tensorType));
}

Tensor::Tensor(Tensor &&other) noexcept : Tensor() { swap(other); }

Tensor &Tensor::operator=(const Tensor &other) {
  Tensor copy(other);
  swap(copy);
  return *this;
}

Tensor &Tensor::operator=(Tensor &&other) noexcept {
  Tensor taken(std::move(other));
  swap(taken);
  return *this;
}

void Tensor::swap(Tensor &other) noexcept {
  std::swap(tensorType, other.tensorType);
  std::swap(storage, other.storage);
}

size_t Tensor::offset(const IndexList &index) const {
  bool inside = index.size() == rank();
  int64_t result = 0;
  for (size_t i = 0; inside && i < index.size(); ++i) {
    inside = index[i] >= 0 && index[i] < shape()[i];
    result += inside ? index[i] * tensorType.strides()[i] : 0;
  }
  if (!inside)
    throwError(ErrorKind::InvalidArgument, "index " + format(index) +
                                               " is outside of shape " +
                                               format(shape()));
  return static_cast<size_t>(result);
}

void Tensor::requireElement(ElementType type) const {
  if (element() != type)
    throwError(ErrorKind::InvalidArgument, std::string("the elements are ") +
                                               elementName(element()) +
                                               ", not " + elementName(type));
}
