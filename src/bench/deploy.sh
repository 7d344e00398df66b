# How long a change takes: from the first byte of an upload to the last of the new version's answer at its hostname, 50 times, on a server that is warm.
bench_deploy() {
    warm skerry hello "$warmup"
    deploy_times 20 > /dev/null
    deploy_times 50 > "$out/deploy.tsv"
    note "deploy: 50 deployments, upload to live answer: p50 $(percentile 50 3) ms, p99 $(percentile 99 3) ms; the upload alone p50 $(percentile 50 1) ms, the first answer p50 $(percentile 50 2) ms; load of the machine $(cut -d' ' -f1 /proc/loadavg)"
}

# deploy_times N: so many versions of one worker, each with another answer; prints the milliseconds of upload, first answer and both, a line each.
deploy_times() {
    local api=http://127.0.0.1:$((port + 1))/client/v4/accounts/$account/workers/scripts/deployed i answer
    for ((i = 1; i <= $1; i++)); do
        answer=$i.$RANDOM
        echo "export default { fetch() { return new Response('$answer'); } };" > "$out/deploy.js"
        # One curl, so that starting it is not measured between the two.
        curl -sf -X PUT -H "Authorization: Bearer $token" -F 'metadata={"main_module":"deploy.js","compatibility_date":"2026-01-01"};type=application/json' \
            -F "deploy.js=@$out/deploy.js;type=application/javascript+module" -o "$out/deploy.json" -w '%{time_total}\n' "$api" \
            --next -sf -H 'Host: deployed.localhost' -o "$out/deploy.txt" -w '%{time_total}\n' "http://127.0.0.1:$port/" > "$out/deploy.times" || fail "a deployment failed: $(cat "$out/deploy.json")"
        [ "$(cat "$out/deploy.txt")" = "$answer" ] || fail "the answer after deployment $i was '$(cat "$out/deploy.txt")', not '$answer'"
        awk '{ sum += $1 * 1000; printf "%.1f ", $1 * 1000 } END { printf "%.1f\n", sum }' "$out/deploy.times"
    done
}

# percentile P COLUMN: of deploy.tsv.
percentile() {
    sort -n -k "$2,$2" "$out/deploy.tsv" | awk -v p="$1" -v column="$2" '{ line[NR] = $column } END { print line[int((NR * p + 99) / 100)] }'
}
