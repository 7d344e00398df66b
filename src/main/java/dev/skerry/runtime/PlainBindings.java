package dev.skerry.runtime;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.KindOfBinding;
import dev.skerry.model.Binding;
import dev.skerry.model.Version;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bindings that are values: variables, secrets, the version's own data. */
final class PlainBindings {
    /** The guest half whose {@code bind} returns its config. */
    private static final String MODULE = "bindings/value";

    private PlainBindings() {}

    static Optional<KindOfBinding.Opened> open(Binding binding, Version version) {
        return switch (binding) {
            case Binding.PlainText text -> value(quote(text.text()));
            case Binding.Secret secret -> value(quote(secret.text()));
            case Binding.Json json -> value(json.json());
            case Binding.VersionMetadata metadata ->
                value("{\"id\":" + quote(version.id().toString()) + ",\"tag\":"
                        + quote(version.tag().orElse("")) + ",\"timestamp\":"
                        + quote(version.createdAt().toString()) + "}");
            case Binding.KvNamespace kv -> Optional.empty();
            case Binding.Service service -> Optional.empty();
            case Binding.DurableObjectNamespace objects -> Optional.empty();
            case Binding.Assets assets -> Optional.empty();
        };
    }

    /** A JavaScript (and JSON) string literal. */
    static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static Optional<KindOfBinding.Opened> value(String json) {
        return Optional.of(new KindOfBinding.Opened() {
            @Override
            public String module() {
                return MODULE;
            }

            @Override
            public String config() {
                return json;
            }

            @Override
            public @Nullable Object attach(IsolateServices isolate) {
                return null;
            }
        });
    }
}
