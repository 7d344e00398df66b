package dev.skerry.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls the admin API of a server that runs. Confined to one thread. */
final class AdminClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What the server refused, or that it does not answer; the message is for people. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int code;

        Failure(int code, String message) {
            super(message);
            this.code = code;
        }

        /** The number in the answer; 0 where there was none. */
        int code() {
            return code;
        }
    }

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String server;
    private final String token;
    private final String agent;
    private final String account;

    /**
     * Asks the server for its account.
     *
     * @param server such as {@code http://127.0.0.1:8788}
     * @param agent what calls, as the server may tell of its changes
     */
    AdminClient(String server, String token, String agent) {
        this.server = server;
        this.token = token;
        this.agent = agent;
        this.account =
                result(request("/client/v4/accounts").GET()).path(0).path("id").asText();
    }

    JsonNode get(String path) {
        return result(request(path(path)).GET());
    }

    JsonNode post(String path, JsonNode body) {
        return result(json(path).POST(BodyPublishers.ofString(body.toString())));
    }

    JsonNode delete(String path) {
        return result(request(path(path)).DELETE());
    }

    JsonNode put(String path, JsonNode body) {
        return result(json(path).PUT(BodyPublishers.ofString(body.toString())));
    }

    JsonNode put(String path, String contentType, BodyPublisher body) {
        return result(request(path(path)).header("Content-Type", contentType).PUT(body));
    }

    /** With a token of its own, as the upload of static files has. */
    JsonNode post(String path, String ownToken, String contentType, BodyPublisher body) {
        return result(request(path(path))
                .setHeader("Authorization", "Bearer " + ownToken)
                .header("Content-Type", contentType)
                .POST(body));
    }

    private HttpRequest.Builder json(String path) {
        return request(path(path)).header("Content-Type", "application/json");
    }

    private String path(String below) {
        return "/client/v4/accounts/" + account + below;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("User-Agent", agent);
    }

    private JsonNode result(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            JsonNode answer = MAPPER.readTree(response.body());
            if (!answer.path("success").asBoolean()) {
                JsonNode error = answer.path("errors").path(0);
                throw new Failure(
                        error.path("code").asInt(),
                        error.path("message").asText("The server at " + server + " answered " + response.statusCode()));
            }
            return answer.path("result");
        } catch (JsonProcessingException e) {
            throw new Failure(0, "What answers at " + server + " is not the admin API of Skerry");
        } catch (IOException e) {
            throw new Failure(
                    0, "No server answers at " + server + " (" + e + "); start one, or name it with --server");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(0, "Interrupted");
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
