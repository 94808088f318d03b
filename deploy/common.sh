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
    say "installing ${wanted[*]}"
    "${root[@]}" apt-get update -qq >/dev/null
    # A service that the package would start is not wanted: Baton and its tests start their own.
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq "${wanted[@]}" >/dev/null
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
