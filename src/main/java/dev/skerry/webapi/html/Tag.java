package dev.skerry.webapi.html;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The start tag that the tokenizer stands at. Values are as they are written: a rewriter does not decode entities. Confined to one thread at a time.
 */
final class Tag {
    /** An attribute; it is the tag's own at {@code index}, unless it was set to a value. */
    private record Attribute(String name, @Nullable String value, int index) {}

    /** More attributes than these are looked up in an index. */
    private static final int FEW = 16;

    private final Tokenizer at;
    private final TagReader read;
    private final Charset charset;
    private final String name;
    private @Nullable List<Attribute> changed;
    private @Nullable String newName;
    private @Nullable Map<String, Integer> index;

    Tag(Tokenizer at, Charset charset, String name) {
        this.at = at;
        this.read = at.tag();
        this.charset = charset;
        this.name = name;
    }

    /** In lower case. */
    String name() {
        return newName == null ? name : newName;
    }

    void rename(String to) {
        newName = to;
    }

    boolean renamed() {
        return newName != null;
    }

    /** An attribute's value; null when the tag has no such attribute. The name is in lower case; of two of the same name the first counts. */
    @Nullable
    String attribute(String wanted) {
        if (changed != null) {
            for (Attribute attribute : changed) {
                if (attribute.name().equals(wanted)) {
                    return value(attribute);
                }
            }
            return null;
        }
        int index = indexOf(wanted);
        return index < 0 ? null : text(read.valueStart(index), read.valueEnd(index));
    }

    private int indexOf(String wanted) {
        if (read.attributeCount() > FEW) {
            Map<String, Integer> known = index;
            if (known == null) {
                known = index = new HashMap<>();
                for (int i = 0; i < read.attributeCount(); i++) {
                    known.putIfAbsent(attributeName(i), i);
                }
            }
            return known.getOrDefault(wanted, -1);
        }
        for (int i = 0; i < read.attributeCount(); i++) {
            if (isNamed(i, wanted)) {
                return i;
            }
        }
        return -1;
    }

    private String value(Attribute attribute) {
        return attribute.value() == null
                ? text(read.valueStart(attribute.index()), read.valueEnd(attribute.index()))
                : attribute.value();
    }

    private boolean isNamed(int index, String wanted) {
        int start = read.attributeStart(index);
        int length = read.attributeNameEnd(index) - start;
        boolean ascii = length == wanted.length();
        for (int i = 0; ascii && i < length; i++) {
            ascii = Tokenizer.lower(at.buffer()[at.start() + start + i]) == wanted.charAt(i);
        }
        return ascii || (wanted.length() < length && attributeName(index).equals(wanted));
    }

    private String attributeName(int index) {
        return text(read.attributeStart(index), read.attributeNameEnd(index)).toLowerCase(Locale.ROOT);
    }

    private String text(int start, int end) {
        return new String(at.buffer(), at.start() + start, end - start, charset);
    }

    private List<Attribute> attributes() {
        List<Attribute> list = changed;
        if (list == null) {
            list = new ArrayList<>();
            for (int i = 0; i < read.attributeCount(); i++) {
                list.add(new Attribute(attributeName(i), null, i));
            }
        }
        return list;
    }

    /** Name, value, name, value. */
    List<String> pairs() {
        List<String> pairs = new ArrayList<>();
        for (Attribute attribute : attributes()) {
            pairs.add(attribute.name());
            pairs.add(value(attribute));
        }
        return pairs;
    }

    void set(String wanted, String value) {
        List<Attribute> list = attributes();
        changed = list;
        Attribute set = new Attribute(wanted, value, -1);
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).name().equals(wanted)) {
                list.set(i, set);
                return;
            }
        }
        list.add(set);
    }

    void remove(String wanted) {
        if (attribute(wanted) != null) {
            List<Attribute> list = attributes();
            changed = list;
            list.removeIf(attribute -> attribute.name().equals(wanted));
        }
    }

    /** Writes it as it was, or as it has become. */
    void write(ByteArrayOutputStream out) {
        if (changed == null && newName == null) {
            out.write(at.buffer(), at.start(), at.length());
            return;
        }
        out.write('<');
        if (newName == null) {
            out.write(at.buffer(), at.start() + read.nameStart(), read.nameEnd() - read.nameStart());
        } else {
            out.writeBytes(newName.getBytes(charset));
        }
        for (Attribute attribute : attributes()) {
            out.write(' ');
            if (attribute.value() == null) {
                int start = read.attributeStart(attribute.index());
                out.write(at.buffer(), at.start() + start, read.attributeEnd(attribute.index()) - start);
            } else {
                String quoted = Objects.requireNonNull(attribute.value()).replace("\"", "&quot;");
                out.writeBytes(Edits.encoded(attribute.name() + "=\"" + quoted + "\"", charset));
            }
        }
        out.writeBytes((read.selfClosing() ? " />" : ">").getBytes(charset));
    }
}
