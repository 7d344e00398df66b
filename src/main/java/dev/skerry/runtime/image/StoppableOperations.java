package dev.skerry.runtime.image;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleSafepoint;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.strings.TruffleString;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Lets a worker be stopped within one operation of the engine. Some take so long that a JVM gives the thread up: {@code 3n ** 100000000n}, the search for one
 * long text in another, an array method on {@code {length: 2 ** 53 - 1}}. The loops that they spend their time in ask nobody; here the small methods do
 * that all steps of them call. Not while a class is initialized, which would be lost for all.
 */
@SuppressWarnings("unused")
final class StoppableOperations {
    /** Where the worker stops, as far as the engine is told. */
    private static final Node HERE = new Node() {};

    private static final long WORD = 0xffff_ffffL;

    /** From so many letters on the JDK may take long, since it copies all at each that becomes two. */
    private static final int LONG = 10_000;

    /** The engine asks each million times, but once may be a comparison of 20 MB. */
    private static final int OFTEN = 1 << 6;

    private static final int SELDOM = 1 << 20;

    private StoppableOperations() {}

    @TruffleBoundary
    private static void poll() {
        if (StackReserveOfImage.KEPT.get() != 0 && StackReserveOfImage.INITIALIZING.get() == 0) {
            TruffleSafepoint.pollHere(HERE);
        }
    }

    private static boolean isQuick(String text) {
        return text.length() < LONG || text.chars().allMatch(letter -> letter < 0x80);
    }

    /** Products, quotients and conversions to text of large BigInts; magnitudes are words of 32 bits, the highest first. */
    @TargetClass(BigInteger.class)
    static final class Products {
        private Products() {}

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

        /** Multiplies by the first factor and adds the second number, in place: for each group of digits of a conversion from text. */
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

    /** Quotients by a few words, of which {@code toLocaleString} makes one for each digit. */
    @TargetClass(className = "java.math.MutableBigInteger")
    static final class Quotients {
        @Alias
        @SuppressWarnings("NullAway.Init")
        int[] value;

        @Alias
        int intLen;

        @Alias
        int offset;

        private Quotients() {}

        /** After each step: leaves out the words that are zero. */
        @Substitute
        void normalize() {
            poll();
            int zeros = 0;
            while (zeros < intLen && value[offset + zeros] == 0) {
                zeros++;
            }
            intLen -= zeros;
            offset = intLen == 0 ? 0 : offset + zeros;
        }
    }

    /** Texts, and the names of an object's elements. */
    @TargetClass(className = "com.oracle.truffle.js.runtime.Strings")
    static final class Strings {
        private Strings() {}

        /** The name of an element of what is no array: for each that a method of arrays looks at. */
        @Substitute
        public static TruffleString fromLong(long index) {
            poll();
            return fromLong(TruffleString.FromLongNode.getUncached(), index);
        }

        @Alias
        public static native TruffleString fromLong(TruffleString.FromLongNode node, long value);

        /** For each step of a sort. */
        @Substitute
        public static int compareTo(TruffleString one, TruffleString other) {
            poll();
            return TruffleString.CompareCharsUTF16Node.getUncached().execute(one, other);
        }

        @Substitute
        @TruffleBoundary
        public static String javaStringToUpperCase(String text, Locale locale) {
            return isQuick(text) ? text.toUpperCase(locale) : Letters.toUpperCase(locale, text);
        }

        @Substitute
        @TruffleBoundary
        public static String javaStringToLowerCase(String text, Locale locale) {
            return isQuick(text) ? text.toLowerCase(locale) : Letters.toLowerCase(locale, text);
        }
    }

    /** Does the same as the JDK, in as many steps as there are letters. */
    @TargetClass(className = "org.graalvm.shadowed.com.ibm.icu.lang.UCharacter")
    static final class Letters {
        private Letters() {}

        @Alias
        static native String toUpperCase(Locale locale, String text);

        @Alias
        static native String toLowerCase(Locale locale, String text);
    }

    /** Searches of texts. */
    @TargetClass(className = "com.oracle.truffle.api.strings.TStringConstants")
    static final class Searches {
        private Searches() {}

        @Substitute
        static void truffleSafePointPoll(Node location, int times) {
            if (times % OFTEN == 0) {
                poll();
                if (times % SELDOM == 0) {
                    truffleSafePointPollNow(location, SELDOM);
                }
            }
        }

        @Alias
        static native void truffleSafePointPollNow(Node location, int times);
    }

    /** Objects that become JSON, of which a few may stand for very many. */
    @TargetClass(className = "com.oracle.truffle.js.builtins.json.JSONData")
    static final class JsonText {
        @Alias
        @SuppressWarnings("NullAway.Init")
        List<Object> stack;

        private JsonText() {}

        /** Before an object's members. */
        @Substitute
        public void pushStack(Object object) {
            poll();
            stack.add(object);
        }
    }

    /** The names of those members that are to become JSON. */
    @TargetClass(className = "com.oracle.truffle.js.builtins.json.JSONBuiltins", innerClass = "ToReplacerListNode")
    static final class JsonMembers {
        private JsonMembers() {}

        /** Each is looked for in the list of those before it. */
        @Substitute
        private static void addToReplacer(List<Object> names, TruffleString name) {
            poll();
            if (!names.contains(name)) {
                names.add(name);
            }
        }
    }

    /** The order of combining marks in {@code String.prototype.normalize}. */
    @TargetClass(className = "jdk.internal.icu.impl.NormalizerImpl", innerClass = "ReorderingBuffer")
    static final class Marks {
        @Alias
        @SuppressWarnings("NullAway.Init")
        private StringBuilder str;

        @Alias
        private int codePointStart;

        private Marks() {}

        /** Before a mark's place is looked for, from the end. */
        @Substitute
        private void setIterator() {
            poll();
            codePointStart = str.length();
        }
    }

    /** What a regular expression is compiled to, which may be far more than it. */
    @TargetClass(className = "com.oracle.truffle.regex.tregex.parser.ast.visitors.NFATraversalRegexASTVisitor")
    static final class Paths {
        @Alias
        private boolean recalcTransitionGuards;

        private Paths() {}

        @Alias
        private native void calculateTransitionGuards();

        /** Before the conditions of a path through it are known. */
        @Substitute
        private void calcTransitionGuards() {
            poll();
            if (recalcTransitionGuards) {
                calculateTransitionGuards();
                recalcTransitionGuards = false;
            }
        }
    }
}
