package dev.skerry.binding;

/** A value for a worker that may be large. */
public interface Weighty {
    /** Bytes that it takes, about. */
    long weight();
}
