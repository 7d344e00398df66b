package dev.skerry.manifest;

import java.util.Collection;
import java.util.Comparator;

/** Finds what someone may have meant. */
final class Spelling {
    private Spelling() {}

    /** {@code "; did you mean 'x'?"} when one of the known is near, else the list of them. */
    static String hint(String wrong, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparing((String candidate) -> distance(wrong, candidate)))
                .filter(nearest -> distance(wrong, nearest) <= Math.max(2, nearest.length() / 3))
                .map(nearest -> "; did you mean '" + nearest + "'?")
                .orElseGet(() -> known.isEmpty() ? "; there are none" : "; there are: " + String.join(", ", known));
    }

    /** Levenshtein's: how many characters to insert, delete or replace. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
