package dev.skerry.runtime.image;

import dev.skerry.binding.GuestCallable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeReflection;

/**
 * Part of the build of the native executable alone: keeps what is found by reflection, of which the image holds what was registered. A list by hand
 * would be forgotten first where it matters: every {@link GuestCallable} method of the program, which the engine calls, and the classes that
 * Caffeine picks by the options of a cache (those with strong keys; all caches here have them). Confined to the image builder's thread.
 */
final class ImageBuild implements Feature {
    /** Its classes but for those that describe the API, which run in the build and name libraries that the program does not have. */
    private static final Pattern PROGRAM = Pattern.compile("dev/skerry/(?!api/document/).*");
    /** Caches and their entries, named by their options: {@code SSMSW} has strong keys and values, a maximum size and an expiry after write. */
    private static final Pattern CACHES = Pattern.compile("com/github/benmanes/caffeine/cache/(S[SI]|P[SW])[A-Z]*");

    @Override
    public String getDescription() {
        return "Keeps what workers' Web APIs, bindings and caches reach by reflection";
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        for (Path jar : access.getApplicationClassPath()) {
            if (!Files.isRegularFile(jar)) {
                continue;
            }
            try (JarFile file = new JarFile(jar.toFile())) {
                file.stream()
                        .map(ZipEntry::getName)
                        .filter(name -> name.endsWith(".class"))
                        .map(name -> name.substring(0, name.length() - ".class".length()))
                        .forEach(name -> {
                            if (PROGRAM.matcher(name).matches()) {
                                registerGuestCallables(find(access, name));
                            } else if (CACHES.matcher(name).matches()) {
                                registerWhole(find(access, name));
                            }
                        });
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "The image builder's class path has " + jar + ", which cannot be read", e);
            }
        }
    }

    private static Class<?> find(BeforeAnalysisAccess access, String name) {
        return access.findClassByName(name.replace('/', '.'));
    }

    private static void registerGuestCallables(Class<?> type) {
        for (Method method : type.getMethods()) {
            if (method.isAnnotationPresent(GuestCallable.class)) {
                RuntimeReflection.register(type);
                RuntimeReflection.register(method);
            }
        }
    }

    private static void registerWhole(Class<?> type) {
        RuntimeReflection.register(type);
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            RuntimeReflection.register(constructor);
        }
        for (Field field : type.getDeclaredFields()) {
            RuntimeReflection.register(field);
        }
    }
}
