package dev.skerry.webapi.crypto;

import java.util.EnumSet;
import java.util.Set;

/** KeyUsage of the specification. The guest half names one by its bit, and a set of them by the sum. */
enum Usage {
    ENCRYPT("encrypt", 1),
    DECRYPT("decrypt", 2),
    SIGN("sign", 4),
    VERIFY("verify", 8),
    DERIVE_KEY("deriveKey", 16),
    DERIVE_BITS("deriveBits", 32),
    WRAP_KEY("wrapKey", 64),
    UNWRAP_KEY("unwrapKey", 128);

    final String text;
    private final int bit;

    Usage(String text, int bit) {
        this.text = text;
        this.bit = bit;
    }

    static Usage of(int bit) {
        for (Usage usage : values()) {
            if (usage.bit == bit) {
                return usage;
            }
        }
        throw new IllegalArgumentException("No key usage has the bit " + bit);
    }

    static Set<Usage> fromMask(int mask) {
        Set<Usage> usages = EnumSet.noneOf(Usage.class);
        for (Usage usage : values()) {
            if ((mask & usage.bit) != 0) {
                usages.add(usage);
            }
        }
        return usages;
    }

    /** Encryption or wrapping, rather than its reverse. */
    boolean encrypts() {
        return this == ENCRYPT || this == WRAP_KEY;
    }
}
