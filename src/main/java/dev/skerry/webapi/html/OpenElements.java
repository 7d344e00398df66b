package dev.skerry.webapi.html;

import dev.skerry.binding.GuestError;
import dev.skerry.webapi.html.Selectors.Compound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The elements that are open, as the tags say: one is open until an end tag of its name comes, or one of an element around it. (A parser of documents also
 * closes a {@code p} before a {@code div}, and a {@code li} before the next; a rewriter does not, and neither does Cloudflare's. An end tag that closes more than
 * its own element is the end tag of all of them: {@code onEndTag} of each hears of it, the innermost first. At the end of the document, nobody does.) Confined to one thread at a time.
 *
 * <p>The compounds of all selectors are numbered through. An element keeps which of them it is the last element of, and which of them it or an element
 * around it is: that is all that a match of what comes inside needs.
 */
final class OpenElements {
    enum Namespace {
        HTML("http://www.w3.org/1999/xhtml"),
        SVG("http://www.w3.org/2000/svg"),
        MATH_ML("http://www.w3.org/1998/Math/MathML");

        final String uri;

        Namespace(String uri) {
            this.uri = uri;
        }
    }

    static final class Element {
        final String name;
        final Namespace namespace;
        private final long[] own;
        private final long[] around;
        private int children;
        private @Nullable Map<String, Integer> types;
        /** The rules that it matches. */
        final List<Integer> rules;

        @Nullable
        Edits edits;

        @Nullable
        String newName;

        final List<Integer> endTagHandlers = new ArrayList<>(0);

        private Element(String name, Namespace namespace, long[] own, long[] around, List<Integer> rules) {
            this.name = name;
            this.namespace = namespace;
            this.own = own;
            this.around = around;
            this.rules = rules;
        }
    }

    private static final int MOST_STEPS = 4096;

    private static final Set<String> VOID = Set.of(
            "area",
            "base",
            "basefont",
            "bgsound",
            "br",
            "col",
            "embed",
            "frame",
            "hr",
            "img",
            "input",
            "keygen",
            "link",
            "meta",
            "param",
            "source",
            "track",
            "wbr");

    /** HTML inside of SVG and MathML: https://html.spec.whatwg.org/multipage/parsing.html#html-integration-point */
    private static final Set<String> HTML_IN_SVG = Set.of("foreignobject", "desc", "title");

    private static final Set<String> HTML_IN_MATH = Set.of("mi", "mo", "mn", "ms", "mtext", "annotation-xml");

    /** Start tags that end foreign content: https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign */
    private static final Set<String> BREAK_OUT = Set.of(
            "b",
            "big",
            "blockquote",
            "body",
            "br",
            "center",
            "code",
            "dd",
            "div",
            "dl",
            "dt",
            "em",
            "embed",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "head",
            "hr",
            "i",
            "img",
            "li",
            "listing",
            "menu",
            "meta",
            "nobr",
            "ol",
            "p",
            "pre",
            "ruby",
            "s",
            "small",
            "span",
            "strong",
            "strike",
            "sub",
            "sup",
            "table",
            "tt",
            "u",
            "ul",
            "var");

    /** A compound of a selector: it needs the one before it, unless it is the first. */
    private record Step(Compound compound, boolean first, boolean last, int rule) {}

    private final List<Step> steps = new ArrayList<>();
    private boolean countTypes;
    private final List<Element> open = new ArrayList<>();
    /** How many of each name are open: end tags without an element are told at once. */
    private final Map<String, Integer> names = new HashMap<>();

    private @Nullable Element root;

    /** Adds a rule's selector. Before the first element. */
    void add(List<List<Compound>> alternatives, int rule) {
        if (steps.size() > MOST_STEPS) {
            throw GuestError.error("A rewriter has too many selectors.");
        }
        for (List<Compound> chain : alternatives) {
            for (int i = 0; i < chain.size(); i++) {
                countTypes |= chain.get(i).countsTypes();
                steps.add(new Step(chain.get(i), i == 0, i == chain.size() - 1, rule));
            }
        }
    }

    int size() {
        return open.size();
    }

    private Element top() {
        if (!open.isEmpty()) {
            return open.getLast();
        }
        Element outermost = root;
        if (outermost == null) {
            long[] none = new long[(steps.size() + 63) / 64];
            outermost = root = new Element("", Namespace.HTML, none, none, List.of());
        }
        return outermost;
    }

    /** Whether what comes next is in SVG or MathML, and not in HTML inside of that. */
    boolean inForeignContent() {
        return contentOf(top()) != Namespace.HTML;
    }

    private static Namespace contentOf(Element element) {
        return switch (element.namespace) {
            case HTML -> Namespace.HTML;
            case SVG -> HTML_IN_SVG.contains(element.name) ? Namespace.HTML : Namespace.SVG;
            case MATH_ML -> HTML_IN_MATH.contains(element.name) ? Namespace.HTML : Namespace.MATH_ML;
        };
    }

    private Namespace namespaceOf(String name) {
        return switch (name) {
            case "svg" -> Namespace.SVG;
            case "math" -> Namespace.MATH_ML;
            default -> {
                Namespace around = contentOf(top());
                yield around != Namespace.HTML && BREAK_OUT.contains(name) ? Namespace.HTML : around;
            }
        };
    }

    /** The element of a start tag, not yet open. */
    Element match(Tag tag) {
        Element parent = top();
        String name = tag.name();
        int child = ++parent.children;
        int ofType = 0;
        if (countTypes) {
            Map<String, Integer> types = parent.types;
            if (types == null) {
                types = parent.types = new HashMap<>();
            }
            ofType = types.merge(name, 1, Integer::sum);
        }
        if (steps.isEmpty()) {
            return new Element(name, namespaceOf(name), parent.own, parent.around, List.of());
        }
        long[] own = new long[parent.own.length];
        List<Integer> rules = List.of();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (!step.first()) {
                long[] needed = step.compound().child() ? parent.own : parent.around;
                if ((needed[(i - 1) / 64] & 1L << (i - 1)) == 0) {
                    continue;
                }
            }
            if (step.compound().matches(name, tag, child, ofType)) {
                own[i / 64] |= 1L << i;
                if (step.last() && !rules.contains(step.rule())) {
                    rules = rules.isEmpty() ? new ArrayList<>(2) : rules;
                    rules.add(step.rule());
                }
            }
        }
        long[] around = own;
        if (!Arrays.equals(parent.around, own)) {
            around = parent.around.clone();
            for (int i = 0; i < own.length; i++) {
                around[i] |= own[i];
            }
        }
        return new Element(name, namespaceOf(name), own, around, rules);
    }

    /** Whether the element of this tag has content, and an end tag. */
    static boolean hasContent(Element element, boolean selfClosing) {
        return element.namespace == Namespace.HTML ? !VOID.contains(element.name) : !selfClosing;
    }

    void open(Element element) {
        open.add(element);
        names.merge(element.name, 1, Integer::sum);
    }

    /** How many elements an end tag closes; 0 when none of its name is open. */
    int closedBy(String name) {
        for (int i = names.containsKey(name) ? open.size() - 1 : -1; i >= 0; i--) {
            if (open.get(i).name.equals(name)) {
                return open.size() - i;
            }
        }
        return 0;
    }

    Element close() {
        Element closed = open.removeLast();
        names.computeIfPresent(closed.name, (name, count) -> count == 1 ? null : count - 1);
        return closed;
    }
}
