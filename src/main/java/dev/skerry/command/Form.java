package dev.skerry.command;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A {@code multipart/form-data} body (RFC 7578). Confined to one thread. */
final class Form {
    private final String boundary = "skerry" + UUID.randomUUID().toString().replace("-", "");
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /** A field. */
    void part(String name, String type, byte[] content) {
        append(name, "", type, content);
    }

    /** A file of the same name. */
    void file(String name, String type, byte[] content) {
        append(name, "; filename=\"" + name + "\"", type, content);
    }

    private void append(String name, String filename, String type, byte[] content) {
        text("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"" + filename
                + "\r\nContent-Type: " + type + "\r\n\r\n");
        bytes.writeBytes(content);
        text("\r\n");
    }

    private void text(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The whole; nothing is added afterwards. */
    BodyPublisher body() {
        text("--" + boundary + "--\r\n");
        return BodyPublishers.ofByteArray(bytes.toByteArray());
    }
}
