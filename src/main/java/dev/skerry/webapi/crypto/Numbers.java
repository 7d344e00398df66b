package dev.skerry.webapi.crypto;

import dev.skerry.binding.GuestError;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Primes and powers, bounded: the engine cannot stop this arithmetic. Numbers are big-endian. */
final class Numbers {
    private static final int MOST_BITS = 8192;
    private static final int MOST_BITS_OF_A_NEW_PRIME = 2048;
    private static final int MOST_BITS_OF_A_RARE_PRIME = 512;
    /** A composite passes with a chance of one in 2 to the power of this, at most. */
    private static final int CERTAINTY = 128;

    private static final int TRIES_A_BIT = 40;

    private Numbers() {}

    static boolean isPrime(byte[] number) {
        return read("The candidate", number).isProbablePrime(CERTAINTY);
    }

    /**
     * @param safe whether the half of it is a prime, too
     * @param step the prime leaves {@code rest} when it is divided by this; null for any prime
     */
    static byte[] newPrime(int bits, boolean safe, byte @Nullable [] step, byte[] rest) {
        SecureRandom random = new SecureRandom();
        boolean rare = safe || step != null;
        int most = rare ? MOST_BITS_OF_A_RARE_PRIME : MOST_BITS_OF_A_NEW_PRIME;
        if (bits > most) {
            throw new GuestError(
                    "OperationError",
                    (safe ? "A safe prime" : "A prime") + " that is made here has at most " + most + " bits, not "
                            + bits + (safe ? "; getDiffieHellman() has larger ones." : "."));
        }
        if (safe && bits < 3) {
            throw new GuestError("OperationError", "There is no safe prime of fewer than 3 bits.");
        }
        if (step != null) {
            return Bytes.unsigned(primeOf(random, bits, safe, read("add", step), read("rem", rest)), (bits + 7) / 8);
        }
        if (!safe) {
            return Bytes.unsigned(bits < 2 ? BigInteger.TWO : BigInteger.probablePrime(bits, random), (bits + 7) / 8);
        }
        while (true) {
            BigInteger half = BigInteger.probablePrime(Math.max(2, bits - 1), random);
            BigInteger prime = half.shiftLeft(1).setBit(0);
            if (prime.bitLength() == bits && prime.isProbablePrime(CERTAINTY)) {
                return Bytes.unsigned(prime, (bits + 7) / 8);
            }
        }
    }

    /** Gives up after as many candidates as should have held several primes: there may be none. */
    private static BigInteger primeOf(SecureRandom random, int bits, boolean safe, BigInteger step, BigInteger rest) {
        if (step.signum() == 0 || step.bitLength() > bits) {
            throw new GuestError(
                    "OperationError", "The option 'add' must be at least 1 and have no more bits than the prime.");
        }
        for (int i = 0; i < TRIES_A_BIT * bits; i++) {
            BigInteger start = new BigInteger(bits, random).setBit(bits - 1);
            BigInteger candidate = start.subtract(start.mod(step)).add(rest);
            if (candidate.bitLength() == bits
                    && candidate.isProbablePrime(CERTAINTY)
                    && (!safe || candidate.shiftRight(1).isProbablePrime(CERTAINTY))) {
                return candidate;
            }
        }
        throw new GuestError("OperationError", "No prime of this kind was found.");
    }

    /** As long as the modulus. */
    static byte[] power(byte[] base, byte[] exponent, byte[] modulus) {
        BigInteger m = read("The prime", modulus);
        if (m.signum() == 0) {
            throw new GuestError("OperationError", "The prime is 0.");
        }
        return Bytes.unsigned(
                read("The key", base).modPow(read("The key", exponent), m), Math.max(1, (m.bitLength() + 7) / 8));
    }

    private static BigInteger read(String what, byte[] number) {
        BigInteger value = new BigInteger(1, number);
        if (value.bitLength() > MOST_BITS) {
            throw new GuestError("OperationError", what + " has more than " + MOST_BITS + " bits.");
        }
        return value;
    }
}
