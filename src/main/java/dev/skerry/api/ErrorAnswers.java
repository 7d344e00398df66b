package dev.skerry.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.skerry.model.RefusedException;
import dev.skerry.store.StoreException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what resources throw into envelopes. Stateless. */
final class ErrorAnswers {
    private static final Logger LOG = Logger.getLogger("skerry.api");

    @ServerExceptionMapper
    Response refused(ApiException e) {
        return answer(e.code(), String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    Response refused(RefusedException e) {
        return answer(ErrorCode.of(e.reason()), e.sentence());
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException e, UriInfo uri) {
        // A parameter that is no number, say, is no path that leads nowhere.
        return e.getCause() instanceof IllegalArgumentException unreadable
                ? answer(ErrorCode.INVALID, "A parameter cannot be read: " + unreadable.getMessage())
                : answer(ErrorCode.NO_ROUTE, Unsupported.sentence(uri.getPath()));
    }

    @ServerExceptionMapper
    Response notAllowed(NotAllowedException e, UriInfo uri) {
        return answer(
                ErrorCode.METHOD_NOT_ALLOWED,
                uri.getPath() + " has no such method; /q/openapi tells which methods each path has");
    }

    @ServerExceptionMapper
    Response badRequest(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        if (e.getCause() instanceof JsonProcessingException json) {
            return unreadable(json);
        }
        ErrorCode code = status == 413
                ? ErrorCode.BODY_TOO_LARGE
                : status >= 500 ? ErrorCode.INTERNAL : ErrorCode.BODY_UNREADABLE;
        String message = e.getMessage();
        return envelope(status, code, message == null ? "The request cannot be read" : message);
    }

    @ServerExceptionMapper
    Response unreadable(JsonProcessingException e) {
        return answer(ErrorCode.BODY_UNREADABLE, JsonReader.sentence(e));
    }

    @ServerExceptionMapper
    Response store(StoreException e) {
        LOG.error("The store failed a call of the API", e);
        return answer(ErrorCode.OVERLOADED, "The store cannot do it now: " + e.getMessage());
    }

    @ServerExceptionMapper
    Response unexpected(RuntimeException e, UriInfo uri) {
        LOG.errorf(e, "A call of %s failed", uri.getPath());
        return answer(ErrorCode.INTERNAL, "Skerry failed to answer; its log says more");
    }

    private static Response answer(ErrorCode code, String sentence) {
        return envelope(code.status(), code, sentence);
    }

    private static Response envelope(int status, ErrorCode code, String sentence) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Envelope.failure(code, sentence))
                .build();
    }
}
