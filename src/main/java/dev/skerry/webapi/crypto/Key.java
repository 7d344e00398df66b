package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestError;
import java.util.Set;

/**
 * The inner side of a CryptoKey: what JavaScript holds in a private field and cannot look into. Immutable.
 *
 * @param algorithm the canonical name, {@code AES-GCM}
 */
record Key(String algorithm, boolean extractable, Set<Usage> usages, Material material) {
    Key {
        usages = Set.copyOf(usages);
    }

    /**
     * The material of a key that must be of this algorithm, usage and kind.
     *
     * @throws GuestError InvalidAccessError otherwise
     */
    <M extends Material> M material(String algorithm, Usage usage, Class<M> kind) {
        if (!this.algorithm.equals(algorithm)) {
            throw invalidAccess("The key is for " + this.algorithm + "; the operation asks for " + algorithm + ".");
        }
        if (!usages.contains(usage)) {
            throw invalidAccess("The key's usages do not include '" + usage.text + "'.");
        }
        return material(kind);
    }

    <M extends Material> M material(Class<M> kind) {
        if (!kind.isInstance(material)) {
            throw invalidAccess("A " + material.type() + " key cannot be used for this.");
        }
        return kind.cast(material);
    }

    private static GuestError invalidAccess(String message) {
        return new GuestError("InvalidAccessError", message);
    }
}
