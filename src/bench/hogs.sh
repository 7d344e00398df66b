# Hogs: the p99 of hello under a steady load, by itself and with each hog running beside it, and how the hog's events ended.
bench_hogs() {
    local hog alone beside
    printf 'function delay() return 5 end\n' > "$out/paced.lua"
    warm skerry hello "$warmup"
    for hog in ${HOGS:-loop catch-all promises regex strings arrays logs timers read write echo slow-reader bigint}; do
        deploy_hog "$hog"
        load skerry hello 8 "$seconds" -s "$out/paced.lua"
        alone=$p99
        run_hog "$hog" &
        local sender=$!
        sleep 1
        load skerry hello 8 "$seconds" -s "$out/paced.lua"
        beside=$p99
        kill "$sender" 2> /dev/null || true
        wait "$sender" 2> /dev/null || true
        note "hogs: $(awk -v h="$hog" -v a="$alone" -v b="$beside" -v r="$rps" -v e="$errors" -v o="$(ended "hog-$hog")" \
            'BEGIN { printf "%-11s p99 of hello %6.2f ms, %6.2f without: %4.1f times; %d requests/s, %d errors; %s", h, b, a, (a > 0 ? b / a : 0), r, e, o }')"
        [ "$errors" = 0 ] || failed=1
    done
}

# deploy_hog NAME: its worker may have a second of CPU time an event.
deploy_hog() {
    local metadata
    metadata=$(printf '{"main_module": "hog.js", "compatibility_date": "2026-01-01", "limits": {"cpu_ms": 1000}, "bindings": [{"type": "plain_text", "name": "HOG", "text": "%s"}]}' "$1")
    curl -sf -o /dev/null -X PUT -H "Authorization: Bearer $token" "http://127.0.0.1:$((port + 1))/client/v4/accounts/$account/workers/scripts/hog-$1" \
        -F "metadata=$metadata;type=application/json" -F "hog.js=@$root/src/bench/workers/hog.js;type=application/javascript+module" ||
        fail "hog-$1 could not be deployed"
}

# run_hog NAME: sends it one request after the other until it is killed.
run_hog() {
    local curl=
    trap '[ -z "$curl" ] || kill "$curl" 2> /dev/null; exit' TERM
    while :; do
        case $1 in
            read | echo) head -c 99M /dev/zero | curl -s -T - -o /dev/null -H "Host: hog-$1.localhost" "$(url skerry "hog-$1")" & ;;
            slow-reader) curl -s --limit-rate 1k -o /dev/null -H "Host: hog-$1.localhost" "$(url skerry "hog-$1")" & ;;
            *) curl -s -o /dev/null -H "Host: hog-$1.localhost" "$(url skerry "hog-$1")" & ;;
        esac
        curl=$!
        wait "$curl" || true
        sleep 0.05
    done
}

# ended SERVICE: how its events ended so far, and how many were refused.
ended() {
    curl -sf "http://127.0.0.1:$((port + 1))/q/metrics" | awk -v service="service=\"$1\"" '
        /^skerry_worker_(events_seconds_count|refused_total)/ && index($0, service) {
            match($0, /outcome="[A-Za-z]+"/)
            outcome = substr($0, RSTART + 9, RLENGTH - 10)
            sum[/refused/ ? "refused (" outcome ")" : outcome] += $NF
        }
        END { for (outcome in sum) printf "%s%d %s", n++ ? ", " : "", sum[outcome], outcome; if (!n) printf "none ended yet" }'
}
