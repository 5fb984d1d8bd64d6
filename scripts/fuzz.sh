#!/bin/sh
# Runs each fuzz target of the module for the given time: fuzz.sh 20s
set -eu
for dir in $(go list -f '{{.Dir}}' ./...); do
  for target in $(cat "$dir"/*_test.go 2>/dev/null | sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p'); do
    echo "$target in ${dir#"$PWD"/}"
    go test -run '^$' -fuzz "^$target\$" -fuzztime "$1" "$dir" >/tmp/casus-fuzz.$$ 2>&1 || { cat /tmp/casus-fuzz.$$; exit 1; }
  done
done
rm -f /tmp/casus-fuzz.$$
