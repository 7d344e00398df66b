package dev.skerry.webapi.compression;

import dev.skerry.binding.GuestError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.brotli.dec.BrotliInputStream;
import org.jspecify.annotations.Nullable;

/** Decompresses brotli (RFC 7932), all of it in one push: the decoder takes no part of an input. It may hold a window of 16 MB while it is open. */
final class Brotli extends Codec {
    private @Nullable InputStream content;

    @Override
    void push(byte[] bytes) {
        try {
            content = new BrotliInputStream(new ByteArrayInputStream(bytes));
        } catch (IOException | RuntimeException e) {
            throw damaged();
        }
    }

    @Override
    void finish() {}

    @Override
    int fill(byte[] output) {
        try {
            return content == null ? 0 : Math.max(0, content.read(output, 0, output.length));
        } catch (IOException | RuntimeException e) {
            throw damaged();
        }
    }

    private static GuestError damaged() {
        return GuestError.type("The compressed data is not brotli, or was cut off.");
    }

    @Override
    void end() {
        content = null;
    }
}
