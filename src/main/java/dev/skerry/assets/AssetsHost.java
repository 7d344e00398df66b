package dev.skerry.assets;

import dev.skerry.binding.Body;
import dev.skerry.binding.Front;
import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.Operation;
import org.jspecify.annotations.Nullable;

/** What {@code js/bindings/assets.js} calls. Confined to one isolate. */
public final class AssetsHost {
    private final IsolateServices isolate;
    private final Site site;

    AssetsHost(IsolateServices isolate, Site site) {
        this.isolate = isolate;
        this.site = site;
    }

    /** Begins to look for a file; the operation's value is an {@link Answer}. */
    @GuestCallable
    public int fetch(String method, String url, String headers) {
        isolate.invocation().countSubrequest();
        Operation operation = isolate.begin();
        site.fetch(method, url, headers).whenComplete((response, failure) -> {
            if (failure == null) {
                operation.resolve(new Answer(response));
            } else {
                operation.reject(GuestError.error("The static file could not be read: " + failure.getMessage()));
            }
        });
        return operation.id();
    }

    /** A response as the guest reads it. */
    public record Answer(Front.Response response) {
        @GuestCallable
        public int status() {
            return response.status();
        }

        @GuestCallable
        public String headers() {
            return response.headers();
        }

        @GuestCallable
        public @Nullable Object body() {
            return response.body() instanceof Body.Empty ? null : response.body();
        }
    }
}
