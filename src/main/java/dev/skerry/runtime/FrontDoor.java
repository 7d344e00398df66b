package dev.skerry.runtime;

import dev.skerry.binding.Body;
import dev.skerry.binding.Front;
import dev.skerry.model.Outcome;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Lets a version's {@link Front} answer what it wants to, without an isolate. Thread-safe. */
record FrontDoor(Front front) {
    /** Whether the request is answered, now or soon; else it is the worker's. Named entrypoints have no front. */
    boolean answers(FetchEvent event, EventHandler handler) {
        if (event.entrypoint().isPresent()) {
            return false;
        }
        Optional<CompletionStage<Front.Response>> answer = front.answer(event.method(), event.url(), event.headers());
        answer.ifPresent(coming -> {
            if (event.body() instanceof Body.Streamed streamed) {
                streamed.source().cancel("Nobody reads the body");
            }
            coming.whenComplete((response, failure) -> {
                if (failure == null) {
                    handler.respond(response.status(), "", response.headers(), response.body());
                    handler.end(new Outcome.Ok());
                } else {
                    handler.end(Failures.internal(failure));
                }
            });
        });
        return answer.isPresent();
    }
}
