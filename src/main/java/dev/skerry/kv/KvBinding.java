package dev.skerry.kv;

import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.KindOfBinding;
import dev.skerry.model.Binding;
import dev.skerry.model.EnvironmentRef;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** {@code env.CACHE} as a KV namespace. Thread-safe. */
@Singleton
public final class KvBinding implements KindOfBinding {
    private final KvStore store;

    @Inject
    public KvBinding(KvStore store) {
        this.store = store;
    }

    @Override
    public Optional<Opened> open(Binding binding, EnvironmentRef owner) {
        return binding instanceof Binding.KvNamespace(String name, String id)
                ? Optional.of(new Bound(store, store.keyspace(id)))
                : Optional.empty();
    }

    private record Bound(KvStore store, Keyspace keyspace) implements Opened {
        @Override
        public String module() {
            return "bindings/kv";
        }

        @Override
        public Object attach(IsolateServices isolate) {
            return new KvHost(isolate, store, keyspace);
        }
    }
}
