# SPDX-License-Identifier: Apache-2.0
# Baton: an HTTP/2 gateway to Redis
# What deploy/run and deploy/test share. Sourced, not run.

say() {
    printf 'baton: %s\n' "$*" >&2
}

# require COMMAND:PACKAGE | PATH:PACKAGE ... - installs the Debian packages whose command or file is missing.
require() {
    local wanted=() pair probe
    for pair in "$@"; do
        probe=${pair%%:*}
        case $probe in
            /*) [ -e "$probe" ] || wanted+=("${pair##*:}") ;;
            *) command -v "$probe" >/dev/null 2>&1 || wanted+=("${pair##*:}") ;;
        esac
    done
    [ ${#wanted[@]} -gt 0 ] || return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        say "missing: ${wanted[*]} (the names are Debian's). Install them and start again."
        return 1
    fi
    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || { say "missing: ${wanted[*]}. Run as root, or install sudo."; return 1; }
        root=(sudo)
    fi
    say "installing ${wanted[*]} with apt-get"
    "${root[@]}" apt-get update -qq >/dev/null
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" \
        >/dev/null
    if [[ " ${wanted[*]} " == *' redis-server '* ]] && [ -d /run/systemd/system ]; then
        say "Debian has started a redis-server of its own too, on port 6379. Baton does not use it; to stop it:"
        say "  systemctl disable --now redis-server"
    fi
}

# What the tests need besides Swift.
require_everything() {
    require /usr/include/nghttp2/nghttp2.h:libnghttp2-dev redis-server:redis-server redis-cli:redis-tools curl:curl \
        nghttp:nghttp2-client nghttpd:nghttp2-server openssl:openssl pgrep:procps python3:python3
}

# A Python with the client libraries that the tests are written for, redis-py and upstash-redis, and with what reads the API's
# description, in TEST_PYTHON (BATON_... would be a setting). One that is set already is taken as it is.
require_python() {
    local folder=$PWD/.build/python
    local wanted=(Tests/redis-py/requirements.txt Tests/upstash/requirements.txt Tests/openapi/requirements.txt)
    if [ -n "${TEST_PYTHON:-}" ]; then return 0; fi
    if ! cat "${wanted[@]}" | cmp -s - "$folder/installed.txt"; then
        # Debian splits venv off; there is no command by whose name the package could be missed.
        python3 -c 'import ensurepip, venv' 2>/dev/null || require "/nowhere:python3-venv" || return 1
        say "installing redis-py, upstash-redis and openapi-spec-validator from PyPI into .build/python"
        { rm -rf "$folder" && python3 -m venv "$folder" \
            && "$folder/bin/pip" install -q --require-hashes "${wanted[@]/#/--requirement=}" \
            && cat "${wanted[@]}" >"$folder/installed.txt"; } || return 1
    fi
    export TEST_PYTHON=$folder/bin/python
}

require_swift() {
    command -v swift >/dev/null 2>&1 && return 0
    say "the Swift toolchain (6.2 or later) is missing: see https://www.swift.org/install"
    return 1
}

# with_progress NAME COMMAND... - runs a long command; says every few seconds how far it is, and all of its output if it fails.
with_progress() {
    local name=$1 log status=0 started=$SECONDS step
    shift
    log=$(mktemp)
    "$@" >"$log" 2>&1 &
    local pid=$! pause=10
    # A command in the background of a script does not hear Ctrl-C.
    trap 'kill "$pid" 2>/dev/null; wait "$pid"; rm -f "$log"; exit 130' INT TERM
    [ -t 2 ] && pause=1
    while kill -0 "$pid" 2>/dev/null; do
        for _ in $(seq "$pause"); do
            kill -0 "$pid" 2>/dev/null || break
            sleep 1
        done
        step=$(tr '\r' '\n' <"$log" | grep -a . | tail -n 1 | cut -c 1-70 || true)
        if [ -t 2 ]; then
            printf '\r\033[K%s: %ds %s' "$name" $((SECONDS - started)) "$step" >&2
        else
            say "$name: $((SECONDS - started))s $step"
        fi
    done
    wait "$pid" || status=$?
    trap - INT TERM
    if [ -t 2 ]; then printf '\r\033[K' >&2; fi
    if [ "$status" -ne 0 ]; then
        cat "$log" >&2
        say "$name: failed after $((SECONDS - started))s"
    else
        say "$name: done in $((SECONDS - started))s"
    fi
    rm -f "$log"
    return "$status"
}

# The release executable.
release=.build/release/baton

# require_release - builds it, unless it was built from the sources as they are.
require_release() {
    # As old as the sources of the last build: a source that is changed during a build is newer.
    local stamp=.build/deploy-run.stamp
    if [ -x "$release" ] && [ -e "$stamp" ] && [ -z "$(find Package.swift Sources -newer "$stamp" -print -quit)" ]; then return; fi
    mkdir -p .build
    touch "$stamp.new"
    # Static: it runs where no Swift is installed. The exclusivity checks of every dependency cost a tenth of a request; the
    # tests run with them.
    with_progress "building the release executable" swift build -c release --product baton \
        --static-swift-stdlib -Xswiftc -enforce-exclusivity=unchecked
    mv "$stamp.new" "$stamp"
}
