package dev.skerry.webapi.html;

import dev.skerry.webapi.html.OpenElements.Element;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The handlers of a rewriter, by their numbers, and which of them hear of what the open elements hold. Confined to one thread at a time. */
final class Rules {
    /** The handlers of one {@code on()} or {@code onDocument()}; -1 for one that is not there. */
    private record Rule(boolean everywhere, int element, int comments, int text, int doctype, int end) {}

    private final List<Rule> rules = new ArrayList<>();
    /** How many open elements each rule matches. */
    private int[] active = new int[0];

    private boolean anyText;

    int size() {
        return rules.size();
    }

    void addElements(int element, int comments, int text) {
        add(new Rule(false, element, comments, text, -1, -1));
    }

    void addDocument(int doctype, int comments, int text, int end) {
        add(new Rule(true, -1, comments, text, doctype, end));
    }

    private void add(Rule rule) {
        rules.add(rule);
        active = new int[rules.size()];
        anyText |= rule.text() >= 0;
    }

    /** Whether any handler is for text. */
    boolean anyText() {
        return anyText;
    }

    void opened(Element element) {
        for (int rule : element.rules) {
            active[rule]++;
        }
    }

    void closed(Element element) {
        for (int rule : element.rules) {
            active[rule]--;
        }
    }

    // The handlers of a token, where the document is.

    void elements(Element matched, Collection<Integer> to) {
        for (int rule : matched.rules) {
            add(rules.get(rule).element(), to);
        }
    }

    void text(Collection<Integer> to) {
        for (int i = 0; i < rules.size(); i++) {
            if (hears(i)) {
                add(rules.get(i).text(), to);
            }
        }
    }

    void comments(Collection<Integer> to) {
        for (int i = 0; i < rules.size(); i++) {
            if (hears(i)) {
                add(rules.get(i).comments(), to);
            }
        }
    }

    private boolean hears(int rule) {
        return rules.get(rule).everywhere() || active[rule] > 0;
    }

    void doctype(Collection<Integer> to) {
        rules.forEach(rule -> add(rule.doctype(), to));
    }

    void end(Collection<Integer> to) {
        rules.forEach(rule -> add(rule.end(), to));
    }

    private static void add(int handler, Collection<Integer> to) {
        if (handler >= 0) {
            to.add(handler);
        }
    }
}
