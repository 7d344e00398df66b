package dev.skerry.runtime;

import dev.skerry.binding.GuestError;
import java.io.ByteArrayOutputStream;

/**
 * Bounds the memories that a WebAssembly module declares, before the engine sees it: a memory without a maximum could grow to 4 GB in one instruction.
 * See the module's sections in https://webassembly.github.io/spec/core/binary/modules.html. Confined to one thread.
 */
final class WasmBinary {
    static final int PAGE = 64 * 1024;
    private static final int HEADER = 8;
    private static final int MEMORY_SECTION = 5;
    private static final int HAS_MAXIMUM = 1;

    private final byte[] module;
    private final long mostPages;
    private int at;

    private WasmBinary(byte[] module, long mostPages) {
        this.module = module;
        this.mostPages = mostPages;
    }

    /**
     * The module with each of its memories' maximum at most this; a copy where that changes anything. What is no module comes back as it is: the engine says
     * what is wrong with it.
     *
     * @throws GuestError a RangeError, when a memory begins with more
     */
    static byte[] limited(byte[] module, long mostPages) {
        try {
            return new WasmBinary(module, mostPages).limited();
        } catch (ArrayIndexOutOfBoundsException e) {
            return module;
        }
    }

    private byte[] limited() {
        at = HEADER;
        while (at < module.length) {
            int start = at;
            int id = module[at++];
            long size = number();
            int content = at;
            if (size < 0 || size > module.length - content) {
                return module;
            }
            int end = content + (int) size;
            if (id == MEMORY_SECTION) {
                byte[] section = memories();
                if (at != end) {
                    return module;
                }
                ByteArrayOutputStream out = new ByteArrayOutputStream(module.length + 16);
                out.write(module, 0, start);
                out.write(MEMORY_SECTION);
                write(out, section.length);
                out.writeBytes(section);
                out.write(module, end, module.length - end);
                return out.toByteArray();
            }
            at = end;
        }
        return module;
    }

    private byte[] memories() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long count = number();
        write(out, count);
        for (long i = 0; i < count; i++) {
            int flags = module[at++];
            long least = number();
            long most = (flags & HAS_MAXIMUM) == 0 ? mostPages : number();
            if (least > mostPages || least < 0) {
                throw new GuestError(
                        "RangeError",
                        "A WebAssembly memory begins with " + least + " pages, more than the " + mostPages
                                + " that an isolate may have (skerry.limits.memory)");
            }
            out.write(flags | HAS_MAXIMUM);
            write(out, least);
            write(out, most < 0 ? mostPages : Math.min(most, mostPages));
        }
        return out.toByteArray();
    }

    /** An unsigned LEB128 number. */
    private long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = module[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new ArrayIndexOutOfBoundsException("A number of more than ten bytes");
    }

    private static void write(ByteArrayOutputStream out, long number) {
        long rest = number;
        while (rest >= 0x80 || rest < 0) {
            out.write((int) rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
