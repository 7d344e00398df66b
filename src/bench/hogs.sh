# Hogs: the p99 of hello under a steady load beside a worker that does no harm, while each hog's first events run beside it, and when the hog has been at it for a
# while, as it would be by someone who does not stop; and how the hog's events ended. All are sent in the same way, which costs a small machine something by
# itself, and gives way to all others: it is the server that is measured. `HOGS="loop read"` chooses some, HOG_SETTLES how many seconds a while is. The first two are
# measured in turn HOG_ROUNDS times, each time with a new hog, and their medians are given: the p99 of ten seconds hangs on a handful of moments.
# A hog is new to the server when it is measured, as far as its back-off goes, but another of its kind ran before: what the engine compiles once for both
# is done by then, as for hello.
bench_hogs() {
    local hog alone first later sender round rounds=${HOG_ROUNDS:-3}
    printf 'function delay() return 5 end\n' > "$out/paced.lua"
    warm skerry hello "$warmup"
    deploy_hog calm calm
    for hog in ${HOGS:-loop catch-all promises regex strings arrays logs timers read write echo slow-reader bigint}; do
        deploy_hog "$hog" warm-up
        beside "$hog" warm-up
        alone= first=
        for ((round = 1; round <= rounds; round++)); do
            sleep 3
            beside calm calm
            alone+="$p99 "
            deploy_hog "$hog" "hog$round"
            run_hog "$hog" "hog$round" &
            sender=$!
            hello_p99
            first+="$p99 "
            [ "$round" = "$rounds" ] || end_hog $sender
        done
        alone=$(median $alone) first=$(median $first)
        sleep "${HOG_SETTLES:-20}"
        hello_p99
        later=$p99
        end_hog $sender
        note "hogs: $(awk -v h="$hog" -v a="$alone" -v f="$first" -v t="$later" -v r="$rps" -v e="$errors" -v o="$(ended "hog$rounds-$hog")" \
            'BEGIN { printf "%-11s p99 of hello %5.2f ms beside none, %6.2f beside its first events (%5.1f times), %6.2f later (%5.1f times); %d requests/s, %d errors; %s", h, a, f, (a > 0 ? f / a : 0), t, (a > 0 ? t / a : 0), r, e, o }')"
    done
}

median() {
    printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"
}

hello_p99() {
    load skerry hello 8 "$seconds" -s "$out/paced.lua"
    [ "$errors" = 0 ] || failed=1
}

# beside NAME KIND: loads hello with the hog beside it.
beside() {
    run_hog "$1" "$2" &
    local sender=$!
    hello_p99
    end_hog $sender
}

end_hog() {
    kill "$1" 2> /dev/null || true
    wait "$1" 2> /dev/null || true
}

# deploy_hog NAME KIND: the service KIND-NAME; its worker may have a second of CPU time an event.
deploy_hog() {
    local metadata
    metadata=$(printf '{"main_module": "hog.js", "compatibility_date": "2026-01-01", "limits": {"cpu_ms": 1000}, "bindings": [{"type": "plain_text", "name": "HOG", "text": "%s"}]}' "$1")
    curl -sf -o /dev/null -X PUT -H "Authorization: Bearer $token" "http://127.0.0.1:$((port + 1))/client/v4/accounts/$account/workers/scripts/$2-$1" \
        -F "metadata=$metadata;type=application/json" -F "hog.js=@$root/src/bench/workers/hog.js;type=application/javascript+module" ||
        fail "$2-$1 could not be deployed"
}

# run_hog NAME KIND: sends it one request after the other until it is killed.
run_hog() {
    local curl= host=$2-$1
    trap '[ -z "$curl" ] || kill "$curl" 2> /dev/null; exit' TERM
    while :; do
        case $1 in
            read | echo) nice -n 19 head -c 99M /dev/zero | nice -n 19 curl -s -T - -o /dev/null -H "Host: $host.localhost" "$(url skerry "$host")" & ;;
            slow-reader) nice -n 19 curl -s --limit-rate 1k -o /dev/null -H "Host: $host.localhost" "$(url skerry "$host")" & ;;
            *) nice -n 19 curl -s -o /dev/null -H "Host: $host.localhost" "$(url skerry "$host")" & ;;
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
