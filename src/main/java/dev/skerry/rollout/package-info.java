/**
 * Watches rollouts: {@link dev.skerry.rollout.RolloutWatcher} has one thread, which looks at how each new version does and takes its rollout on, or back.
 * The rules and what is deployed are {@link dev.skerry.registry.Rollouts}'; what is counted is {@link dev.skerry.telemetry.VersionMeter}'s. May import
 * {@code registry}, {@code telemetry} and what stands below them.
 */
@NullMarked
package dev.skerry.rollout;

import org.jspecify.annotations.NullMarked;
