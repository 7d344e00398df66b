package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestError;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;

/** scrypt: RFC 7914. */
final class Scrypt {
    /** The most blocks of 64 bytes that are mixed, 2 * r * N * p: a thread cannot be stopped in it, and this many take about a second. */
    static final long WORK = 1L << 22;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Scrypt() {}

    /** {@code cost}: N, a power of two. */
    static byte[] derive(byte[] password, byte[] salt, int cost, int blockSize, int parallelization, int length)
            throws GeneralSecurityException {
        long work = 2L * blockSize * cost * parallelization;
        if (work > WORK) {
            throw new GuestError(
                    "RangeError",
                    "scrypt mixes " + work + " blocks with these parameters; at most " + WORK
                            + " are allowed: ask for a lower cost, block size or parallelization.");
        }
        int bytes = 128 * blockSize;
        byte[] blocks = KeyDerivation.pbkdf2(Digest.SHA_256, password, salt, 1, parallelization * bytes);
        int[] block = new int[bytes / 4];
        int[] memory = new int[cost * block.length];
        int[] next = new int[block.length];
        for (int p = 0; p < parallelization; p++) {
            for (int i = 0; i < block.length; i++) {
                block[i] = (int) INTS.get(blocks, p * bytes + 4 * i);
            }
            block = mix(block, next, memory, cost);
            for (int i = 0; i < block.length; i++) {
                INTS.set(blocks, p * bytes + 4 * i, block[i]);
            }
        }
        return KeyDerivation.pbkdf2(Digest.SHA_256, password, blocks, 1, length);
    }

    /** scryptROMix, section 5. */
    private static int[] mix(int[] first, int[] second, int[] memory, int cost) {
        int[] x = first.clone();
        int[] y = second;
        int size = x.length;
        for (int i = 0; i < cost; i++) {
            System.arraycopy(x, 0, memory, i * size, size);
            mixBlock(x, y);
            int[] swap = x;
            x = y;
            y = swap;
        }
        for (int i = 0; i < cost; i++) {
            int from = (x[size - 16] & (cost - 1)) * size;
            for (int k = 0; k < size; k++) {
                x[k] ^= memory[from + k];
            }
            mixBlock(x, y);
            int[] swap = x;
            x = y;
            y = swap;
        }
        return x.clone();
    }

    /** scryptBlockMix, section 4. */
    private static void mixBlock(int[] in, int[] out) {
        int[] x = new int[16];
        System.arraycopy(in, in.length - 16, x, 0, 16);
        int half = in.length / 2;
        for (int i = 0; i < in.length; i += 16) {
            for (int k = 0; k < 16; k++) {
                x[k] ^= in[i + k];
            }
            salsa8(x);
            System.arraycopy(x, 0, out, i / 32 * 16 + (i / 16 % 2 == 0 ? 0 : half), 16);
        }
    }

    /** Salsa20/8, section 3. */
    private static void salsa8(int[] block) {
        int[] x = block.clone();
        for (int round = 0; round < 8; round += 2) {
            quarter(x, 0, 4, 8, 12);
            quarter(x, 5, 9, 13, 1);
            quarter(x, 10, 14, 2, 6);
            quarter(x, 15, 3, 7, 11);
            quarter(x, 0, 1, 2, 3);
            quarter(x, 5, 6, 7, 4);
            quarter(x, 10, 11, 8, 9);
            quarter(x, 15, 12, 13, 14);
        }
        for (int i = 0; i < 16; i++) {
            block[i] += x[i];
        }
    }

    private static void quarter(int[] x, int a, int b, int c, int d) {
        x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
        x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
        x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
        x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
    }
}
