package dev.skerry.runtime;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.graalvm.nativeimage.ImageInfo;
import org.graalvm.nativeimage.c.function.CFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The scheduling priority that the operating system gives a thread: on Linux its nice value, from -20 to 19, 0 being the usual one. Anyone may make a
 * thread of theirs nicer; back again needs a privilege that few servers have. Java's own priorities do nothing on Linux. Elsewhere, and where
 * the system refuses, nothing happens. Thread-safe.
 *
 * <p>Source: setpriority(2).
 */
final class ThreadPriorities {
    private static final Logger LOG = Logger.getLogger("skerry.runtime");
    private static final Path HERE = Path.of("/proc/thread-self");
    private static final int PRIO_PROCESS = 0;
    private static final int NICEST = 19;

    private final int usual = usual();

    /** On a JVM; made when it is first needed: that takes longer than the start of a server should wait. */
    private @Nullable MethodHandle setPriority;

    /** The nice value of the thread that makes this, which others inherit: what the server was started with. */
    private static int usual() {
        try {
            String stat = Files.readString(HERE.resolve("stat"));
            // The 19th value of proc_pid_stat(5); the second is in parentheses and may have spaces.
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    /** The system's number of the thread that asks; 0 where it is not known. */
    static int here() {
        try {
            // PID/task/TID
            return Integer.parseInt(Files.readSymbolicLink(HERE).getFileName().toString());
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    /**
     * Lets others go before a thread.
     *
     * @param thread the system's number of it
     * @param by how much nicer than usual it gets
     * @return whether the system did so
     */
    boolean lower(int thread, int by) {
        return set(thread, Math.min(usual + by, NICEST));
    }

    /** Gives a thread its usual priority again; whether the system did so. */
    boolean restore(int thread) {
        return set(thread, usual);
    }

    private synchronized boolean set(int thread, int nice) {
        if (thread == 0) {
            return false;
        }
        try {
            if (ImageInfo.inImageCode()) {
                return setpriority(PRIO_PROCESS, thread, nice) == 0;
            }
            MethodHandle handle = setPriority;
            if (handle == null) {
                handle = find();
                setPriority = handle;
            }
            return (int) handle.invokeExact(PRIO_PROCESS, thread, nice) == 0;
        } catch (Throwable e) {
            LOG.debug("Threads keep their priorities", e);
            return false;
        }
    }

    /** Linked into the native executable, which cannot look functions up. */
    @CFunction("setpriority")
    private static native int setpriority(int which, int who, int nice);

    // The program is started with access to native code for this and SQLite.
    @SuppressWarnings("restricted")
    private static MethodHandle find() {
        Linker linker = Linker.nativeLinker();
        MemorySegment function = linker.defaultLookup().findOrThrow("setpriority");
        return linker.downcallHandle(
                function,
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }
}
