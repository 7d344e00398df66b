package dev.skerry.runtime.image;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.truffle.api.TruffleSafepoint;
import com.oracle.truffle.api.nodes.Node;
import java.math.BigInteger;
import java.util.Objects;

/**
 * Lets a worker be stopped within one operation on a BigInt: {@code 3n ** 100000000n} takes so long that a JVM gives the thread up. The engine has the JDK
 * compute, which asks nobody; here it asks before each step that all large products, quotients and conversions to text are made of, and before each
 * digit group of a conversion from text. Not while a class is initialized, which would be lost for all.
 */
final class StoppableBigInts {
    /** Where the worker stops, as far as the engine is told. */
    private static final Node HERE = new Node() {};

    private static final long WORD = 0xffff_ffffL;

    private StoppableBigInts() {}

    private static void poll() {
        if (StackReserveOfImage.KEPT.get() != 0 && StackReserveOfImage.INITIALIZING.get() == 0) {
            TruffleSafepoint.pollHere(HERE);
        }
    }

    /** The steps; magnitudes are words of 32 bits, the highest first. */
    @TargetClass(BigInteger.class)
    @SuppressWarnings("unused")
    static final class Steps {
        private Steps() {}

        /** Before a product by long multiplication, of which one factor has fewer than 80 words. */
        @Substitute
        private static void multiplyToLenCheck(int[] words, int length) {
            if (length > 0) {
                Objects.checkFromToIndex(0, length, Objects.requireNonNull(words).length);
            }
            poll();
        }

        /** Before the square of fewer than 128 words. */
        @Substitute
        private static void implSquareToLenChecks(int[] words, int length, int[] square, int squareLength) {
            Objects.checkFromToIndex(1, length, words.length);
            Objects.checkFromToIndex(2 * length, squareLength, square.length);
            poll();
        }

        /** Multiplies by the first factor and adds the second number, in place. */
        @Substitute
        private static void destructiveMulAdd(int[] words, int factor, int summand) {
            poll();
            long carry = summand & WORD;
            for (int i = words.length - 1; i >= 0; i--) {
                long sum = (factor & WORD) * (words[i] & WORD) + carry;
                words[i] = (int) sum;
                carry = sum >>> 32;
            }
        }
    }
}
