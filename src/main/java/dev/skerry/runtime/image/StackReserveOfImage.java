package dev.skerry.runtime.image;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.classinitialization.ClassInitializationInfo;
import com.oracle.svm.core.classinitialization.ClassInitializationInfo.InitState;
import com.oracle.svm.core.snippets.KnownIntrinsics;
import com.oracle.svm.core.stack.StackOverflowCheck;
import com.oracle.svm.core.threadlocal.FastThreadLocalFactory;
import com.oracle.svm.core.threadlocal.FastThreadLocalInt;
import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import java.lang.invoke.VarHandle;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.graalvm.nativeimage.IsolateThread;
import org.graalvm.word.WordFactory;
import org.jspecify.annotations.Nullable;

/**
 * The reserve of {@code runtime.StackReserve}.
 *
 * <p>The two bounds: a call of ours has room for all that it does, also for the initializers of classes that it needs first; and an initializer has room for all those that
 * it needs in its turn, which are not asked again.
 */
@SuppressWarnings("unused")
final class StackReserveOfImage {
    static final int CALL_BYTES = 512 << 10;
    static final int INITIALIZER_BYTES = 256 << 10;

    /** Not zero on a thread that keeps a reserve. */
    static final FastThreadLocalInt KEPT = FastThreadLocalFactory.createInt("StackReserve.kept");

    /** How many classes the thread is initializing, one within the other. */
    static final FastThreadLocalInt INITIALIZING = FastThreadLocalFactory.createInt("StackReserve.initializing");

    private StackReserveOfImage() {}

    static void check(int bytes) {
        if (KEPT.get() != 0
                && KnownIntrinsics.readStackPointer()
                        .subtract(StackOverflowCheck.singleton().getStackOverflowBoundary())
                        .belowThan(bytes)) {
            throw new StackOverflowError();
        }
    }

    /** The methods of {@code StackReserve}. */
    @TargetClass(className = "dev.skerry.runtime.StackReserve")
    static final class OfThreads {
        private OfThreads() {}

        @Substitute
        static void keep() {
            KEPT.set(1);
        }
    }

    /** How the engine calls a method of ours for a guest. */
    @TargetClass(className = "com.oracle.truffle.host.HostMethodDesc$SingleMethod$MethodReflectImpl")
    static final class OfCalls {
        private OfCalls() {}

        @Substitute
        @TruffleBoundary
        private static Object reflectInvoke(Method method, Object receiver, Object[] arguments)
                throws IllegalAccessException, InvocationTargetException {
            check(CALL_BYTES);
            return method.invoke(receiver, arguments);
        }
    }

    /**
     * How a class is initialized (JVMS 5.5). In the order of one initialization: {@code isInitialized} before anything is done, {@code isInErrorState} just
     * before this thread is noted as the one that does it, {@code setInitializationStateAndNotify} at the end, however that came.
     */
    @TargetClass(ClassInitializationInfo.class)
    @SuppressWarnings("NullAway")
    static final class OfClasses {
        @Alias
        private InitState initState;

        @Alias
        private boolean slowPathRequired;

        @Alias
        private IsolateThread initThread;

        @Alias
        private ReentrantLock initLock;

        @Alias
        private @Nullable Condition initCondition;

        private OfClasses() {}

        @Substitute
        public boolean isInitialized() {
            if (initState == InitState.FullyInitialized) {
                return true;
            }
            if (INITIALIZING.get() == 0) {
                check(INITIALIZER_BYTES);
            }
            return false;
        }

        @Substitute
        public boolean isInErrorState() {
            if (initState == InitState.InitializationError) {
                return true;
            }
            INITIALIZING.set(INITIALIZING.get() + 1);
            return false;
        }

        @Substitute
        private void setInitializationStateAndNotify(InitState state) {
            initLock.lock();
            try {
                initState = state;
                if (state == InitState.FullyInitialized) {
                    slowPathRequired = false;
                }
                initThread = WordFactory.nullPointer();
                VarHandle.storeStoreFence();
                if (initCondition != null) {
                    initCondition.signalAll();
                    initCondition = null;
                }
            } finally {
                initLock.unlock();
                INITIALIZING.set(INITIALIZING.get() - 1);
            }
        }
    }
}
