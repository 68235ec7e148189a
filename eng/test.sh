#!/usr/bin/env bash
# Runs the test suites named (default: all) and ends with the line "N passed, N failed".
# Suites: unit component e2e chaos dashboard training
set -uo pipefail
cd "$(dirname "$0")/.."

suites=("$@")
[ ${#suites[@]} -gt 0 ] || suites=(unit component e2e chaos dashboard training)
configuration="${CONFIGURATION:-Release}"
passed=0
failed=0
skips=0
broken=()
log=$(mktemp)
failures=$(mktemp)
trap 'rm -f "$log" "$failures"' EXIT

dotnet_suite() { # name project
  echo "== $1"
  "artifacts/bin/$2/${configuration,,}/$2" -noLogo -noColor 2>&1 | tee "$log" | grep -vE '^\s*$'
  local status=${PIPESTATUS[0]} line
  line=$(grep -oE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+, Not Run: [0-9]+' "$log" | tail -1)
  if [ -z "$line" ]; then broken+=("$1 (no result)"); failed=$((failed + 1)); return; fi
  local total errors fail skipped not_run
  grep -E '\[FAIL\]$' "$log" >> "$failures"
  read -r total errors fail skipped not_run <<<"$(grep -oE '[0-9]+' <<<"$line" | tr '\n' ' ')"
  passed=$((passed + total - fail - skipped - not_run))
  failed=$((failed + fail + errors))
  skips=$((skips + skipped))
  [ "$status" -eq 0 ] || broken+=("$1")
}

python_suite() {
  echo "== training"
  /usr/bin/python3 -m unittest discover -s models/training/tests -t . 2>&1 | tee "$log"
  local status=${PIPESTATUS[0]} total bad
  total=$(grep -oE '^Ran [0-9]+' "$log" | grep -oE '[0-9]+' | tail -1)
  bad=$(grep -oE '(failures|errors)=[0-9]+' "$log" | grep -oE '[0-9]+' | awk "{s+=\$1} END {print s+0}")
  bad=${bad:-0}
  if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
  passed=$((passed + ${total:-0} - bad))
  failed=$((failed + bad))
  [ "$status" -eq 0 ] || broken+=("training")
}

dashboard_suite() {
  echo "== dashboard"
  (cd gateway/dashboard && npm test --silent 2>&1) | tee "$log"
  local status=${PIPESTATUS[0]} ok bad
  ok=$(sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -E '^ *Tests ' | grep -oE '[0-9]+ passed' | grep -oE '[0-9]+' | tail -1)
  bad=$(sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -E '^ *Tests ' | grep -oE '[0-9]+ failed' | grep -oE '[0-9]+' | tail -1)
  bad=${bad:-0}
  if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
  passed=$((passed + ${ok:-0}))
  failed=$((failed + bad))
  [ "$status" -eq 0 ] || broken+=("dashboard")
}

for suite in "${suites[@]}"; do
  case "$suite" in
    unit) dotnet_suite unit DeltaEdge.UnitTests ;;
    component) dotnet_suite component DeltaEdge.ComponentTests ;;
    e2e) dotnet_suite e2e DeltaEdge.EndToEndTests ;;
    chaos) dotnet_suite chaos DeltaEdge.ChaosTests ;;
    dashboard) dashboard_suite ;;
    training) python_suite ;;
    *) echo "unknown suite '$suite': unit, component, e2e, chaos, dashboard, training" >&2; exit 2 ;;
  esac
done

[ ${#broken[@]} -eq 0 ] || echo "Failed: ${broken[*]}"
cat "$failures"
[ "$skips" -eq 0 ] || echo "Skipped, because something that they need is not installed here: $skips"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ ${#broken[@]} -eq 0 ]
