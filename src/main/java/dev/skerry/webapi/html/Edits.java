package dev.skerry.webapi.html;

import dev.skerry.model.Bytes;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What handlers do to one token. Confined to one thread at a time. */
final class Edits {
    /** Where content goes. The guest half knows them by their order. */
    enum Place {
        BEFORE,
        AFTER,
        PREPEND,
        APPEND,
        REPLACE,
        INNER
    }

    /** Content that is to be inserted. */
    sealed interface Piece {
        /** What it is reckoned as while it waits. */
        default int cost() {
            return switch (this) {
                case Content content -> 32 + content.bytes().size();
                case Stream stream -> 32;
            };
        }

        record Content(Bytes bytes) implements Piece {}

        /** What the guest half writes when its turn comes. */
        record Stream(int id) implements Piece {}
    }

    final List<Piece> before = new ArrayList<>(0);
    final List<Piece> after = new ArrayList<>(0);
    /** After the start tag, and before the end tag. */
    final List<Piece> prepended = new ArrayList<>(0);

    final List<Piece> appended = new ArrayList<>(0);
    final List<Piece> replacement = new ArrayList<>(0);
    boolean removed;
    /** The content between the tags is dropped. */
    boolean emptied;

    void insert(Place place, Piece piece) {
        switch (place) {
            case BEFORE -> before.add(piece);
            case AFTER -> after.addFirst(piece);
            case PREPEND -> prepended.addFirst(piece);
            case APPEND -> appended.add(piece);
            case REPLACE -> {
                replacement.clear();
                replacement.add(piece);
                remove();
            }
            case INNER -> {
                prepended.clear();
                appended.clear();
                prepended.add(piece);
                emptied = true;
            }
        }
    }

    void remove() {
        removed = true;
        emptied = true;
        prepended.clear();
        appended.clear();
    }

    /** What is kept until the end tag. */
    long costAtEnd() {
        long cost = 0;
        for (Piece piece : appended) {
            cost += piece.cost();
        }
        for (Piece piece : after) {
            cost += piece.cost();
        }
        return cost;
    }

    /** Text as the bytes of an encoding; what it has not becomes a reference. */
    static byte[] encoded(String text, Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            return text.getBytes(charset);
        }
        CharsetEncoder encoder = charset.newEncoder();
        if (encoder.canEncode(text)) {
            return text.getBytes(charset);
        }
        StringBuilder known = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            String character = Character.toString(c);
            known.append(encoder.canEncode(character) ? character : "&#" + c + ";");
        });
        return known.toString().getBytes(charset);
    }

    /** Text that shows as it is. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
