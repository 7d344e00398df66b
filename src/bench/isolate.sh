# A new isolate: the CPU time of the first request to each of many workers over that of the second, and on a JVM the heap that each keeps when idle; of the
# whole process, with what compiles and collects. Then what the isolate alone takes, stage by stage.
bench_isolate() {
    local count=200 i cold warm before after
    warm skerry hello "$warmup"
    for ((i = 0; i < 5; i++)); do
        deploy_workers $count
        [ $i = 4 ] || ask_workers $count > /dev/null
    done
    before=$(heap)
    cold=$(ask_workers $count)
    after=$(heap)
    warm=$(ask_workers $count)
    note "isolate: $(awk -v c="$cold" -v w="$warm" -v n=$count 'BEGIN { printf "%.2f ms of CPU for a new one (%.2f ms for its first request, %.2f for the next)", (c - w) / n / 1000, c / n / 1000, w / n / 1000 }')$(
        [ -z "$before" ] || awk -v b="$before" -v a="$after" -v n=$count 'BEGIN { printf ", %.0f KB of heap idle, its worker and its pool included", (a - b) / n }'), mean of $count"
    isolate_stages
}

# The stages of src/test/java/dev/skerry/runtime/IsolateBench.java, on the JVM.
isolate_stages() {
    local java line
    if [ ! -f "$root/target/quarkus-app/quarkus-run.jar" ] || [ ! -f "$root/target/test-classes/dev/skerry/runtime/IsolateBench.class" ]; then
        note "isolate: its stages are measured where ./mvnw package has built the jar and the tests"
        return
    fi
    java=$("$root/.mvn/find-jdk")/bin/java
    while IFS= read -r line; do note "$line"; done < <(cd "$root" && "$java" -XX:+UnlockExperimentalVMOptions -XX:+EnableJVMCI --upgrade-module-path=target/graal \
        --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:MaxRAMPercentage=25 -XX:ReservedCodeCacheSize=512m -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
        -cp "target/classes:target/test-classes:target/quarkus-app/lib/main/*:target/quarkus-app/lib/boot/*" dev.skerry.runtime.IsolateBench 2> "$out/isolate.log")
}

# deploy_workers N: a version of each of so many workers; each upload starts it once, which warms the server up.
deploy_workers() {
    local i
    echo 'export default { fetch(request) { return new Response(new URL(request.url).pathname); } };' > "$out/isolate.js"
    for ((i = 0; i < $1; i++)); do
        curl -sf -o "$out/isolate.json" -X PUT -H "Authorization: Bearer $token" -F 'metadata={"main_module":"isolate.js","compatibility_date":"2026-01-01"};type=application/json' \
            -F "isolate.js=@$out/isolate.js;type=application/javascript+module" \
            "http://127.0.0.1:$((port + 1))/client/v4/accounts/$account/workers/scripts/isolate$i" || fail "a deployment failed: $(cat "$out/isolate.json")"
    done
}

# ask_workers N: one request to each; prints the CPU time that took, in microseconds.
ask_workers() {
    local i before
    before=$(cpu skerry)
    for ((i = 0; i < $1; i++)); do
        [ $i = 0 ] || echo next
        printf 'url = "http://127.0.0.1:%d/"\nheader = "Host: isolate%d.localhost"\noutput = "%s"\nfail\nsilent\n' "$port" $i "$out/isolate.txt"
    done | curl -K - || fail "a worker did not answer"
    echo $(($(cpu skerry) - before))
}

# Kilobytes of heap in use after a full collection; nothing where there is no JVM to ask.
heap() {
    [ "$SKERRY_MODE" = jvm ] || return 0
    local jcmd
    jcmd=$("$root/.mvn/find-jdk")/bin/jcmd
    "$jcmd" "${pid[skerry]}" GC.run > /dev/null && "$jcmd" "${pid[skerry]}" GC.run > /dev/null
    "$jcmd" "${pid[skerry]}" GC.heap_info | sed -n 's/.*heap .*used \([0-9]*\)K.*/\1/p' | head -1
}
