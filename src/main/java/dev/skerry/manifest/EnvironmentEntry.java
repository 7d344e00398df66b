package dev.skerry.manifest;

import dev.skerry.model.LimitOverrides;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An environment as it is written: an aspect that is not there is inherited. Immutable.
 *
 * @param from the environment of the same service that it inherits from
 * @param bindings by name, whichever aspect they stand in
 * @param hostname whether it answers at the hostname made of its name
 * @param previews whether its versions have addresses; as {@code hostname} when it is not said
 * @param upstream where a request goes on when its worker failed and asked for that
 * @param routes its own; never inherited, since two environments cannot have the same
 * @param domains as {@code routes}
 */
record EnvironmentEntry(
        int line,
        Optional<String> from,
        Optional<CodeEntry> code,
        Optional<AssetsEntry> assets,
        Map<String, BindingEntry> bindings,
        Optional<Boolean> hostname,
        Optional<Boolean> previews,
        Optional<String> upstream,
        List<String> routes,
        List<String> domains,
        Optional<List<String>> crons,
        Optional<String> compatibilityDate,
        Optional<List<String>> compatibilityFlags,
        LimitOverrides limits,
        Map<String, String> annotations) {
    /** This one, with what it leaves out taken from the other: bindings, limits and annotations one by one. */
    EnvironmentEntry inherit(EnvironmentEntry base) {
        return new EnvironmentEntry(
                line,
                from,
                code.or(base::code),
                assets.or(base::assets),
                merge(base.bindings, bindings),
                hostname.or(base::hostname),
                // Who says something of the hostname says it of the previews too.
                previews.or(() -> hostname.isPresent() ? hostname : base.previews),
                upstream.or(base::upstream),
                routes,
                domains,
                crons.or(base::crons),
                compatibilityDate.or(base::compatibilityDate),
                compatibilityFlags.or(base::compatibilityFlags),
                new LimitOverrides(
                        limits.cpu().or(base.limits::cpu),
                        limits.wall().or(base.limits::wall),
                        limits.startup().or(base.limits::startup),
                        limits.memory().or(base.limits::memory),
                        limits.script().or(base.limits::script),
                        limits.log().or(base.limits::log),
                        or(limits.subrequests(), base.limits.subrequests()),
                        or(limits.concurrency(), base.limits.concurrency()),
                        limits.body().or(base.limits::body),
                        limits.webSocketMessage().or(base.limits::webSocketMessage)),
                merge(base.annotations, annotations));
    }

    private static <V> Map<String, V> merge(Map<String, V> base, Map<String, V> own) {
        Map<String, V> merged = new LinkedHashMap<>(base);
        merged.putAll(own);
        return merged;
    }

    private static OptionalInt or(OptionalInt own, OptionalInt base) {
        return own.isPresent() ? own : base;
    }
}
