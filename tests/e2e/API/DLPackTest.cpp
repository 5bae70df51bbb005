// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// DLPack from C++: who owns what, and when it is freed. tests/capi has the
/// mistakes.

#include "tests/capi/foreign_dlpack.h"

#include "einc/DLPack.h"
#include "einc/Einsum.h"
#include "tests/unit/API/Throws.h"

#include <gtest/gtest.h>

using namespace einc;
using einc::test::errorOf;

namespace {

/// A producer's object that counts how often it is deleted.
template <typename Managed> struct Producer {
  double values[6] = {1, 2, 3, 4, 5, 6};
  int64_t shape[2] = {2, 3};
  int64_t strides[2] = {1, 2};
  int numDeleted = 0;
  Managed managed = {};

  Producer() {
    if constexpr (std::same_as<Managed, DLManagedTensorVersioned>)
      managed.version = {1, 0};
    managed.manager_ctx = this;
    managed.deleter = [](Managed *self) {
      ++static_cast<Producer *>(self->manager_ctx)->numDeleted;
    };
    managed.dl_tensor = {values, {kDLCPU, 0}, 2, {kDLFloat, 64, 1},
                         shape,  strides,     0};
  }
};
using Versioned = Producer<DLManagedTensorVersioned>;
using Legacy = Producer<DLManagedTensor>;

} // namespace

TEST(DLPack, ImportsOnceAndDeletesOnce) {
  Versioned producer;
  {
    DLPackTensor tensor(&producer.managed);
    DLPackTensor copy = tensor;
    EXPECT_EQ(copy.view().data(), producer.values);
    EXPECT_EQ(copy.view().type(), TensorType(ElementType::F64, {2, 3}, {1, 2}));
    EXPECT_EQ(einsum("ij->i", tensor)(1), 12);
    EXPECT_EQ(producer.numDeleted, 0);
  }
  EXPECT_EQ(producer.numDeleted, 1);
  Legacy legacy;
  {
    DLPackTensor tensor(&legacy.managed);
    EXPECT_FALSE(tensor.isReadOnly());
    EXPECT_EQ(einsum("ij->j", tensor)(2), 11);
  }
  EXPECT_EQ(legacy.numDeleted, 1);
}

TEST(DLPack, WritesToWhatIsNotReadOnly) {
  Versioned producer;
  Tensor values = {{10, 20, 30}, {40, 50, 60}};
  {
    DLPackTensor tensor(&producer.managed);
    einsumInto(tensor.mutableView(), "ij->ij", {values}, {.beta = 1});
  }
  EXPECT_EQ(producer.values[0], 11);
  EXPECT_EQ(producer.values[1], 42);
  EXPECT_EQ(producer.values[5], 66);

  producer.managed.flags = EINC_DL_READ_ONLY;
  DLPackTensor tensor(&producer.managed);
  EXPECT_TRUE(tensor.isReadOnly());
  EXPECT_EQ(errorOf([&] { tensor.mutableView(); }),
            "invalid-argument: the DLPack tensor is read-only, so that it "
            "cannot be an output");
}

TEST(DLPack, WhatIsRefusedIsDeleted) {
  Versioned producer;
  auto import = [&] {
    return errorOf([&] { DLPackTensor tensor(&producer.managed); });
  };
  producer.managed.version.major = 2;
  EXPECT_EQ(import(), "invalid-argument: a DLPack tensor has version 2.0, "
                      "expected 1.x");
  EXPECT_EQ(producer.numDeleted, 1);
  producer.managed.version.major = 1;
  producer.managed.dl_tensor.device = {kDLCUDA, 0};
  EXPECT_EQ(import(),
            "device: a DLPack tensor lies on device type 2; only the CPU's "
            "memory, type 1, can be used");
  EXPECT_EQ(producer.numDeleted, 2);
  producer.managed.dl_tensor.device = {kDLCPU, 0};
  producer.managed.dl_tensor.dtype = {kDLUInt, 16, 1};
  EXPECT_EQ(import().substr(0, 16), "unsupported-type");
  EXPECT_EQ(producer.numDeleted, 3);
  EXPECT_EQ(errorOf([] {
              DLPackTensor tensor(static_cast<DLManagedTensor *>(nullptr));
            }),
            "invalid-argument: the DLPack object is null");
}

TEST(DLPack, ExportsWhatItOwns) {
  Tensor tensor = {{1, 2, 3}, {4, 5, 6}};
  const void *data = tensor.data();
  DLManagedTensorVersioned *managed = toDLPack(std::move(tensor));
  EXPECT_EQ(managed->version.major, 1u);
  EXPECT_EQ(managed->flags, 0u);
  EXPECT_EQ(managed->dl_tensor.data, data);
  EXPECT_EQ(managed->dl_tensor.ndim, 2);
  EXPECT_EQ(managed->dl_tensor.shape[1], 3);
  EXPECT_EQ(managed->dl_tensor.strides[0], 3);
  // And back in, which frees it: the leak sanitizer watches.
  DLPackTensor again(managed);
  EXPECT_EQ(einsum("ij->", again)(), 21);

  DLManagedTensor *legacy = toLegacyDLPack(Tensor{1, 2});
  EXPECT_EQ(static_cast<double *>(legacy->dl_tensor.data)[1], 2);
  legacy->deleter(legacy);
  managed = toDLPack(Tensor());
  EXPECT_EQ(managed->dl_tensor.shape[0], 0);
  managed->deleter(managed);
}

TEST(DLPack, ExportsViews) {
  Tensor tensor({{1, 2, 3}, {4, 5, 6}}, ElementType::BF16);
  DLManagedTensorVersioned *managed = viewToDLPack(tensor.view().transposed());
  EXPECT_EQ(managed->flags, 0u);
  EXPECT_EQ(managed->dl_tensor.dtype.code, EINC_DL_BFLOAT);
  EXPECT_EQ(managed->dl_tensor.shape[0], 3);
  EXPECT_EQ(managed->dl_tensor.strides[0], 1);
  managed->deleter(managed);
  const Tensor &constant = tensor;
  managed = viewToDLPack(constant.view());
  EXPECT_EQ(managed->flags, uint64_t(EINC_DL_READ_ONLY));
  managed->deleter(managed);
  DLManagedTensor *legacy = viewToLegacyDLPack(tensor.view());
  EXPECT_EQ(legacy->dl_tensor.data, tensor.data());
  legacy->deleter(legacy);
  Tensor z({{1, 2}}, ElementType::C64);
  EXPECT_EQ(errorOf([&] { viewToDLPack(z.view().conjugated()); }),
            "invalid-argument: a conjugated tensor cannot be given to DLPack");
}
