#!/usr/bin/env bash
# Prepares the machine. Gradescope runs this once, as root and with a network, when it builds the image of the assignment.
# Everything that judging needs is installed into /autograder/katas, so judging needs no network.
set -euo pipefail

root=${AUTOGRADER_ROOT:-/autograder}
source=$root/source
into=$root/katas
mkdir -p "$into/bin"
export HOME=${HOME:-/tmp}
export KATAS_CACHE=$into/cache

has() { command -v "$1" > /dev/null; }

if ! { has cc && has curl && has git && has timeout; }; then
  apt-get update
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends build-essential ca-certificates curl git
fi

# katas compiles answers with rustc.
if ! { has rustc && has cargo; }; then
  export RUSTUP_HOME=$into/rustup CARGO_HOME=$into/cargo
  curl --proto '=https' --tlsv1.2 --fail --silent --show-error --location https://sh.rustup.rs > "$into/rustup-init.sh"
  sh "$into/rustup-init.sh" -y --no-modify-path --profile minimal --default-toolchain @RUST@
  export PATH=$CARGO_HOME/bin:$PATH
fi

@INSTALL@
export PATH=$into/bin:$PATH

# The environment in which run_autograder finds all of this.
for name in PATH HOME KATAS_CACHE RUSTUP_HOME CARGO_HOME; do
  if [ -n "${!name:-}" ]; then
    printf 'export %s=%q\n' "$name" "${!name}"
  fi
done > "$into/environment"

# Build the teaching crate and judge the starters once, so the build log shows whether this machine can judge.
scratch=$(mktemp -d)
katas init "$scratch/course"
katas doctor || true
mkdir "$scratch/starters"
for starter in "$source"/course/katas/*/starter.*; do
  kata=$(basename "$(dirname "$starter")")
  cp "$starter" "$scratch/starters/$kata.${starter##*.}"
done
cd "$source/course"
katas grade --submission "$scratch/starters" || echo "katas cannot judge here yet: see its messages above"
rm -rf "$scratch"
