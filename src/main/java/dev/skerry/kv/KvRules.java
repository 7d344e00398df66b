package dev.skerry.kv;

import dev.skerry.store.KvTable;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What KV accepts: https://developers.cloudflare.com/kv/platform/limits/. Each check throws a {@link KvException}. Functions alone. */
public final class KvRules {
    /** The longest key, in bytes of UTF-8. */
    public static final int MAX_KEY = 512;

    /** The largest value, in bytes. */
    public static final int MAX_VALUE = 25 << 20;

    /** The longest metadata, in bytes of JSON. */
    public static final int MAX_METADATA = 1024;

    /** Keys of one listing. */
    public static final int MAX_LIST = 1000;

    /** Keys that can be read at once. */
    public static final int MAX_KEYS = 100;

    /** The shortest life of a key, in seconds. */
    public static final int MIN_TTL = 60;

    /** The least {@code cacheTtl}, in seconds. */
    public static final int MIN_CACHE_TTL = 30;

    private KvRules() {}

    public static void checkKey(String key) {
        if (key.isEmpty()) {
            throw new KvException(400, "Key names must not be empty");
        }
        if (key.equals(".") || key.equals("..")) {
            throw new KvException(400, "Illegal key name \"" + key + "\". Please use a different name.");
        }
        checkLength(key);
    }

    /** A key, or the prefix of keys. */
    static void checkLength(String key) {
        if (key.length() * 3 > MAX_KEY) {
            int length = key.getBytes(StandardCharsets.UTF_8).length;
            if (length > MAX_KEY) {
                throw new KvException(
                        414, "UTF-8 encoded length of " + length + " exceeds key length limit of " + MAX_KEY + ".");
            }
        }
    }

    static void checkValue(long length) {
        if (length > MAX_VALUE) {
            throw new KvException(413, "Value length of " + length + " exceeds limit of " + MAX_VALUE + ".");
        }
    }

    /**
     * When an entry expires, in seconds since 1970; {@link KvTable#NEVER} if neither is given.
     *
     * @param ttl seconds from {@code now} on; it goes before {@code expiration}
     */
    static long expires(Optional<Long> expiration, Optional<Long> ttl, long now) {
        if (ttl.isPresent()) {
            if (ttl.get() <= 0) {
                throw new KvException(
                        400, "Invalid expiration_ttl of " + ttl.get() + ". Please specify integer greater than 0.");
            }
            if (ttl.get() < MIN_TTL) {
                throw new KvException(
                        400,
                        "Invalid expiration_ttl of " + ttl.get() + ". Expiration TTL must be at least " + MIN_TTL
                                + ".");
            }
            return now + ttl.get();
        }
        if (expiration.isEmpty()) {
            return KvTable.NEVER;
        }
        if (expiration.get() <= now) {
            throw new KvException(
                    400,
                    "Invalid expiration of " + expiration.get()
                            + ". Please specify integer greater than the current number of seconds since the UNIX epoch.");
        }
        if (expiration.get() < now + MIN_TTL) {
            throw new KvException(
                    400,
                    "Invalid expiration of " + expiration.get() + ". Expiration times must be at least " + MIN_TTL
                            + " seconds in the future.");
        }
        return expiration.get();
    }

    static void checkMetadata(Optional<String> json) {
        int length =
                json.map(text -> text.getBytes(StandardCharsets.UTF_8).length).orElse(0);
        if (length > MAX_METADATA) {
            throw new KvException(413, "Metadata length of " + length + " exceeds limit of " + MAX_METADATA + ".");
        }
    }

    static void checkLimit(int limit) {
        if (limit < 1) {
            throw new KvException(
                    400, "Invalid key_count_limit of " + limit + ". Please specify an integer greater than 0.");
        }
        if (limit > MAX_LIST) {
            throw new KvException(
                    400,
                    "Invalid key_count_limit of " + limit + ". Please specify an integer less than " + MAX_LIST + ".");
        }
    }

    static void checkCacheTtl(double seconds) {
        if (seconds < MIN_CACHE_TTL) {
            throw new KvException(
                    400,
                    "Invalid cache_ttl of " + (long) seconds + ". Cache TTL must be at least " + MIN_CACHE_TTL + ".");
        }
    }
}
