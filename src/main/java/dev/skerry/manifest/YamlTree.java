package dev.skerry.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML as a tree with lines, its plain scalars read by the core schema of YAML 1.2 (section 10.3.2): {@code on} and {@code 2026-01-31} are texts, and what
 * is a number or a truth is one in JSON too.
 */
final class YamlTree {
    private YamlTree() {}

    /**
     * The tree; null for an empty file.
     *
     * @throws org.yaml.snakeyaml.error.YAMLException when the text is no YAML
     */
    static @Nullable Node parse(String text) {
        LoaderOptions options = new LoaderOptions();
        // A section tells of doubles, with their lines.
        options.setAllowDuplicateKeys(true);
        options.setMergeOnCompose(true);
        return new Composer(
                        new ParserImpl(new StreamReader(new StringReader(text)), options), new CoreSchema(), options)
                .getSingleNode();
    }

    /**
     * A value as JSON.
     *
     * @throws IllegalArgumentException when it is none: a tag of another type, a key that is no text, a node within itself
     */
    static JsonNode json(Node node) {
        if (node.isTwoStepsConstruction()) {
            throw new IllegalArgumentException("A value cannot hold itself");
        }
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode sequence -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                sequence.getValue().forEach(item -> array.add(json(item)));
                yield array;
            }
            case MappingNode mapping -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                for (NodeTuple tuple : mapping.getValue()) {
                    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                        throw new IllegalArgumentException("A key of an object is a text");
                    }
                    object.set(key.getValue(), json(tuple.getValueNode()));
                }
                yield object;
            }
            default -> throw new IllegalArgumentException("A value is a text, number, truth, list or mapping");
        };
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.STR)) {
            return JsonNodeFactory.instance.textNode(text);
        } else if (tag.equals(Tag.BOOL)) {
            return JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text));
        } else if (tag.equals(Tag.NULL)) {
            return JsonNodeFactory.instance.nullNode();
        } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return JsonNodeFactory.instance.numberNode(new BigDecimal(text));
        }
        throw new IllegalArgumentException("A value cannot have the tag " + tag.getValue());
    }

    private static final class CoreSchema extends Resolver {
        private static final Pattern NULL = Pattern.compile("(?:~|null|Null|NULL)?");
        private static final Pattern BOOL = Pattern.compile("true|True|TRUE|false|False|FALSE");
        private static final Pattern INT = Pattern.compile("[-+]?[0-9]{1,64}");
        private static final Pattern FLOAT =
                Pattern.compile("[-+]?(\\.[0-9]{1,64}|[0-9]{1,64}(\\.[0-9]{0,64})?)([eE][-+]?[0-9]{1,3})?");

        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
            addImplicitResolver(Tag.MERGE, MERGE, "<");
            addImplicitResolver(Tag.BOOL, BOOL, "tTfF");
            addImplicitResolver(Tag.INT, INT, "-+0123456789");
            addImplicitResolver(Tag.FLOAT, FLOAT, "-+0123456789.");
        }
    }
}
