package dev.skerry.binding;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a public method that the guest half of an API may call; nothing else of a Java object can be reached from JavaScript.
 *
 * <p>Parameters: {@code String}, {@code int}, {@code long}, {@code double}, {@code boolean}, {@code byte[]} (from a guest {@code ArrayBuffer},
 * copied), or {@code Object} (an opaque Java object that the guest was given before). Results: the same, with a heap {@code ByteBuffer} for bytes: the guest
 * makes {@code new ArrayBuffer(buffer)} of it without a copy. A failure is thrown as {@link GuestError}; the caller gets the error that it
 * stands for, and an error without details of whatever else is thrown.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface GuestCallable {}
