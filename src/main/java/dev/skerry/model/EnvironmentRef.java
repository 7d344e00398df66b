package dev.skerry.model;

import java.util.Comparator;

/** Names one environment of one service; written {@code service/environment}. */
public record EnvironmentRef(ServiceName service, EnvironmentName environment) implements Comparable<EnvironmentRef> {
    private static final Comparator<EnvironmentRef> ORDER =
            Comparator.comparing(EnvironmentRef::service).thenComparing(EnvironmentRef::environment);

    public static EnvironmentRef of(String service, String environment) {
        return new EnvironmentRef(new ServiceName(service), new EnvironmentName(environment));
    }

    public static EnvironmentRef production(ServiceName service) {
        return new EnvironmentRef(service, EnvironmentName.PRODUCTION);
    }

    @Override
    public int compareTo(EnvironmentRef other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return service + "/" + environment;
    }
}
