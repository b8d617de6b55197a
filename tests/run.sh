#!/usr/bin/env bash
# Runs every test of the solution; the README's test command.
# Needs only the .NET SDK; where Node or another program cannot be had, its tests are skipped. Extra arguments go to `dotnet test` (for example --filter "FullyQualifiedName~Signing").
# The last line is "N passed, N failed, N skipped"; exit 0 only when nothing failed.
set -uo pipefail
cd "$(dirname "$0")/.."

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# The address guard is shown with real addresses in a network namespace. Without these tools that test is skipped and says so.
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  command -v ip >/dev/null || { apt-get -qq update && apt-get -qq install -y iproute2; } >/dev/null 2>&1 || true
  command -v unshare >/dev/null || { apt-get -qq update && apt-get -qq install -y util-linux; } >/dev/null 2>&1 || true
fi

# The PostgreSQL store is tested on a server that its tests start themselves. Without the programs they are skipped and say so.
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! command -v initdb >/dev/null && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
  { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y postgresql; } >/dev/null 2>&1 || true
fi

# Webhooks.Sdk.Browser.Tests walks through the settings page in the system's Chromium. Without it those tests are skipped and say so.
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! command -v chromium >/dev/null; then
  { apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium; } >/dev/null 2>&1 || true
fi

# The receivers and senders that others wrote, for Webhooks.Sdk.Interop.Tests, and the accessibility rules for Webhooks.Sdk.Browser.Tests: exactly
# the versions of the lock files. Without them these tests are skipped and say so.
node_libraries() {
  local folder=$1
  if ! command -v npm >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { apt-get -qq update && apt-get -qq install -y nodejs npm; } >/dev/null 2>&1
  fi
  [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] && return
  npm ci --prefix "$folder" --omit=optional --ignore-scripts --no-audit --no-fund --loglevel=error --fetch-retries=1
}
{ node_libraries tests/interop && node_libraries tests/browser; } >"$results/npm" 2>&1 || { echo "the Node libraries were not installed:"; head -n 5 "$results/npm"; }

dotnet build Webhooks.Sdk.sln -c Release --nologo -v quiet || { echo "0 passed, 1 failed"; exit 1; }
# One project after the other: some of them kill processes and count what is lost, and want the machine to themselves. A test that does not end
# is named and ends its project's run; a run that does not even do that is ended from outside.
hang_after=${TEST_HANG_AFTER:-4m}
status=0
for project in tests/*.Tests; do
  name=$(basename "$project")
  timeout -k 30 10m dotnet test "artifacts/bin/$name/release/$name.dll" --nologo --logger trx --results-directory "$results" \
    --blame-hang-timeout "$hang_after" --blame-hang-dump-type none "$@" </dev/null || { status=1; echo "FAILED: $name"; }
done

count() { cat "$results"/*.trx 2>/dev/null | grep -o "<Counters [^>]*" | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ n += $1 } END { print n + 0 }'; }
total=$(count total) executed=$(count executed) passed=$(count passed) failed=$(count failed)
skipped=$((total - executed))

# Checks that are programs of their own: counted like tests.
check() {
  local name=$1
  shift
  if output=$(timeout -k 30 10m "$@" 2>&1); then passed=$((passed + 1)); else failed=$((failed + 1)) status=1; echo "FAILED: $name"; echo "$output" | tail -n 40; fi
}
if [ $# -eq 0 ]; then
  check "packages are made and pass validation" dotnet pack Webhooks.Sdk.sln -c Release --no-build --nologo -v quiet -o "$results/packages"
  check "the quickstart runs from the packages, and trimmed" tests/consumer/run.sh "$results/packages"
fi

# A run in CI that skipped something, or that ran nothing, did not test what it claims to test.
if [ "${CI:-}" = true ] && [ "$skipped" -gt 0 ]; then
  echo "skipped in CI:"
  grep -ho 'testName="[^"]*"[^>]*outcome="NotExecuted"' "$results"/*.trx | grep -o 'testName="[^"]*"'
  status=1
fi
[ "$total" -gt 0 ] || status=1
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
