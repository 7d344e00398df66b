package dev.skerry.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Reads JSON bodies whatever content type, or none, clients give them. Thread-safe. */
@Provider
@Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json", MediaType.WILDCARD})
public final class JsonReader implements ServerMessageBodyReader<Object> {
    private final ObjectMapper mapper;

    @Inject
    JsonReader(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, ResteasyReactiveResourceInfo resource, MediaType media) {
        return isJson(type);
    }

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return isJson(type);
    }

    @Override
    public Object readFrom(Class<Object> type, Type generic, MediaType media, ServerRequestContext context)
            throws IOException {
        return read(generic, context.getInputStream());
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        return read(generic, body);
    }

    private Object read(Type type, InputStream body) throws IOException {
        try {
            Object value = mapper.readerFor(mapper.constructType(type)).readValue(body);
            if (value == null) {
                throw new ApiException(ErrorCode.BODY_UNREADABLE, "The body is null; send a JSON value");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new ApiException(ErrorCode.BODY_UNREADABLE, sentence(e));
        }
    }

    /** What is wrong with a body and where, without the parser's talk of Java. */
    static String sentence(JsonProcessingException e) {
        var at = e.getLocation();
        Throwable cause = e.getCause();
        String what = cause instanceof IllegalArgumentException ? cause.getMessage() : e.getOriginalMessage();
        return "The body is not the JSON that this call reads"
                + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")") + ": " + what;
    }

    private static boolean isJson(Class<?> type) {
        return type != byte[].class && type != String.class && !InputStream.class.isAssignableFrom(type);
    }
}
