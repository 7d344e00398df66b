package dev.skerry.model;

import java.util.Optional;

/** What {@code env.NAME} is. A closed choice; each case is one of wrangler's binding types. */
public sealed interface Binding {
    /** The JavaScript name, unique in its version. */
    String name();

    /** {@code plain_text}: a string. */
    record PlainText(String name, String text) implements Binding {
        public PlainText {
            check(name);
        }
    }

    /** {@code json}: any JSON value, kept as its text. */
    record Json(String name, String json) implements Binding {
        public Json {
            check(name);
        }
    }

    /** {@code secret_text}: a string that the API never tells again. */
    record Secret(String name, String text) implements Binding {
        public Secret {
            check(name);
        }

        /** Without the text: records are printed into logs and errors. */
        @Override
        public String toString() {
            return "Secret[name=" + name + "]";
        }
    }

    /** {@code kv_namespace}: the id is 32 hex digits. */
    record KvNamespace(String name, String namespaceId) implements Binding {
        public KvNamespace {
            check(name);
        }
    }

    /** {@code service}: another environment's worker, in this process. Without an environment it is production; props are JSON text. */
    record Service(
            String name,
            ServiceName service,
            Optional<EnvironmentName> environment,
            Optional<String> entrypoint,
            Optional<String> props)
            implements Binding {
        public Service {
            check(name);
        }

        public EnvironmentRef target() {
            return new EnvironmentRef(service, environment.orElse(EnvironmentName.PRODUCTION));
        }
    }

    /** {@code durable_object_namespace}: a class of this version, or of another service. */
    record DurableObjectNamespace(
            String name, String className, Optional<ServiceName> service, Optional<EnvironmentName> environment)
            implements Binding {
        public DurableObjectNamespace {
            check(name);
        }

        /** Whose class it is; empty when it is this version's own. */
        public Optional<EnvironmentRef> target() {
            return service.map(name -> new EnvironmentRef(name, environment.orElse(EnvironmentName.PRODUCTION)));
        }
    }

    /** {@code version_metadata}: {@code {id, tag, timestamp}} of the version that runs. */
    record VersionMetadata(String name) implements Binding {
        public VersionMetadata {
            check(name);
        }
    }

    /** {@code assets}: the version's static files. */
    record Assets(String name) implements Binding {
        public Assets {
            check(name);
        }
    }

    private static void check(String name) {
        if (name.isEmpty() || name.length() > 255) {
            throw new IllegalArgumentException(
                    "A binding's name has 1 to 255 characters; this one has " + name.length());
        }
        if (name.equals("__proto__")) {
            throw new IllegalArgumentException("'__proto__' cannot be a binding's name: JavaScript has it for itself");
        }
    }
}
