# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Prints what bash's completion of einc, given as $1, offers for some words.
set -u
source <("$1" completion bash)
complete -p einc
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder" || exit 1
touch a.npy 'a b.npy' c.npy

offer() {
  COMP_WORDS=("$@")
  COMP_CWORD=$(($# - 1))
  COMPREPLY=()
  _einc
  echo "[$*]:${COMPREPLY[*]:+ ${COMPREPLY[*]}}"
}

offer einc ''
offer einc ch
offer einc run --o
offer einc run --optimize ''
offer einc run --optimize = g
offer einc run --optimize =
offer einc run --dtype bf
offer einc run --shapes ''
offer einc run ij a
offer einc run ij -o a.
offer einc run ij --random a.
offer einc plan ''
offer einc cache ''
offer einc cache s
offer einc completion ''
offer einc verify a.
offer einc nothing ''
