package dev.skerry.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.model.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process under writes with SIGKILL, again and again on the same data, and looks at what is left: every acknowledged write, and no half of any.
 * {@code scripts/crash N} runs N rounds.
 */
class CrashTest {
    private static final int ROUNDS = Integer.getInteger("skerry.crash.rounds", 4);

    /** How many writes a round acknowledges before it may be killed. */
    private static final long ENOUGH = 20;

    @TempDir
    Path temp;

    /** The last acknowledged number of each key. */
    private final Map<String, Long> acknowledged = new HashMap<>();

    private final Random random = new Random();
    private long writes;

    @Test
    void aKillAtAnyMomentLosesNoAcknowledgedWriteAndHalvesNone() throws IOException, InterruptedException {
        long first = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            first = 24 * (1 + writeAndKill(first) / 24);
            check();
            System.out.println("Crash round " + round + " of " + ROUNDS + ": " + writes
                    + " acknowledged writes so far, all there and whole");
        }
        assertThat(writes).isGreaterThanOrEqualTo(ENOUGH * ROUNDS);
    }

    /** Returns the highest number that may have been written. */
    private long writeAndKill(long first) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long highest = first;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            assertThat(line).as("the first acknowledgement").isNotNull();
            @Nullable Thread killer = null;
            for (int read = 1; line != null; line = lines.readLine(), read++) {
                if (read > ENOUGH && killer == null) {
                    // From here on, at a moment that nobody chose.
                    killer = Thread.ofPlatform().start(() -> kill(process, random.nextInt(1500)));
                }
                // The last line may be cut by the kill; then its number is not known, and nor is the acknowledgement.
                String[] parts = line.split(" ", -1);
                if (parts.length == 2
                        && CrashWriter.key(Long.parseLong(parts[0])).equals(parts[1])) {
                    long number = Long.parseLong(parts[0]);
                    acknowledged.merge(parts[1], number, Math::max);
                    highest = Math.max(highest, number);
                    writes++;
                }
            }
            if (killer == null) {
                throw new AssertionError("The process ended by itself");
            }
            killer.join();
        }
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        return highest + 2L * CrashWriter.WRITERS;
    }

    private List<String> command(long first) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(CrashWriter.class.getName(), temp.toString(), Long.toString(first)));
        return command;
    }

    /** By its handle: {@link Process#destroyForcibly()} would close the output that is still being read. */
    private static void kill(Process process, int afterMillis) {
        try {
            if (!process.waitFor(afterMillis, TimeUnit.MILLISECONDS)) {
                process.toHandle().destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.toHandle().destroyForcibly();
        }
    }

    private void check() {
        try (TestKv kv = new TestKv(temp)) {
            assertThat(kv.store.database.<String>read(session -> session.first("PRAGMA quick_check", row -> row.text(0))
                            .orElseThrow()))
                    .isEqualTo("ok");
            Keyspace keyspace = kv.kv.keyspace("crash");
            acknowledged.forEach((key, number) -> {
                Bytes value = kv.value(keyspace, key).orElseThrow(() -> new AssertionError(key + " is lost"));
                long found = CrashWriter.number(value);
                assertThat(found).as("the last write of %s", key).isGreaterThanOrEqualTo(number);
                assertThat(CrashWriter.key(found)).isEqualTo(key);
                assertThat(value).as("write %d", found).isEqualTo(CrashWriter.value(found));
            });
            // What was being written is gone with a sweep: each content has its entry.
            kv.kv.sweep();
            assertThat(kv.rows("kv_content")).isEqualTo(kv.rows("kv_entry WHERE content IS NOT NULL"));
            assertThat(kv.rows("kv_chunk WHERE id / 128 NOT IN (SELECT id FROM kv_content)"))
                    .isZero();
        }
    }
}
