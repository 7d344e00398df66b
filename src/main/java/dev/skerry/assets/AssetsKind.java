package dev.skerry.assets;

import dev.skerry.binding.Front;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.KindOfBinding;
import dev.skerry.model.Binding;
import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.Version;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** {@code env.ASSETS} as the version's static files, and the files before its worker. Thread-safe. */
@Singleton
public final class AssetsKind implements KindOfBinding {
    private final AssetFiles files;

    @Inject
    public AssetsKind(AssetFiles files) {
        this.files = files;
    }

    @Override
    public Optional<Opened> open(Binding binding, EnvironmentRef owner) {
        return Optional.empty();
    }

    @Override
    public Optional<Opened> open(Binding binding, Version version) {
        return binding instanceof Binding.Assets assets
                ? Optional.of(new Bound(Site.of(version, files)
                        .orElseThrow(() -> new IllegalArgumentException("Binding " + assets.name() + " of "
                                + version.environment()
                                + " is to static files, of which there are none; upload some, or remove it"))))
                : Optional.empty();
    }

    @Override
    public Optional<Front> front(Version version) {
        return Site.of(version, files).map(site -> site);
    }

    private record Bound(Site site) implements Opened {
        @Override
        public String module() {
            return "bindings/assets";
        }

        @Override
        public Object attach(IsolateServices isolate) {
            return new AssetsHost(isolate, site);
        }
    }
}
