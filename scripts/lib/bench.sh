# Sourced by scripts/bench: starting the servers, loading them, reading their CPU time, the table.
# A bench calls `compare`, or `warm` and `measure` for what only one of the servers has.

port=${BENCH_PORT:-18780} # and the ones that follow it
out=$root/target/bench
declare -A pid=() address=()
failed=0
# Of the admin API, which some benches use.
token=the-token-of-the-bench
account=00000000000000000000000000000bec

# Gets the tools, starts both servers and waits until they answer.
prepare() {
    need wrk wrk
    need curl curl
    mkdir -p "$out"
    need_workerd
    trap stop EXIT
    rm -rf "$out/data"
    : > "$out/rows.tsv"
    : > "$out/notes.txt"
    SKERRY_ADMIN_TOKEN=$token SKERRY_ACCOUNT_ID=$account SKERRY_DATA=$out/data SKERRY_LISTEN_WORKERS=127.0.0.1:$port SKERRY_LISTEN_ADMIN=127.0.0.1:$((port + 1)) \
        "$root/scripts/skerry" serve --config "$root/src/bench/skerry.yaml" > "$out/skerry.log" 2>&1 &
    pid[skerry]=$!
    "$workerd" serve "$root/src/bench/workerd.capnp" --socket-addr "hello=127.0.0.1:$((port + 2))" --socket-addr "gateway=127.0.0.1:$((port + 3))" --socket-addr "rpc=127.0.0.1:$((port + 5))" > "$out/workerd.log" 2>&1 &
    pid[workerd]=$!
    await skerry hello
    await workerd hello
}

stop() {
    local server
    for server in "${!pid[@]}"; do kill "${pid[$server]}" 2> /dev/null || true; done
    wait 2> /dev/null || true
}

# url SERVER SERVICE: where the service of that name answers; Skerry tells services apart by the Host header.
url() {
    case $1/$2 in
        skerry/*) echo "http://127.0.0.1:$port/" ;;
        workerd/hello) echo "http://127.0.0.1:$((port + 2))/" ;;
        workerd/gateway) echo "http://127.0.0.1:$((port + 3))/" ;;
        workerd/rpc) echo "http://127.0.0.1:$((port + 5))/" ;;
        miniflare/*) echo "http://127.0.0.1:${address[miniflare]}/" ;;
        *) fail "workerd.capnp has no socket for $2" ;;
    esac
}

# await SERVER SERVICE [HEADER OPTIONS]: until it answers 200, a minute at most.
await() {
    local server=$1 service=$2 tries
    shift 2
    for ((tries = 0; tries < 300; tries++)); do
        kill -0 "${pid[$server]}" 2> /dev/null || fail "$server ended: $(tail -5 "$out/$server.log")"
        if curl -sf -m 5 -o /dev/null -H "Host: $service.localhost" "$@" "$(url "$server" "$service")"; then return; fi
        sleep 0.2
    done
    fail "$server does not answer for $service, see $out/$server.log"
}

# CPU time in microseconds that a server and its children have had so far.
cpu() {
    local todo=("${pid[$1]}") ticks=0 process stat
    while [ ${#todo[@]} -gt 0 ]; do
        process=${todo[0]}
        todo=("${todo[@]:1}")
        # After the command's closing parenthesis: utime, stime, cutime and cstime are the 12th to the 15th.
        stat=$(cat "/proc/$process/stat" 2> /dev/null) || continue
        stat=${stat##*) }
        ticks=$(awk -v t="$ticks" '{print t + $12 + $13 + $14 + $15}' <<< "$stat")
        todo+=($(cat "/proc/$process"/task/*/children 2> /dev/null))
    done
    echo $((ticks * 1000000 / $(getconf CLK_TCK)))
}

# load SERVER SERVICE CONNECTIONS SECONDS [HEADER OPTIONS]: sets rps, p50, p99 (ms), per_request (CPU, us) and errors.
load() {
    local server=$1 service=$2 connections=$3 seconds=$4 before result
    shift 4
    before=$(cpu "$server")
    result=$(wrk -t1 -c"$connections" -d"${seconds}s" --latency -H "Host: $service.localhost" "$@" "$(url "$server" "$service")")
    read -r rps p50 p99 per_request errors < <(awk -v cpu=$(($(cpu "$server") - before)) '
        function ms(t) { return t ~ /us$/ ? t / 1000 : t ~ /ms$/ ? t + 0 : t ~ /m$/ ? t * 60000 : t * 1000 }
        $1 == "50%" { p50 = ms($2) }
        $1 == "99%" { p99 = ms($2) }
        / requests in / { requests = $1 }
        $1 == "Requests/sec:" { rps = $2 }
        /Non-2xx or 3xx responses:/ { errors += $NF }
        /Socket errors:/ { gsub(",", ""); errors += $4 + $6 + $8 + $10 }
        END { printf "%.0f %.2f %.2f %.1f %d\n", rps, p50, p99, requests ? cpu / requests : 0, errors }' <<< "$result")
}

# warm SERVER SERVICE SECONDS [HEADER OPTIONS]: first the answer is looked at, then it is loaded.
warm() {
    local server=$1 service=$2 seconds=$3
    shift 3
    await "$server" "$service" "$@"
    say "bench: warming $server, $service, ${seconds} s"
    load "$server" "$service" 64 "$seconds" "$@"
}

# measure SERVER SERVICE CONNECTIONS [HEADER OPTIONS]: loads and notes a row.
measure() {
    load "$1" "$2" "$3" "$seconds" "${@:4}"
    row "$2" "$3" "$1" "$rps" "$p50" "$p99" "$per_request" "$errors"
}

# row BENCH CONNECTIONS SERVER RPS P50 P99 CPU ERRORS
row() {
    say "bench: $1, $2 connections, $3: $4 requests/s, $7 us of CPU each"
    [ "$8" = 0 ] || [ "$3" != skerry ] || failed=1
    (IFS=$'\t' && echo "$*") >> "$out/rows.tsv"
}

# note LINE: kept below the table.
note() {
    say "bench: $1"
    echo "$1" >> "$out/notes.txt"
}

# compare SERVICE [--with SERVER] [HEADER OPTIONS]: on Skerry and another server (workerd) in turn, at each number of connections.
compare() {
    local service=$1 other=workerd c
    shift
    if [ "${1:-}" = --with ]; then
        other=$2
        shift 2
    fi
    warm skerry "$service" "$warmup" "$@"
    warm "$other" "$service" 5 "$@"
    for c in $connections; do
        measure skerry "$service" "$c" "$@"
        measure "$other" "$service" "$c" "$@"
    done
}

# Prints the rows as one table, Skerry's with the ratio to workerd's, and keeps it under the day's name.
report() {
    local table
    table=$out/$(date +%Y%m%d-%H%M%S)-$SKERRY_MODE.txt
    {
        echo "Skerry ($SKERRY_MODE) and workerd $workerd_version, $(nproc) cores, ${seconds} s each after ${warmup} s of warm-up, $(date +%F)"
        echo "Times the other: Skerry's requests/s over the other's, the other's CPU time per request over Skerry's."
        echo
        awk -F'\t' '
            function line(n) { printf "%-10s %5s  %-8s %10s %9s %9s %11s %7s  %s\n", n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9] }
            BEGIN { split("bench\tconns\tserver\trequests/s\tp50 ms\tp99 ms\tCPU us each\terrors\ttimes the other", head, "\t"); line(head) }
            { key = $1 SUBSEP $2; if ($3 == "skerry") { skerry[key] = 1; rps[key] = $4; cpu[key] = $7 } }
            { for (i = 1; i <= 8; i++) n[i] = $i
              n[9] = $3 != "skerry" && skerry[key] && $4 > 0 && cpu[key] > 0 ? sprintf("%.2f requests/s, %.2f CPU", rps[key] / $4, $7 / cpu[key]) : ""
              line(n) }' "$out/rows.tsv"
        echo
        cat "$out/notes.txt"
    } | tee "$table"
    say "bench: kept in ${table#"$root"/}"
    [ "$failed" = 0 ] || fail "Skerry did not answer some requests with success"
}
