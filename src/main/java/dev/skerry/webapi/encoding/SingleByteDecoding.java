package dev.skerry.webapi.encoding;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The single-byte encodings and x-user-defined (https://encoding.spec.whatwg.org/#legacy-single-byte-encodings). */
final class SingleByteDecoding extends Decoding {
    private static final Map<String, char[]> INDEXES = new ConcurrentHashMap<>();

    /** Where the JDK's charset has another name, or is only alike. */
    private static final Map<String, String> CHARSETS = Map.of(
            "iso-8859-8-i", "iso-8859-8",
            "macintosh", "x-MacRoman",
            "windows-874", "x-windows-874",
            "x-mac-cyrillic", "x-MacUkraine");

    /** The JDK has no charset for these; their characters from 0xA0 on. */
    private static final Map<String, String> OWN = Map.of(
            "iso-8859-10",
            "\u00a0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00adŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ",
            "iso-8859-14",
            "\u00a0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00ad®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ");

    /** The characters of 0x80 to 0xFF; U+FFFD for a byte that has none. */
    private final char[] index;

    SingleByteDecoding(String encoding, boolean fatal) {
        super(encoding, fatal);
        this.index = INDEXES.computeIfAbsent(encoding, SingleByteDecoding::index);
    }

    @Override
    String decode(byte[] bytes, boolean more) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte next : bytes) {
            char character = next >= 0 ? (char) next : index[next & 0x7F];
            if (character == REPLACEMENT) {
                wrong(text);
            } else {
                text.append(character);
            }
        }
        return text.toString();
    }

    @Override
    void reset() {}

    private static char[] index(String encoding) {
        char[] index = new char[128];
        if (encoding.equals("x-user-defined")) {
            for (int i = 0; i < 128; i++) {
                index[i] = (char) (0xF780 + i);
            }
            return index;
        }
        byte[] bytes = new byte[128];
        for (int i = 0; i < 128; i++) {
            bytes[i] = (byte) (0x80 + i);
        }
        String own = OWN.get(encoding);
        String text = own != null
                ? new String(bytes, 0, 32, StandardCharsets.ISO_8859_1) + own
                : new String(bytes, Charset.forName(CHARSETS.getOrDefault(encoding, encoding)));
        text.getChars(0, 128, index, 0);
        for (int i = 0; i < 32; i++) {
            if (index[i] == REPLACEMENT) {
                index[i] = (char) (0x80 + i);
            }
        }
        correct(encoding, index);
        return index;
    }

    private static void correct(String encoding, char[] index) {
        switch (encoding) {
            case "koi8-u" -> {
                index[0x2E] = 'ў';
                index[0x3E] = 'Ў';
            }
            case "windows-1255" -> index[0x4A] = '\u05BA';
            case "x-mac-cyrillic" -> {
                index[0x22] = 'Ґ';
                index[0x36] = 'ґ';
                index[0x7F] = '€';
            }
            default -> {}
        }
    }
}
