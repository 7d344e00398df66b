# KV: a worker that reads one key per request and one that writes one, beside miniflare; then two million keys, listed page by page.
bench_kv() {
    start_miniflare
    local server
    for server in skerry miniflare; do
        await $server kv-write
        curl -sf -o /dev/null -H 'Host: kv-write.localhost' "$(url $server kv-write)seed" || fail "$server stored no key to read"
    done
    compare hello
    compare kv-read --with miniflare
    local before after c
    warm skerry kv-write "$warmup"
    warm miniflare kv-write 5
    for c in $connections; do
        before=$(commits)
        measure skerry kv-write "$c"
        after=$(commits)
        note "kv-write, $c connections: $(awk -v b="$before" -v a="$after" -v s="$seconds" \
            'BEGIN { split(b, x); split(a, y); printf "%d units of work in %d commits, each one fsync of the log: %.0f a second, %.1f units each", y[1] - x[1], y[2] - x[2], (y[2] - x[2]) / s, (y[1] - x[1]) / (y[2] - x[2]) }')"
        measure miniflare kv-write "$c"
    done
    many_keys 2000000
}

miniflare_version=4.20260426.0
start_miniflare() {
    local folder=$out/miniflare-$miniflare_version
    need node nodejs
    if [ ! -d "$folder/node_modules/miniflare" ]; then
        need npm npm
        say "bench: fetching miniflare $miniflare_version"
        npm install --silent --no-save --no-audit --no-fund --prefix "$folder" "miniflare@$miniflare_version" || fail "npm could not install miniflare $miniflare_version"
    fi
    rm -rf "$out/miniflare-data"
    CI=1 node "$root/src/bench/miniflare.mjs" "$folder/node_modules/miniflare/dist/src/index.js" $((port + 4)) "$out/miniflare-data" > "$out/miniflare.log" 2>&1 &
    pid[miniflare]=$!
    address[miniflare]=$((port + 4))
}

# Units of work and commits of Skerry's store so far.
commits() {
    curl -sf "http://127.0.0.1:$((port + 1))/q/metrics" | awk '/^skerry_store_units/ { u = $2 } /^skerry_store_commits/ { c = $2 } END { printf "%d %d", u, c }'
}

# many_keys N: puts so many keys over the admin API, then lists them all, a thousand a page.
many_keys() {
    local namespaces=http://127.0.0.1:$((port + 1))/client/v4/accounts/$account/storage/kv/namespaces id from began cursor= page=0 count
    id=$(api -X POST -d '{"title":"many"}' "$namespaces" | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/')
    say "bench: putting $1 keys"
    began=$(date +%s)
    for ((from = 0; from < $1; from += 10000)); do
        awk -v from="$from" 'BEGIN { printf "["; for (i = from; i < from + 10000; i++) printf "%s{\"key\":\"user:%08d\",\"value\":\"%064d\"}", (i > from ? "," : ""), i, i; print "]" }' |
            api -o /dev/null -X PUT --data-binary @- "$namespaces/$id/bulk" || fail "a bulk put failed"
    done
    note "many keys: $1 keys of 64-byte values put over the admin API in $(($(date +%s) - began)) s"
    : > "$out/pages.tsv"
    while :; do
        curl -sf -H "Authorization: Bearer $token" -o "$out/page.json" -w '%{time_total}\n' "$namespaces/$id/keys?prefix=user%3A&limit=1000&cursor=$cursor" >> "$out/pages.tsv" || fail "a page failed"
        page=$((page + 1))
        cursor=$(tail -c 200 "$out/page.json" | sed 's/.*"cursor":"\([^"]*\)".*/\1/')
        [ -n "$cursor" ] || break
    done
    count=$(((page - 1) * 1000 + $(grep -o '"name"' "$out/page.json" | wc -l)))
    [ "$count" = "$1" ] || fail "$count keys were listed, not $1"
    note "many keys: $page pages listed with prefix and cursor; $(awk -v pages=$page '
        { tenth = int((NR - 1) * 10 / pages); sum[tenth] += $1 * 1000; n[tenth]++ }
        END { printf "mean ms a page, by tenths:"; for (i = 0; i < 10; i++) printf " %.1f", sum[i] / n[i] }' "$out/pages.tsv")"
    note "many keys: database $(du -m "$out/data/skerry.db" | cut -f1) MB, log $(du -m "$out/data/skerry.db-wal" | cut -f1) MB, memory of the server $(awk '/^VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/${pid[skerry]}/status") MB"
}

api() { curl -sf -H "Authorization: Bearer $token" -H 'Content-Type: application/json' "$@"; }
