package dev.skerry.store;

import org.jspecify.annotations.Nullable;

/** Reading and writing, within one unit of work on the writer's thread; the unit sees its own changes and those of all units before it. */
public interface Transaction extends Session {
    /** Runs an INSERT, UPDATE or DELETE and returns the number of rows it touched. Parameters as in {@link Session}. */
    int update(String sql, @Nullable Object... parameters);

    /**
     * Runs the action once this unit is durable: on the writer's thread, in the order of the commits, before the unit's future completes. It
     * must be quick and must not throw; it is dropped if the unit fails.
     */
    void afterCommit(Runnable action);
}
