package dev.skerry.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of the YAML tree, taken apart key by key; what is of the wrong shape becomes a problem and counts as absent. Confined to one thread.
 */
final class Section {
    private final String what;
    private final int line;
    private final Problems problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    /** @param what the mapping's name in messages, such as {@code gateway/staging} */
    Section(String what, Node node, Problems problems) {
        this.what = what;
        this.line = line(node);
        this.problems = problems;
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                add(tuple);
            }
        } else if (!isNull(node)) {
            problems.add(line, what + " is a mapping of keys to values");
        }
    }

    private void add(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.add(line(tuple.getKeyNode()), "A key of " + what + " is not a name");
        } else if (values.put(key.getValue(), tuple.getValueNode()) != null) {
            problems.add(line(key), "'" + key.getValue() + "' of " + what + " stands here twice");
        } else {
            lines.put(key.getValue(), line(key));
        }
    }

    /** The name in messages. */
    String what() {
        return what;
    }

    int line() {
        return line;
    }

    /** The line of a key; the section's own when it is not there. */
    int line(String key) {
        return lines.getOrDefault(key, line);
    }

    Iterable<String> keys() {
        return values.keySet();
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    Optional<Node> node(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Tells of keys that are none of these, each with the nearest that is. */
    void allow(List<String> known) {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                problems.add(line(key), "Unknown key '" + key + "' of " + what + Spelling.hint(key, known));
            }
        }
    }

    /** A mapping below; one without keys where there is none. */
    Section section(String key, String name) {
        Node node = values.get(key);
        return node == null ? new Section(name, nothing(), problems) : new Section(name, node, problems);
    }

    Optional<String> text(String key) {
        return node(key).flatMap(node -> scalar(node, key, "a text"));
    }

    Optional<Boolean> truth(String key) {
        return node(key).flatMap(node -> {
            if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
                return Optional.of(Boolean.parseBoolean(scalar.getValue()));
            }
            problems.add(line(key), "'" + key + "' of " + what + " is true or false");
            return Optional.empty();
        });
    }

    /** A text that is read as something; what the reading refuses becomes a problem. */
    <T> Optional<T> value(String key, Function<String, T> reading) {
        return text(key).flatMap(text -> problems.valid(line(key), () -> reading.apply(text)));
    }

    /** A list of texts; a single text counts as a list of one. */
    Optional<List<String>> texts(String key) {
        return node(key).map(node -> {
            List<String> result = new ArrayList<>();
            List<Node> items = node instanceof SequenceNode list ? list.getValue() : List.of(node);
            items.forEach(item -> scalar(item, key, "a list of texts").ifPresent(result::add));
            return result;
        });
    }

    private Optional<String> scalar(Node node, String key, String shape) {
        if (node instanceof ScalarNode scalar && !isNull(node)) {
            return Optional.of(scalar.getValue());
        }
        problems.add(line(node), "'" + key + "' of " + what + " is " + shape);
        return Optional.empty();
    }

    static int line(Node node) {
        return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
    }

    static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private Node nothing() {
        return new ScalarNode(Tag.NULL, "", null, null, org.yaml.snakeyaml.DumperOptions.ScalarStyle.PLAIN);
    }
}
