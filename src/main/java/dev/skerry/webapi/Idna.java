package dev.skerry.webapi;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Domain names in ASCII as URLs want them: UTS #46 (https://www.unicode.org/reports/tr46/#Processing), not transitional, without STD3 rules, hyphens and
 * lengths unchecked, joiners and bidirectional text checked.
 *
 * <p>The mapping table is derived from the JDK's Unicode data by the rules of the report's section 7 instead of being carried along: NFKC_Casefold, what that leaves
 * as it is being valid but for controls, spaces and unassigned code points. Functions alone.
 */
final class Idna {
    private Idna() {}

    /** Empty when the domain is not one. */
    static Optional<String> toAscii(String domain) {
        StringBuilder mapped = new StringBuilder();
        domain.codePoints().forEach(point -> mapped.append(map(point)));
        List<String> labels =
                Arrays.asList(Normalizer.normalize(mapped, Normalizer.Form.NFC).split("\\.", -1));
        for (int i = 0; i < labels.size(); i++) {
            String label = labels.get(i);
            if (label.startsWith("xn--")) {
                Optional<String> decoded = Punycode.decode(label.substring(4));
                if (!isAscii(label) || decoded.isEmpty() || isAscii(decoded.get())) {
                    return Optional.empty();
                }
                labels.set(i, decoded.get());
            }
        }
        boolean bidirectional = labels.stream().anyMatch(IdnaLabel::isRightToLeft);
        for (int i = 0; i < labels.size(); i++) {
            String label = labels.get(i);
            if (!new IdnaLabel(label).valid(bidirectional)) {
                return Optional.empty();
            }
            if (!isAscii(label)) {
                labels.set(i, "xn--" + Punycode.encode(label));
            }
        }
        return Optional.of(String.join(".", labels));
    }

    /** What a code point is mapped to: itself, others, or nothing. One that is not valid stays as it is. */
    private static String map(int point) {
        if (isDeviation(point)) {
            return Character.toString(point);
        }
        if (isIgnored(point)) {
            return "";
        }
        return switch (point) {
            case 0x1E9E -> "\u00DF";
            case 0x3002, 0xFF0E, 0xFF61 -> ".";
            default -> {
                String mapped = nfkcCasefold(point);
                yield mapped.indexOf('.') >= 0 || mapped.indexOf(0x3002) >= 0 ? Character.toString(point) : mapped;
            }
        };
    }

    /** Whether a code point may stand in a mapped label: case folding leaves it as it is, and it is assigned and visible. */
    static boolean valid(int point) {
        if (point < 0x80) {
            return point != '.' && !(point >= 'A' && point <= 'Z');
        }
        if (isDeviation(point)) {
            return true;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default ->
                !isIgnored(point) && !isExcluded(point) && nfkcCasefold(point).equals(Character.toString(point));
        };
    }

    /** Valid, though case folding would change or remove it. */
    private static boolean isDeviation(int point) {
        return point == 0xDF || point == 0x3C2 || point == 0x200C || point == 0x200D;
    }

    private static boolean isIgnored(int point) {
        return point == 0xAD
                || point == 0x34F
                || point == 0x115F
                || point == 0x1160
                || (point >= 0x17B4 && point <= 0x17B5)
                || (point >= 0x180B && point <= 0x180F)
                || point == 0x200B
                || (point >= 0x2060 && point <= 0x2064)
                || (point >= 0x206A && point <= 0x206F)
                || point == 0x3164
                || (point >= 0xFE00 && point <= 0xFE0F)
                || point == 0xFEFF
                || point == 0xFFA0
                || (point >= 0x1BCA0 && point <= 0x1BCA3)
                || (point >= 0x1D173 && point <= 0x1D17A)
                || (point >= 0xE0100 && point <= 0xE01EF);
    }

    /** The ideographic full stop, what describes ideographs, and replacement characters. */
    private static boolean isExcluded(int point) {
        return point == 0x3002
                || (point >= 0x2FF0 && point <= 0x2FFF)
                || point == 0x31EF
                || point == 0xFFFC
                || point == 0xFFFD;
    }

    /** https://www.unicode.org/versions/latest/core-spec/chapter-3/#G63737, without the removal of what is ignored. */
    private static String nfkcCasefold(int point) {
        String text = Character.toString(point);
        for (int round = 0; round < 2; round++) {
            StringBuilder folded = new StringBuilder();
            Normalizer.normalize(text, Normalizer.Form.NFKC).codePoints().forEach(each -> folded.append(fold(each)));
            text = Normalizer.normalize(folded, Normalizer.Form.NFKC);
        }
        return text;
    }

    /** Full case folding, which the JDK has not; each code point alone, so that no sigma is a final one. */
    private static String fold(int point) {
        if (point == 0x131 || (point >= 0x13A0 && point <= 0x13F5)) {
            return Character.toString(point);
        }
        if ((point >= 0xAB70 && point <= 0xABBF) || (point >= 0x13F8 && point <= 0x13FD)) {
            return Character.toString(Character.toUpperCase(point));
        }
        StringBuilder folded = new StringBuilder();
        Character.toString(point)
                .toUpperCase(Locale.ROOT)
                .codePoints()
                .forEach(each -> folded.append(Character.toString(each).toLowerCase(Locale.ROOT)));
        return folded.toString();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
