package dev.skerry.manifest;

import dev.skerry.model.Binding;
import java.util.Optional;

/** A binding as it is written: what it is may have to be looked up first. Immutable. */
record BindingEntry(String name, int line, Value value) {
    sealed interface Value {}

    /** It is all there. */
    record Ready(Binding binding) implements Value {}

    /** A secret whose text is in an environment variable of the server, else in a file. */
    record SecretFrom(Optional<String> variable, Optional<String> file) implements Value {}

    /** A KV namespace by its title. */
    record NamespaceTitled(String title) implements Value {}

    /** {@code NAME: ~}: what was inherited is not wanted. */
    record Removed() implements Value {}
}
