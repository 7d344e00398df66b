# Sourced by the scripts: the root of the tree, and what was built of the program.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

say() { printf '%s\n' "$*" >&2; }
fail() {
    say "${0##*/}: $*"
    exit 1
}

# Prints the executable or the jar to start, the newer where both were built; SKERRY_MODE=native or jvm chooses.
program() {
    local native jar=$root/target/quarkus-app/quarkus-run.jar
    native=$(compgen -G "$root/target/skerry-*-runner" || true)
    case ${SKERRY_MODE:-} in
        native) jar= ;;
        jvm) native= ;;
        '') ;;
        *) fail "SKERRY_MODE is '$SKERRY_MODE': native and jvm are the choices" ;;
    esac
    if [ -x "$native" ] && { [ ! -f "$jar" ] || [ "$native" -nt "$jar" ]; }; then
        echo "$native"
    elif [ -f "$jar" ]; then
        echo "$jar"
    fi
}

# need WHAT PACKAGE: has Debian's PACKAGE installed where the command or file WHAT is missing and this runs as root.
need() {
    if command -v "$1" > /dev/null || [ -e "$1" ]; then return; fi
    [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null || fail "$1 is missing; install it (Debian: apt-get install $2)"
    say "${0##*/}: $1 is missing, installing Debian's package $2"
    { DEBIAN_FRONTEND=noninteractive apt-get -qq install -y "$2" || { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y "$2"; }; } > /dev/null ||
        fail "Debian's package $2 could not be installed"
}

# Prints what the tests of the last Maven run came to, unit and integration tests together, as its reports say; a test that
# failed and then passed when it was run again is named.
tally() {
    local reports=("$root"/target/surefire-reports/TEST-*.xml "$root"/target/failsafe-reports/TEST-*.xml)
    awk '
        /^ *<testcase / { tests++; match($0, /classname="[^"]*"/); class = substr($0, RSTART + 11, RLENGTH - 12); match($0, / name="[^"]*"/); name = substr($0, RSTART + 7, RLENGTH - 8) }
        /^ *<(failure|error)[ >]/ { failed++ }
        /^ *<skipped/ { skipped++ }
        /^ *<flaky(Failure|Error)[ >]/ { flaky++; print "failed at first: " class "." name }
        END { printf "%d passed, %d failed, %d skipped%s\n", tests - failed - skipped, failed, skipped, flaky ? ", " flaky " failed at first" : "" }' $(ls "${reports[@]}" 2> /dev/null)
}
