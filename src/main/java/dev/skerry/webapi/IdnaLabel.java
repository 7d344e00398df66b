package dev.skerry.webapi;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** A mapped label of a domain and its validity: https://www.unicode.org/reports/tr46/#Validity_Criteria. Immutable. */
record IdnaLabel(String text) {
    /** Scripts' viramas, after which a joiner may stand (RFC 5892, appendix A): the code points of canonical combining class 9. */
    private static final Pattern VIRAMA = Pattern.compile(
            "[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D3B\u0D3C\u0D4D\u0DCA\u0E3A\u0EBA\u0F84\u1039\u103A\u1714\u1715\u1734\u17D2\u1A60\u1B44\u1BAA\u1BAB\u1BF2\u1BF3\u2D7F\uA806\uA82C\uA8C4\uA953\uA9C0\uAAF6\uABED"
                    + "\\x{10A3F}\\x{11046}\\x{11070}\\x{1107F}\\x{110B9}\\x{11133}\\x{11134}\\x{111C0}\\x{11235}\\x{112EA}\\x{1134D}\\x{113CE}-\\x{113D0}\\x{11442}\\x{114C2}\\x{115BF}\\x{1163F}\\x{116B6}"
                    + "\\x{1172B}\\x{11839}\\x{1193D}\\x{1193E}\\x{119E0}\\x{11A34}\\x{11A47}\\x{11A99}\\x{11C3F}\\x{11D44}\\x{11D45}\\x{11D97}\\x{11F41}\\x{11F42}\\x{1612F}]");

    private static final Pattern RIGHT_JOINING = Pattern.compile(
            "[\u0622-\u0625\u0627\u0629\u062F-\u0632\u0648\u0671-\u0673\u0675-\u0677\u0688-\u0699\u06C0\u06C3-\u06CB\u06CD\u06CF\u06D2\u06D3\u06D5\u06EE\u06EF]");

    boolean valid(boolean bidirectional) {
        if (text.isEmpty()) {
            return true;
        }
        if (!Normalizer.isNormalized(text, Normalizer.Form.NFC) || text.startsWith("xn--")) {
            return false;
        }
        return switch (Character.getType(text.codePointAt(0))) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK -> false;
            default ->
                text.codePoints().allMatch(Idna::valid) && joinersInPlace() && (!bidirectional || directionsInOrder());
        };
    }

    /** Whether it makes its domain one of bidirectional text (RFC 5893, section 1.4). */
    static boolean isRightToLeft(String label) {
        return label.codePoints().anyMatch(point -> switch (Character.getDirectionality(point)) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                    Character.DIRECTIONALITY_ARABIC_NUMBER -> true;
            default -> false;
        });
    }

    /** RFC 5892, appendices A.1 and A.2. */
    private boolean joinersInPlace() {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\u200C' || c == '\u200D') {
                boolean afterVirama = i > 0
                        && VIRAMA.matcher(Character.toString(text.codePointBefore(i)))
                                .matches();
                if (!afterVirama && !(c == '\u200C' && betweenJoined(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Whether the letters around a non-joiner would join without it. The JDK knows no joining types: any letter of a cursive script stands for one that joins, but
     * for Arabic letters that join to the right alone.
     */
    private boolean betweenJoined(int at) {
        int before = at;
        int point;
        do {
            if (before == 0) {
                return false;
            }
            point = text.codePointBefore(before);
            before -= Character.charCount(point);
        } while (Character.getType(point) == Character.NON_SPACING_MARK);
        if (!isCursive(point)
                || RIGHT_JOINING.matcher(Character.toString(point)).matches()) {
            return false;
        }
        int after = at + 1;
        do {
            if (after == text.length()) {
                return false;
            }
            point = text.codePointAt(after);
            after += Character.charCount(point);
        } while (Character.getType(point) == Character.NON_SPACING_MARK);
        return isCursive(point);
    }

    private static boolean isCursive(int point) {
        return Character.isLetter(point)
                && switch (Character.UnicodeScript.of(point)) {
                    case ARABIC,
                            SYRIAC,
                            MANDAIC,
                            NKO,
                            MONGOLIAN,
                            PHAGS_PA,
                            MANICHAEAN,
                            ADLAM,
                            HANIFI_ROHINGYA,
                            SOGDIAN -> true;
                    default -> false;
                };
    }

    /** RFC 5893, section 2. */
    private boolean directionsInOrder() {
        byte first = Character.getDirectionality(text.codePointAt(0));
        boolean rightToLeft = first == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || first == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
        if (!rightToLeft && first != Character.DIRECTIONALITY_LEFT_TO_RIGHT) {
            return false;
        }
        boolean european = false;
        boolean arabic = false;
        byte last = first;
        for (int point : text.codePoints().toArray()) {
            byte direction = Character.getDirectionality(point);
            switch (direction) {
                case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> {
                    if (!rightToLeft) {
                        return false;
                    }
                }
                case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> {
                    if (rightToLeft) {
                        return false;
                    }
                }
                case Character.DIRECTIONALITY_ARABIC_NUMBER -> {
                    arabic = true;
                    if (!rightToLeft) {
                        return false;
                    }
                }
                case Character.DIRECTIONALITY_EUROPEAN_NUMBER -> european = true;
                case Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR,
                        Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR,
                        Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR,
                        Character.DIRECTIONALITY_OTHER_NEUTRALS,
                        Character.DIRECTIONALITY_BOUNDARY_NEUTRAL,
                        Character.DIRECTIONALITY_NONSPACING_MARK -> {}
                default -> {
                    return false;
                }
            }
            if (direction != Character.DIRECTIONALITY_NONSPACING_MARK) {
                last = direction;
            }
        }
        boolean ends = last == Character.DIRECTIONALITY_EUROPEAN_NUMBER
                || (rightToLeft
                        ? last == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                                || last == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
                                || last == Character.DIRECTIONALITY_ARABIC_NUMBER
                        : last == Character.DIRECTIONALITY_LEFT_TO_RIGHT);
        return ends && !(rightToLeft && european && arabic);
    }
}
