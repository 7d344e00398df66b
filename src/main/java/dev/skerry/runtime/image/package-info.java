/**
 * What is of the native executable alone: a part of its build, and methods that the image builder puts in the place of GraalVM's, the JDK's and ours, which a JVM never
 * loads. A method that they name and that another version of GraalVM has not ends the build: look at each of them when the version changes.
 *
 * <p>May import {@code binding}, and names classes of {@code runtime}, which knows nothing of it.
 */
@NullMarked
package dev.skerry.runtime.image;

import org.jspecify.annotations.NullMarked;
