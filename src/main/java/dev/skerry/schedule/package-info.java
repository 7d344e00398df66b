/**
 * Runs the {@code scheduled} handlers of environments at their cron triggers. May import {@code registry}, {@code runtime}, {@code store} and what stands
 * below them. {@link dev.skerry.schedule.Scheduler} has one thread, which waits for the minute, asks the routing table what is due, and hands the events to
 * the runtime.
 */
@NullMarked
package dev.skerry.schedule;

import org.jspecify.annotations.NullMarked;
