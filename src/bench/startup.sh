# Start: how long the modules of a worker with npm packages in it take to evaluate in a fresh isolate, as the API says at each deployment. The first time
# the engine parses them, too; what follows is another isolate of the same code. No other server is asked.
bench_startup() {
    local package bundles times
    bundles=$("$root/scripts/lib/packages") || fail "there are no bundles of npm packages to start"
    for package in nanoid hono zod chanfana; do
        times=$(start_times "$bundles/$package.js" 10) || fail "$package could not be deployed"
        note "startup, $package, $(($(wc -c < "$bundles/$package.js") / 1000)) KB: $(awk '
            NR == 1 { first = $1; next } { rest[NR - 1] = $1 }
            END { n = asort_few(rest, NR - 1); printf "first %d ms, then a median of %d ms (%d to %d) in %d isolates", first, rest[int((n + 1) / 2)], rest[1], rest[n], n }
            function asort_few(a, n, i, j, t) { for (i = 2; i <= n; i++) for (j = i; j > 1 && a[j - 1] > a[j]; j--) { t = a[j]; a[j] = a[j - 1]; a[j - 1] = t } return n }' <<< "$times")"
    done
}

# start_times BUNDLE N: deploys it so often, and prints the milliseconds of each start.
start_times() {
    local n answer
    for ((n = 0; n < $2; n++)); do
        answer=$(curl -sf -m 60 -X PUT -H "Authorization: Bearer $token" \
            -F 'metadata={"main_module":"index.js","compatibility_date":"2026-01-01"};type=application/json' \
            -F "index.js=@$1;type=application/javascript+module;filename=index.js" \
            "http://127.0.0.1:$((port + 1))/client/v4/accounts/$account/workers/scripts/startup-$(basename "$1" .js)") || return 1
        sed -n 's/.*"startup_time_ms":\([0-9]*\).*/\1/p' <<< "$answer"
    done
}
