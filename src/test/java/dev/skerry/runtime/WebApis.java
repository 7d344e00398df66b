package dev.skerry.runtime;

import dev.skerry.binding.WebApi;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Every Web API of the program, found among its classes and made as the container would make it, without the container. Those that it makes end with it. */
public final class WebApis implements AutoCloseable {
    private static final Path CLASSES = Path.of("target/classes");

    private final List<Constructor<?>> constructors;
    private final Vertx vertx = Vertx.vertx();

    public WebApis() {
        try (Stream<Path> files = Files.walk(CLASSES.resolve("dev/skerry"))) {
            constructors = files.map(CLASSES::relativize)
                    .map(Path::toString)
                    .filter(name -> name.matches("dev/skerry/(webapi|cache)/.*Api\\.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .map(WebApis::load)
                    .filter(WebApi.class::isAssignableFrom)
                    .<Constructor<?>>map(type -> type.getConstructors()[0])
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The configuration that they ask for. */
    public List<Class<?>> mappings() {
        return constructors.stream()
                .flatMap(constructor -> Arrays.stream(constructor.getParameterTypes()))
                .filter(type -> type.isAnnotationPresent(ConfigMapping.class))
                .<Class<?>>map(type -> type)
                .distinct()
                .toList();
    }

    public List<WebApi> attach(SmallRyeConfig config) {
        return constructors.stream()
                .map(constructor -> make(constructor, config))
                .toList();
    }

    @Override
    public void close() {
        vertx.close();
    }

    private WebApi make(Constructor<?> constructor, SmallRyeConfig config) {
        try {
            return (WebApi) constructor.newInstance(Arrays.stream(constructor.getParameterTypes())
                    .map(type -> type.equals(Vertx.class) ? vertx : config.getConfigMapping(type))
                    .toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot make " + constructor, e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
