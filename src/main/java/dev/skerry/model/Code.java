package dev.skerry.model;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A version's modules and static files. {@code main} names the entry; in the service-worker format it is a classic script ({@code addEventListener("fetch", ...)}), else an ES module.
 * Names are unique; the entry is among them.
 */
public record Code(String main, Format format, List<Module> modules, Optional<StaticFiles> files) {
    /** The module of a version of static files alone: it handles no event. */
    private static final Module NO_WORKER =
            new Module("no-worker.js", ModuleType.ES_MODULE, Bytes.utf8("export default {};\n"));

    /** How the entry is written. */
    public enum Format {
        MODULES,
        SERVICE_WORKER
    }

    public Code {
        modules = List.copyOf(modules);
        Set<String> names = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (Module module : modules) {
            if (!places.add(place(module.name())) || !names.add(module.name())) {
                throw new IllegalArgumentException("Two modules are named '" + module.name() + "'");
            }
        }
        if (!names.contains(main)) {
            throw new IllegalArgumentException(
                    "The main module '" + main + "' is not among the modules: " + String.join(", ", names));
        }
    }

    /** What a module's name stands for: {@code ./a.js} is {@code a.js}. */
    private static String place(String name) {
        return String.join(
                "/",
                Arrays.stream(name.split("/"))
                        .filter(part -> !part.isEmpty() && !part.equals("."))
                        .toList());
    }

    /** Modules alone. */
    public Code(String main, Format format, List<Module> modules) {
        this(main, format, modules, Optional.empty());
    }

    /** Static files without a worker behind them. */
    public static Code ofFiles(StaticFiles files) {
        return new Code(NO_WORKER.name(), Format.MODULES, List.of(NO_WORKER), Optional.of(files));
    }

    /** The same with other files. */
    public Code withFiles(Optional<StaticFiles> others) {
        return new Code(main, format, modules, others);
    }

    public Module mainModule() {
        return module(main).orElseThrow();
    }

    public Optional<Module> module(String name) {
        return modules.stream().filter(module -> module.name().equals(name)).findFirst();
    }

    /** The size of all modules, in bytes, source maps not counted. */
    public long size() {
        return modules.stream()
                .filter(module -> module.type() != ModuleType.SOURCE_MAP)
                .mapToLong(module -> module.content().size())
                .sum();
    }
}
