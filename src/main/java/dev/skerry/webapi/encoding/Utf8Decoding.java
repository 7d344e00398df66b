package dev.skerry.webapi.encoding;

import dev.skerry.webapi.Utf8;
import java.util.Arrays;

/** https://encoding.spec.whatwg.org/#utf-8-decoder */
final class Utf8Decoding extends Decoding {
    private static final byte[] NONE = {};

    /** The beginning of a character, at most 3 bytes. */
    private byte[] pending = NONE;

    Utf8Decoding(boolean fatal) {
        super("utf-8", fatal);
    }

    @Override
    String decode(byte[] bytes, boolean more) {
        byte[] all = bytes;
        if (pending.length > 0) {
            all = Arrays.copyOf(pending, pending.length + bytes.length);
            System.arraycopy(bytes, 0, all, pending.length, bytes.length);
        }
        int kept = more ? Utf8.incomplete(all, all.length) : 0;
        pending = kept == 0 ? NONE : Arrays.copyOfRange(all, all.length - kept, all.length);
        return Utf8.decode(all, 0, all.length - kept, fatal);
    }

    @Override
    void reset() {
        pending = NONE;
    }
}
