package dev.skerry.webapi.crypto;

import java.util.EnumSet;
import java.util.Set;

/** KeyUsage of the specification, in its order; the guest half speaks of a set of them as a bit mask in this order. */
enum Usage {
    ENCRYPT("encrypt"),
    DECRYPT("decrypt"),
    SIGN("sign"),
    VERIFY("verify"),
    DERIVE_KEY("deriveKey"),
    DERIVE_BITS("deriveBits"),
    WRAP_KEY("wrapKey"),
    UNWRAP_KEY("unwrapKey");

    final String text;

    Usage(String text) {
        this.text = text;
    }

    static Set<Usage> fromMask(int mask) {
        Set<Usage> usages = EnumSet.noneOf(Usage.class);
        for (Usage usage : values()) {
            if ((mask & 1 << usage.ordinal()) != 0) {
                usages.add(usage);
            }
        }
        return usages;
    }
}
