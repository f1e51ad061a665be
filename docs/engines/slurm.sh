#!/bin/bash
# Grades a class in sixteen parts, as a Slurm array, and merges them when all have ended:
#
#   parts=$(sbatch --parsable slurm.sh)
#   sbatch --dependency="afterok:$parts" --wrap='katas merge results/part-*.json --report html=class.html --report csv=class.csv'
#
# Start the script in the course's folder, on a file system that all nodes share. To run a failed part again by itself, use
# `scontrol requeue` on that task of the whole array (`sbatch --array=1-16`). If you submit the part as an array of its own,
# it is part 1 of 1.
#SBATCH --job-name=katas
#SBATCH --array=1-16
#SBATCH --cpus-per-task=4
#SBATCH --mem-per-cpu=1500M
#SBATCH --time=01:00:00
#SBATCH --output=results/%A_%a.log
set -euo pipefail

# The library that answers are built with is rebuilt for each part, in a folder whose name nobody else can predict.
KATAS_CACHE=$(mktemp -d "${SLURM_TMPDIR:-${TMPDIR:-/tmp}}/katas.XXXXXXXXXX")
export KATAS_CACHE
trap 'rm -rf -- "$KATAS_CACHE"' EXIT

mkdir -p results
katas grade --class submissions --partition auto --jobs "$SLURM_CPUS_PER_TASK" \
    --report "json=results/part-$SLURM_ARRAY_TASK_ID.json"
