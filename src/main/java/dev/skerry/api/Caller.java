package dev.skerry.api;

import dev.skerry.model.Origin;
import jakarta.enterprise.context.RequestScoped;

/** Who makes this call, once {@link Gate} knows. Confined to the request. */
@RequestScoped
public class Caller {
    private Origin origin = new Origin("api", "nobody");

    /** For changes of the registry. */
    public Origin origin() {
        return origin;
    }

    void is(Origin origin) {
        this.origin = origin;
    }
}
