#!/usr/bin/env bash
# Brings merged releases from a checkout into the service's queue: to-queue.sh CHECKOUT QUEUE
#
# For a timer on the service's machine, as the service's user. It copies what was added or changed since the last time
# (the ref `taken` remembers), each under a name that the service leaves alone until it is whole. Stopped halfway it
# begins again: what the service knows already it moves aside quietly.
set -euo pipefail
checkout=${1:?the checkout} queue=${2:?the queue folder}
cd "$checkout"
git pull --quiet --ff-only
taken=$(git rev-parse --quiet --verify refs/medsosbot/taken || git rev-list --max-parents=0 HEAD | tail -n 1)
git diff --name-only -z --diff-filter=ACMR "$taken" HEAD -- ':(glob)queue/*.md' ':(glob)queue/*.txt' |
  while IFS= read -r -d '' file; do
    name=$(basename -- "$file")
    cp -- "$file" "$queue/.$name.part"
    mv -- "$queue/.$name.part" "$queue/$name"
    echo "$name"
  done
git update-ref refs/medsosbot/taken HEAD
