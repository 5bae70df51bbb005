// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
/// \file
/// The examples that help and the manual page show, one text a subcommand. A
/// line with "$ " in front is a command.

#ifndef EINC_TOOLS_EINC_EXAMPLES_H
#define EINC_TOOLS_EINC_EXAMPLES_H

namespace einc {

/// Below the list of subcommands.
inline constexpr const char *GeneralHelp =
    R"(Exit status: 0 ok, 1 bad equation, shape, type or target, 2 usage, 3 limit,
4 verification mismatch, 5 input or output, 70 internal error.

Example:
  $ einc check "ij,jk->ik" --shapes 3x4,4x2)";

inline constexpr const char *CheckExample = R"(
Example:
  $ einc check "ij,jk->ik" --shapes 3x4,4x2
  ok: ij,jk->ik
  shapes: (3, 4), (4, 2) -> (3, 2)
)";

inline constexpr const char *PlanExample = R"(
Example:
  $ einc plan "ij,jk,kl->il" --shapes 1000x10,10x1000,1000x1
  $ einc plan "ij,jk,kl->il" --dims i=1000,j=10,k=1000,l=1 --json
)";

inline constexpr const char *RunExample = R"(
Examples:
  $ einc run "ij,jk->ik" a.npy b.npy -o c.npy
  $ einc run "bij,bjk->bik" --shapes 64x10x20,64x20x30 --random --verify
  $ einc run "ij,jk->ik" --shapes 8x8,8x8 --cpu avx2 --emit=asm
  $ einc run f.einc a.npy b.npy -o c.npy
)";

inline constexpr const char *CacheExample = R"(
Examples:
  $ einc cache stats
  $ einc cache verify --remove
  $ EINC_CACHE_MAX_BYTES=0 einc run "i->" --shapes 3 --random    # no cache
)";

inline constexpr const char *ExplainExample = R"(
Example:
  $ einc explain "bij,bjk->bik" --shapes 64x128x128,64x128x128
)";

inline constexpr const char *CompileExample = R"(
Examples:
  $ einc compile "ij,jk->ik" --shapes 64x32,32x16 -o product.o
  $ einc compile "bij,bjk->bik" --shapes ?64x8x8,?x8x8 --multiversion -o f.o
  $ einc compile "ij,jk->ik" --shapes 64x32,32x16 -shared -o product.so
)";

inline constexpr const char *BenchExample = R"(
Examples:
  $ einc bench "ij,jk->ik" --shapes 512x512,512x512 --against openblas
  $ einc bench "ij->ji" --shapes 4096x4096 --dtype f64 --json
)";

inline constexpr const char *VerifyExample = R"(
Examples:
  $ einc verify f.einc
  $ einc verify f.so --dims b=1000 --random=7
)";

inline constexpr const char *DumpExample = R"(
Examples:
  $ einc dump f.einc
  $ einc dump f.so --json
)";

inline constexpr const char *CompletionExample = R"(
Examples:
  $ source <(einc completion bash)
  $ einc completion zsh > "${fpath[1]}/_einc"
  $ einc completion fish > ~/.config/fish/completions/einc.fish
)";

inline constexpr const char *ManPageExample = R"(
Example:
  $ einc man > einc.1 && man ./einc.1
)";

} // namespace einc

#endif // EINC_TOOLS_EINC_EXAMPLES_H
