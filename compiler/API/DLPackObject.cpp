// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "compiler/API/DLPackObject.h"
#include "compiler/API/Throw.h"

using namespace einc;

/// The DLPack type of each element type.
static constexpr EincDLType Types[NumElementTypes] = {
    {EINC_DL_FLOAT, 32, 1},    {EINC_DL_FLOAT, 64, 1}, {EINC_DL_COMPLEX, 64, 1},
    {EINC_DL_COMPLEX, 128, 1}, {EINC_DL_INT, 8, 1},    {EINC_DL_INT, 16, 1},
    {EINC_DL_INT, 32, 1},      {EINC_DL_INT, 64, 1},   {EINC_DL_UINT, 8, 1},
    {EINC_DL_BOOL, 8, 1},      {EINC_DL_FLOAT, 16, 1}, {EINC_DL_BFLOAT, 16, 1}};

static ElementType elementOf(const EincDLType &type) {
  for (size_t i = 0; i < NumElementTypes; ++i)
    if (Types[i].code == type.code && Types[i].bits == type.bits &&
        Types[i].lanes == type.lanes)
      return ElementType(i);
  throwError(ErrorKind::UnsupportedType,
             "a DLPack tensor has elements of type code " +
                 std::to_string(type.code) + ", " + std::to_string(type.bits) +
                 " bits, " + std::to_string(type.lanes) +
                 " lanes, which no element type is");
}

[[noreturn]] static void refuse(const std::string &what) {
  throwError(ErrorKind::InvalidArgument, "a DLPack tensor " + what);
}

/// The address of element zero; null only where there are no elements.
static const void *addressOf(const EincDLTensor &tensor,
                             const TensorType &type) {
  if (!tensor.data) {
    if (type.size() > 0)
      refuse("of shape " + formatShapeAbridged(type.shape().toVector()) +
             " has no data");
    return nullptr;
  }
  uintptr_t address;
  if (__builtin_add_overflow(reinterpret_cast<uintptr_t>(tensor.data),
                             tensor.byteOffset, &address))
    refuse("has byte offset " + std::to_string(tensor.byteOffset) +
           ", beyond the end of memory");
  size_t alignment = elementAlignment(type.element());
  if (type.size() > 0 && address % alignment != 0)
    refuse(std::string("of type ") + elementName(type.element()) +
           " lies at an address that is no multiple of " +
           std::to_string(alignment));
  return reinterpret_cast<const void *>(address);
}

TensorView einc::viewOf(const EincDLTensor &tensor) {
  if (tensor.device.type != EINC_DL_CPU)
    throwError(ErrorKind::Device,
               "a DLPack tensor lies on device type " +
                   std::to_string(tensor.device.type) +
                   "; only the CPU's memory, type 1, can be used",
               "copy it to the CPU");
  if (tensor.rank < 0 || tensor.rank > EINC_MAX_RANK)
    refuse("has " + std::to_string(tensor.rank) + " axes, expected 0 to " +
           std::to_string(EINC_MAX_RANK));
  if (tensor.rank > 0 && !tensor.extents)
    refuse("has " + std::to_string(tensor.rank) + " axes but no extents");
  ElementType element = elementOf(tensor.type);
  auto rank = static_cast<size_t>(tensor.rank);
  IndexList extents(std::span<const int64_t>(tensor.extents, rank));
  TensorType type =
      tensor.strides
          ? TensorType(element, std::move(extents),
                       std::span<const int64_t>(tensor.strides, rank))
          : TensorType(element, std::move(extents));
  const void *address = addressOf(tensor, type);
  return TensorView(address, std::move(type));
}

TensorView einc::viewOf(const EincDLManagedVersioned *managed) {
  if (!managed)
    throwError(ErrorKind::InvalidArgument, "the DLPack object is null");
  if (managed->version.major != EINC_DL_MAJOR)
    refuse("has version " + std::to_string(managed->version.major) + "." +
           std::to_string(managed->version.minor) + ", expected " +
           std::to_string(EINC_DL_MAJOR) + ".x");
  return viewOf(managed->tensor);
}

TensorView einc::viewOf(const EincDLManaged *managed) {
  if (!managed)
    throwError(ErrorKind::InvalidArgument, "the DLPack object is null");
  return viewOf(managed->tensor);
}

namespace {
/// A consumer's object and what it points to.
template <typename Managed> struct Exported {
  Managed managed = {};
  IndexList extents;
  IndexList strides;
  void (*release)(void *context);
  void *releaseContext;

  /// Foreign: DLPack's own name of the struct, for a deleter of its type.
  template <typename Foreign> static void destroy(Foreign *managed) {
    auto *self = static_cast<Exported *>(toOwn(managed)->context);
    if (self->release)
      self->release(self->releaseContext);
    delete self;
  }
};
} // namespace

template <typename Managed>
Managed *einc::makeDLPack(const TensorType &type, const void *data,
                          bool readOnly, void (*release)(void *context),
                          void *context) {
  if (type.isConjugated())
    throwError(ErrorKind::InvalidArgument,
               "a conjugated tensor cannot be given to DLPack",
               "copy it: the copy has the conjugates as its elements");
  if (type.rank() > EINC_MAX_RANK)
    throwError(ErrorKind::InvalidArgument,
               "a tensor of " + std::to_string(type.rank()) +
                   " axes cannot be given to DLPack, at most " +
                   std::to_string(EINC_MAX_RANK));
  if (readOnly && std::same_as<Managed, EincDLManaged>)
    throwError(ErrorKind::InvalidArgument,
               "a read-only tensor cannot be given to DLPack 0, whose struct "
               "cannot say so");
  auto *exported =
      new Exported<Managed>{{}, type.shape(), type.strides(), release, context};
  Managed &managed = exported->managed;
  managed.context = exported;
  managed.deleter = &Exported<Managed>::destroy;
  if constexpr (std::same_as<Managed, EincDLManagedVersioned>) {
    managed.version = {EINC_DL_MAJOR, EINC_DL_MINOR};
    managed.flags = readOnly ? EINC_DL_READ_ONLY : 0;
  }
  managed.tensor.data = const_cast<void *>(data);
  managed.tensor.device = {EINC_DL_CPU, 0};
  managed.tensor.rank = static_cast<int32_t>(type.rank());
  managed.tensor.type = Types[static_cast<size_t>(type.element())];
  managed.tensor.extents = exported->extents.data();
  managed.tensor.strides = exported->strides.data();
  return &managed;
}

template EincDLManagedVersioned *einc::makeDLPack(const TensorType &,
                                                  const void *, bool,
                                                  void (*)(void *), void *);
template EincDLManaged *einc::makeDLPack(const TensorType &, const void *, bool,
                                         void (*)(void *), void *);
