package dev.skerry.telemetry;

import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Version;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who watches which environment. Thread-safe; an event of an environment that nobody watches costs one look-up. */
@Singleton
public final class TailHub {
    private final Map<EnvironmentRef, List<Tail>> tails = new ConcurrentHashMap<>();
    private final TailConfig config;

    @Inject
    public TailHub(TailConfig config) {
        this.config = config;
    }

    /** Begins to watch; empty when the environment has as many watchers as it may ({@code skerry.tail.watchers}). */
    public Optional<Tail> open(EnvironmentRef environment, TailFilter filter) {
        Tail tail = new Tail(this, environment, filter, config);
        List<Tail> watchers = tails.compute(environment, (ref, before) -> {
            List<Tail> list = before == null ? new CopyOnWriteArrayList<>() : before;
            if (list.size() < config.watchers()) {
                list.add(tail);
            }
            return list;
        });
        return watchers.contains(tail) ? Optional.of(tail) : Optional.empty();
    }

    /** Gathers an event for those who watch its environment; empty when nobody does. */
    Optional<TailEvent> begin(Version version, TailEvent.Trigger trigger) {
        return tails.isEmpty() || !tails.containsKey(version.environment())
                ? Optional.empty()
                : Optional.of(new TailEvent(version, trigger, this::ended));
    }

    private void ended(TailEvent event) {
        tails.getOrDefault(event.version().environment(), List.of()).forEach(tail -> tail.offer(event));
    }

    void remove(Tail tail) {
        tails.computeIfPresent(tail.environment(), (ref, list) -> {
            list.remove(tail);
            return list.isEmpty() ? null : list;
        });
    }
}
