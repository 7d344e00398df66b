package dev.skerry.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The shortest way from one list of lines to another (E. Myers, An O(ND) Difference Algorithm and Its Variations, 1986): the furthest point that each
 * diagonal reaches with D edits, D growing; every round's points are kept, and the way is read off them backwards. Common beginnings and ends
 * are cut off first. Time and memory grow with the square of the edits, so there is a bound on them. Stateless.
 */
final class LineDiff {
    /** How many lines may come and go before a comparison is given up. */
    static final int MOST_EDITS = 2000;

    private LineDiff() {}

    /** Every line of both, in order; empty when more than {@link #MOST_EDITS} differ. */
    static Optional<List<VersionDiff.Line>> of(List<String> before, List<String> after) {
        int start = 0;
        int shorter = Math.min(before.size(), after.size());
        while (start < shorter && before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        List<String> from = before.subList(start, before.size() - end);
        List<String> to = after.subList(start, after.size() - end);
        List<int[]> rounds = rounds(from, to);
        if (rounds.isEmpty()) {
            return Optional.empty();
        }
        List<VersionDiff.Line> lines = new ArrayList<>();
        before.subList(0, start).forEach(text -> lines.add(new VersionDiff.Line(VersionDiff.Mark.SAME, text)));
        lines.addAll(way(from, to, rounds));
        before.subList(before.size() - end, before.size())
                .forEach(text -> lines.add(new VersionDiff.Line(VersionDiff.Mark.SAME, text)));
        return Optional.of(lines);
    }

    /** Round D holds, at k + D, how far into {@code from} diagonal k had come before it; the last is the one that arrives. Empty: given up. */
    private static List<int[]> rounds(List<String> from, List<String> to) {
        List<int[]> rounds = new ArrayList<>();
        int[] furthest = {0, 0, 0};
        for (int edits = 0; edits <= Math.min(MOST_EDITS, from.size() + to.size()); edits++) {
            rounds.add(furthest);
            int[] next = new int[2 * edits + 5];
            for (int k = -edits; k <= edits; k += 2) {
                int x = edits == 0
                        ? 0
                        : down(furthest, edits, k) ? at(furthest, edits, k + 1) : at(furthest, edits, k - 1) + 1;
                int y = x - k;
                while (x < from.size() && y < to.size() && from.get(x).equals(to.get(y))) {
                    x++;
                    y++;
                }
                next[k + edits + 2] = x;
                if (x >= from.size() && y >= to.size()) {
                    return rounds;
                }
            }
            furthest = next;
        }
        return List.of();
    }

    /** Whether round {@code edits} comes to diagonal k by a line of {@code to}. */
    private static boolean down(int[] furthest, int edits, int k) {
        return k == -edits || (k != edits && at(furthest, edits, k - 1) < at(furthest, edits, k + 1));
    }

    /** What the round before {@code edits} reached on diagonal k. */
    private static int at(int[] furthest, int edits, int k) {
        return furthest[k + edits + 1];
    }

    private static List<VersionDiff.Line> way(List<String> from, List<String> to, List<int[]> rounds) {
        List<VersionDiff.Line> lines = new ArrayList<>();
        int x = from.size();
        int y = to.size();
        for (int edits = rounds.size() - 1; edits >= 0; edits--) {
            int k = x - y;
            boolean down = edits > 0 && down(rounds.get(edits), edits, k);
            int startX =
                    edits == 0 ? 0 : down ? at(rounds.get(edits), edits, k + 1) : at(rounds.get(edits), edits, k - 1);
            int startY = edits == 0 ? 0 : down ? startX - k - 1 : startX - k + 1;
            int afterX = edits == 0 || down ? startX : startX + 1;
            while (x > afterX) {
                lines.add(new VersionDiff.Line(VersionDiff.Mark.SAME, from.get(--x)));
                y--;
            }
            if (edits > 0) {
                lines.add(
                        down
                                ? new VersionDiff.Line(VersionDiff.Mark.ADDED, to.get(startY))
                                : new VersionDiff.Line(VersionDiff.Mark.REMOVED, from.get(startX)));
            }
            x = startX;
            y = startY;
        }
        Collections.reverse(lines);
        return lines;
    }
}
