package dev.skerry.webapi.compression;

import dev.skerry.binding.ByteSource;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The content of a body in gzip (RFC 1952), of all its members. What follows the last is ignored. */
final class Gunzip extends Decoded {
    private final Decompressor decompressor = new Decompressor("gzip", true, new byte[0]);
    private byte @Nullable [] pushed;

    Gunzip(ByteSource source) {
        super(source, "gzip");
    }

    @Override
    void accept(ByteBuffer input) {
        byte[] bytes = new byte[input.remaining()];
        input.get(bytes);
        pushed = bytes;
    }

    @Override
    void finish() {
        decompressor.finish();
    }

    @Override
    @Nullable
    ByteBuffer next() {
        byte[] input = pushed;
        if (input != null) {
            pushed = null;
            decompressor.push(input);
        }
        return decompressor.pull();
    }

    @Override
    boolean complete() {
        return decompressor.beyond();
    }

    @Override
    void end() {
        decompressor.end();
    }
}
