# Sourced by ./lambray and ./test, with the repository's root in $root: installs and builds what is missing, a line for each.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# No compiler stays behind as a server.
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

artifacts=$root/artifacts
mkdir -p "$artifacts/stamps"
missing_packages=()
ticker=

trap 'stop_ticker' EXIT

say() { printf '%s\n' "$*" >&2; }

require_tools() {
  if ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
    say "lambray: the .NET 10 SDK is missing; see https://dotnet.microsoft.com/download (Debian: package dotnet-sdk-10.0)"
    exit 2
  fi
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    say "lambray: Node.js and npm are missing; on Debian: apt-get install nodejs npm"
    exit 2
  fi
}

# step WHAT COMMAND…: runs a command with its output put aside, shows that it is at it, and shows the output if it fails.
step() {
  local what=$1 started=$SECONDS log status=0
  log=$(mktemp "$artifacts/step.XXXXXX")
  shift
  if [[ -t 2 ]]; then
    (while sleep 1; do printf '\r%s … %d s' "$what" "$((SECONDS - started))" >&2; done) &
    ticker=$!
  fi
  printf '%s …' "$what" >&2
  "$@" >"$log" 2>&1 </dev/null || status=$?
  stop_ticker
  if [[ -t 2 ]]; then printf '\r%s …' "$what" >&2; fi
  if [[ $status == 0 ]]; then say " $((SECONDS - started)) s"; else say " failed (exit code $status)"; cat "$log" >&2; fi
  rm -f "$log"
  return "$status"
}

stop_ticker() {
  if [[ -n $ticker ]]; then
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
  fi
  ticker=
}

# want_package PACKAGE TEST…: remembers a Debian package whose test fails.
want_package() {
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || missing_packages+=("$package")
}

# What sandboxes are made of: root leads them out by nftables, an ordinary user by slirp4netns.
sandbox_packages() {
  want_package bubblewrap command -v bwrap
  want_package nftables test -x /usr/sbin/nft
  want_package slirp4netns command -v slirp4netns
}

# What links a program that is compiled ahead of time.
aot_packages() {
  want_package gcc command -v gcc
  want_package libc6-dev test -e /usr/include/stdio.h
  want_package zlib1g-dev test -e /usr/include/zlib.h
}

# Installs the packages that were found missing; fails where that is not possible.
install_packages() {
  [[ ${#missing_packages[@]} == 0 ]] && return
  local packages="${missing_packages[*]}"
  if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
    say "Missing Debian packages: $packages (as root: apt-get install $packages)"
    return 1
  fi
  step "Installing Debian packages: $packages" apt_install "${missing_packages[@]}"
}

# The lists are fetched only when those that are there do not do.
apt_install() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y --no-install-recommends "$@" || { apt-get update && apt-get install -y --no-install-recommends "$@"; }
}

# npm_packages FOLDER: installs exactly what the folder's lock file says, once for each state of it.
npm_packages() {
  local folder=$1 stamp=$artifacts/stamps/npm-${1//\//-} wanted
  wanted=$(cat "$root/$folder/package.json" "$root/$folder/package-lock.json" | sha256sum)
  if [[ -d $root/$folder/node_modules && $(cat "$stamp" 2>/dev/null) == "$wanted" ]]; then return; fi
  step "Installing the npm packages of $folder" npm --prefix "$root/$folder" ci
  printf '%s\n' "$wanted" >"$stamp"
}

# hash_of PATH…: changes with the files below, but not with what is built from them.
hash_of() {
  (cd "$root" && find "$@" \( -name bin -o -name obj -o -name node_modules -o -name dist -o -name __pycache__ \) -prune -o -type f ! -name '*.tsbuildinfo' -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
}

# The console is built once for each state of its sources.
build_console() {
  local stamp=$artifacts/stamps/console wanted
  wanted=$(hash_of console)
  if [[ -f $root/console/dist/index.html && $(cat "$stamp" 2>/dev/null) == "$wanted" ]]; then return; fi
  npm_packages console
  step "Building the console" npm --prefix "$root/console" run build
  printf '%s\n' "$wanted" >"$stamp"
}
