package dev.skerry.binding;

/** The Java half of a Web API. Thread-safe; what it attaches is confined to one isolate. */
public interface WebApi {
    /** The name of the guest half: {@code js/NAME.js}. */
    String name();

    /** The {@code host} object of one isolate; its {@link GuestCallable} methods are all that the guest half can reach. */
    Object attach(IsolateServices isolate);
}
