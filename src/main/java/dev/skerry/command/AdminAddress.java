package dev.skerry.command;

import dev.skerry.model.HostPort;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/** Gives Quarkus' HTTP server its host and port from {@code skerry.listen.admin}, wherever that was set. Immutable. */
public final class AdminAddress implements ConfigSourceInterceptor {
    private static final long serialVersionUID = 1;
    private static final String KEY = "skerry.listen.admin";
    private static final String DEFAULT = "127.0.0.1:8788";

    @Override
    public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        return switch (name) {
            case "quarkus.http.host" -> value(name, address(context).host());
            case "quarkus.http.port", "quarkus.http.test-port" ->
                value(name, Integer.toString(address(context).port()));
            default -> context.proceed(name);
        };
    }

    private static HostPort address(ConfigSourceInterceptorContext context) {
        ConfigValue set = context.proceed(KEY);
        return HostPort.parse(set == null || set.getValue() == null ? DEFAULT : set.getValue());
    }

    private static ConfigValue value(String name, String value) {
        return ConfigValue.builder().withName(name).withValue(value).build();
    }
}
