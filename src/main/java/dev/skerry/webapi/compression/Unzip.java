package dev.skerry.webapi.compression;

import org.jspecify.annotations.Nullable;

/** gzip or deflate, as its first byte tells. */
final class Unzip extends Codec {
    private static final byte GZIP = 0x1F;

    private @Nullable Codec codec;

    @Override
    void push(byte[] bytes) {
        Codec found = codec;
        if (found == null) {
            found = codec =
                    new Decompressor(bytes.length > 0 && bytes[0] == GZIP ? "gzip" : "deflate", true, new byte[0]);
        }
        found.push(bytes);
    }

    @Override
    void finish() {
        if (codec == null) {
            push(new byte[0]);
        }
        if (codec != null) {
            codec.finish();
        }
    }

    @Override
    int fill(byte[] output) {
        return codec == null ? 0 : codec.fill(output);
    }

    @Override
    void end() {
        if (codec != null) {
            codec.end();
        }
    }
}
