package dev.skerry.kv;

import dev.skerry.binding.Body;
import dev.skerry.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/**
 * A process that writes to KV until it is killed: {@code CrashWriter FOLDER FIRST}. Numbers count up from {@code FIRST}; number n goes to a key of
 * its writer, and a line {@code n KEY} on standard output tells that it was acknowledged.
 */
final class CrashWriter {
    static final int WRITERS = 12;

    private CrashWriter() {}

    /** The value number n: the number, and as many bytes as its length says, all made from it. */
    static Bytes value(long number) {
        Random random = new Random(number);
        int size = switch (random.nextInt(10)) {
            case 0 -> random.nextInt(700_000);
            case 1, 2 -> random.nextInt(20_000);
            default -> random.nextInt(700);
        };
        byte[] bytes = new byte[8 + size];
        random.nextBytes(bytes);
        ByteBuffer.wrap(bytes).putLong(number);
        return Bytes.wrap(bytes);
    }

    static long number(Bytes value) {
        return ByteBuffer.wrap(value.array()).getLong();
    }

    static String key(long number) {
        // Each writer has two keys, so that values are overwritten and their contents swept.
        return "key" + number % (2 * WRITERS);
    }

    public static void main(String[] arguments) throws InterruptedException {
        TestKv kv = new TestKv(Path.of(arguments[0]), "skerry.kv.sweep-interval=0.02S");
        long first = Long.parseLong(arguments[1]);
        Keyspace keyspace = kv.namespace("crash");
        var plain = kv.kv.attributes(Optional.empty(), Optional.empty(), Optional.empty());
        for (int writer = 0; writer < WRITERS; writer++) {
            long start = first + writer;
            Thread.ofPlatform().start(() -> {
                for (long number = start; ; number += WRITERS) {
                    long now = number;
                    kv.kv.put(
                                    keyspace,
                                    key(now),
                                    new Body.Bytes(ByteBuffer.wrap(value(now).array())),
                                    plain)
                            .join();
                    byte[] line = (now + " " + key(now) + "\n").getBytes(StandardCharsets.UTF_8);
                    synchronized (System.out) {
                        System.out.write(line, 0, line.length);
                        System.out.flush();
                    }
                }
            });
        }
        new CountDownLatch(1).await();
    }
}
