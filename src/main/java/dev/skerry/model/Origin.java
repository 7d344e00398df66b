package dev.skerry.model;

/**
 * Who makes a change, and through what. Immutable.
 *
 * @param source {@code wrangler}, {@code api}, {@code dash}, {@code manifest}, {@code promote}, {@code import}, {@code rollout}
 * @param author the name of the token, or of the part of the program that acts by itself
 */
public record Origin(String source, String author) {}
