package dev.skerry.runtime;

import dev.skerry.binding.GuestCallable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeReflection;

/**
 * Part of the build of the native executable alone: keeps every {@link GuestCallable} method of the program callable. The engine finds them
 * by reflection, of which the image holds what was registered; a list by hand would be forgotten first where it matters. Confined to the
 * image builder's thread.
 */
final class GuestCallables implements Feature {
    private static final String PROGRAM = "dev/skerry/";

    @Override
    public String getDescription() {
        return "Keeps the methods that workers' Web APIs and bindings call";
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
                        .filter(name -> name.startsWith(PROGRAM) && name.endsWith(".class"))
                        .map(name -> name.substring(0, name.length() - ".class".length())
                                .replace('/', '.'))
                        .map(access::findClassByName)
                        .forEach(GuestCallables::register);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "The image builder's class path has " + jar + ", which cannot be read", e);
            }
        }
    }

    private static void register(Class<?> type) {
        for (Method method : type.getMethods()) {
            if (method.isAnnotationPresent(GuestCallable.class)) {
                RuntimeReflection.register(type);
                RuntimeReflection.register(method);
            }
        }
    }
}
