// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// Every family of kernels, and of GEMM every way to read and write. Extents
/// are primes or one more than a tile where nothing forbids it.

#include "tests/e2e/Threads/Problem.h"

using namespace einc;
using namespace einc::tests;

static const Row table[] = {
    {"Product", "ij,jk->ik", "131x67,67x203", "", Family::Gemm, ""},
    {"PackACopy", "ij,jk->ik", "67x300,300x401", "p", Family::Gemm, "a=copy"},
    {"PackATransposeM", "ij,jk->ik", "131x67,67x203", "c", Family::Gemm,
     "a=transpose-m", ElementType::F16},
    {"PackAScalar", "ij,jk->ik", "131x67,67x203", "s", Family::Gemm, "a=scalar",
     ElementType::F16},
    {"RoundOnce", "ij,jk->ik", "37x801,801x53", "", Family::Gemm, "c=block",
     ElementType::BF16},
    {"ProductCopy", "ij,jk->ik", "131x67,67x801", "", Family::Gemm, "b=copy"},
    {"TransposeK", "ik,jk->ij", "97x131,301x131", "", Family::Gemm,
     "b=transpose-k"},
    {"TransposeN", "aced,eb->dcba", "24x3x16x16,16x104", "", Family::Gemm,
     "b=transpose-n"},
    {"BlockOfC", "aced,eb->dcba", "24x3x72x24,72x24", "", Family::Gemm,
     "c=transpose-n"},
    {"Gaps", "ij,jk->ik", "61x200,200x101", "sss", Family::Gemm, "b=scalar"},
    {"Backwards", "ij,jk->ik", "131x67,67x203", "bbb", Family::Gemm, ""},
    {"ColumnMajor", "ij,jk->ik", "131x67,67x203", "ccc", Family::Gemm, ""},
    {"Batch", "bij,bjk->bik", "7x37x53,7x53x71", "", Family::Gemm, ""},
    {"BatchInside", "ijb,jkb->ikb", "37x53x7,53x71x7", "", Family::Gemm, ""},
    {"GroupsOfLabels", "aebf,dfce->abcd", "9x11x7x3,5x3x13x11", "",
     Family::Gemm, ""},
    {"Chain", "ij,jk,kl->il", "61x59,59x67,67x71", "", Family::Gemm, ""},

    {"MatrixVector", "ij,j->i", "401x307,307", "", Family::Gemv, ""},
    {"VectorMatrix", "i,ij->j", "307,307x401", "", Family::Gemv, ""},
    {"BatchOfVectors", "bij,bj->bi", "11x101x53,11x53", "", Family::Gemv, ""},
    {"Dot", "i,i->", "3400013,3400013", "", Family::Dot, ""},
    {"BatchOfDots", "bi,bi->b", "101x503,101x503", "", Family::Dot, ""},
    {"Outer", "i,j->ij", "211,307", "", Family::Outer, ""},
    {"Elementwise", "ijk,ijk->ijk", "13x31x101,13x31x101", "", Family::Outer,
     ""},
    {"ThreeOperands", "i,i,i->i", "40009,40009,40009", "", Family::Outer, ""},
    {"Permute", "abcd->dbca", "17x13x11x33", "", Family::Permute, ""},
    {"Transpose", "ij->ji", "257x311", "", Family::Permute, ""},
    {"KeepInnermost", "abc->bac", "31x33x67", "", Family::Permute,
     "lines=copied"},
    {"SumRows", "ij->i", "211x509", "", Family::Reduce, ""},
    {"SumColumns", "ij->j", "211x509", "", Family::Reduce, ""},
    {"SumAll", "ij->", "1847x1861", "", Family::Reduce, ""},
    {"SmallProducts", "bij,bjk->bik", "301x3x4,301x4x5", "", Family::Small, ""},
    {"SplitSum", "ki,kj->ij", "100003x5,100003x7", "", Family::Gemm, ""},
    {"SplitSumOfOne", "kij->ij", "100003x3x11", "", Family::Reduce, ""},

    {"Trace", "iijk->kj", "101x101x7x37", "", Family::Reduce, ""},
    {"GapsInOutput", "ij,i->ij", "101x37,101", "rrs", Family::General, ""},
    {"Diagonal", "ij->iij", "101x37", "", Family::General, ""},
    {"SumAlone", "ijx,jky->ik", "23x29x5,29x31x3", "", Family::Reduce, ""},
};

std::span<const Row> tests::rows() { return table; }
