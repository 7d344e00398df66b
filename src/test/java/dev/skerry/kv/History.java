package dev.skerry.kv;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What was done to one register, and whether it is linear: whether each operation can be given a moment between its call and its answer such that every
 * read gives the value that was written last before it. Each value is written once. Thread-safe while it is recorded.
 *
 * <p>The operations of one value (its write and the reads that gave it) form a zone: from the first answer to the last call among them. If the answer
 * comes first, the register must have held the value all that time (a forward zone); else there is a moment in which they all were under way (a
 * backward zone). A history with unique values is linear exactly if no read ends before its write begins, no two forward zones overlap, and
 * no backward zone lies within a forward one (Gibbons and Korach, Testing Shared Memories, 1997).
 */
public final class History {
    private record Operation(boolean write, String value, long called, long answered) {}

    private record Zone(String value, long firstAnswer, long lastCall) {
        boolean forward() {
            return firstAnswer < lastCall;
        }

        long start() {
            return Math.min(firstAnswer, lastCall);
        }

        long end() {
            return Math.max(firstAnswer, lastCall);
        }
    }

    private final Collection<Operation> operations = new ConcurrentLinkedQueue<>();

    /** Times are {@link System#nanoTime()} before the call and after the answer. */
    public void wrote(String value, long called, long answered) {
        operations.add(new Operation(true, value, called, answered));
    }

    public void read(String value, long called, long answered) {
        operations.add(new Operation(false, value, called, answered));
    }

    public int size() {
        return operations.size();
    }

    /** Why it is not linear; empty if it is. */
    public Optional<String> flaw() {
        Map<String, Operation> writes = new HashMap<>();
        Map<String, Zone> zones = new HashMap<>();
        for (Operation operation : operations) {
            if (operation.write()) {
                writes.put(operation.value(), operation);
            }
            zones.merge(
                    operation.value(),
                    new Zone(operation.value(), operation.answered(), operation.called()),
                    (a, b) -> new Zone(
                            a.value(),
                            Math.min(a.firstAnswer(), b.firstAnswer()),
                            Math.max(a.lastCall(), b.lastCall())));
        }
        for (Operation operation : operations) {
            Operation write = writes.get(operation.value());
            if (write == null) {
                return Optional.of("'" + operation.value() + "' was read and never written");
            }
            if (operation.answered() < write.called()) {
                return Optional.of("'" + operation.value() + "' was read before it was written");
            }
        }
        return clash(List.copyOf(zones.values()));
    }

    private static Optional<String> clash(List<Zone> zones) {
        List<Zone> forward =
                new ArrayList<>(zones.stream().filter(Zone::forward).toList());
        forward.sort(java.util.Comparator.comparingLong(Zone::start));
        for (int i = 1; i < forward.size(); i++) {
            if (forward.get(i).start() < forward.get(i - 1).end()) {
                return Optional.of("'" + forward.get(i - 1).value() + "' and '"
                        + forward.get(i).value() + "' were both there at the same time");
            }
        }
        for (Zone zone : zones) {
            for (Zone around : forward) {
                if (!zone.forward() && around.start() < zone.start() && zone.end() < around.end()) {
                    return Optional.of("'" + zone.value() + "' was written while '" + around.value() + "' stayed");
                }
            }
        }
        return Optional.empty();
    }
}
