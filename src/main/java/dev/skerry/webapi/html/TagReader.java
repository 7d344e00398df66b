package dev.skerry.webapi.html;

import java.util.Arrays;

/**
 * Reads a tag, a byte at a time, from its name on: https://html.spec.whatwg.org/multipage/parsing.html#tag-name-state and those that follow. What it keeps
 * are offsets from the tag's start. Confined to one thread at a time.
 */
final class TagReader {
    private enum State {
        NAME,
        BEFORE_ATTRIBUTE,
        ATTRIBUTE_NAME,
        AFTER_NAME,
        BEFORE_VALUE,
        DOUBLE_QUOTED,
        SINGLE_QUOTED,
        UNQUOTED,
        AFTER_QUOTED,
        SELF_CLOSING
    }

    private static final int FIELDS = 5;

    private State state = State.NAME;
    private int nameStart;
    private int nameEnd;
    private boolean selfClosing;
    /** {@link #FIELDS} for each attribute. */
    private int[] attributes = new int[8 * FIELDS];

    private int attributeCount;

    /** A tag whose name begins at this offset. */
    void begin(int name) {
        nameStart = name;
        state = State.NAME;
        selfClosing = false;
        attributeCount = 0;
    }

    /** Takes the byte at an offset from the tag's start; true at its end. */
    boolean step(int c, int scan) {
        boolean space = Tokenizer.isSpace(c);
        switch (state) {
            case NAME -> {
                if (space || c == '/' || c == '>') {
                    nameEnd = scan;
                    return leaveName(c);
                }
            }
            case BEFORE_ATTRIBUTE -> {
                return beforeAttribute(c, scan);
            }
            case ATTRIBUTE_NAME -> {
                if (space || c == '/' || c == '>' || (c == '=' && scan > field(0))) {
                    field(1, scan);
                    noValue(scan);
                    return afterAttributeName(c);
                }
            }
            case AFTER_NAME -> {
                if (space) {
                    return false;
                }
                if (c == '/' || c == '>' || c == '=') {
                    return afterAttributeName(c);
                }
                attributeCount++;
                return beforeAttribute(c, scan);
            }
            case BEFORE_VALUE -> {
                if (space) {
                    return false;
                }
                switch (c) {
                    case '"' -> state = State.DOUBLE_QUOTED;
                    case '\'' -> state = State.SINGLE_QUOTED;
                    case '>' -> {
                        noValue(scan);
                        attributeCount++;
                        return true;
                    }
                    default -> state = State.UNQUOTED;
                }
                field(2, state == State.UNQUOTED ? scan : scan + 1);
            }
            case DOUBLE_QUOTED, SINGLE_QUOTED -> {
                if (c == (state == State.DOUBLE_QUOTED ? '"' : '\'')) {
                    field(3, scan);
                    field(4, scan + 1);
                    attributeCount++;
                    state = State.AFTER_QUOTED;
                }
            }
            case UNQUOTED -> {
                if (space || c == '>') {
                    field(3, scan);
                    field(4, scan);
                    attributeCount++;
                    state = State.BEFORE_ATTRIBUTE;
                    return c == '>';
                }
            }
            case AFTER_QUOTED, SELF_CLOSING -> {
                if (c == '>') {
                    selfClosing = state == State.SELF_CLOSING;
                    return true;
                }
                return beforeAttribute(c, scan);
            }
        }
        return false;
    }

    private boolean leaveName(int c) {
        state = c == '/' ? State.SELF_CLOSING : State.BEFORE_ATTRIBUTE;
        return c == '>';
    }

    private boolean beforeAttribute(int c, int scan) {
        if (Tokenizer.isSpace(c)) {
            state = State.BEFORE_ATTRIBUTE;
        } else if (c == '/' || c == '>') {
            return leaveName(c);
        } else {
            if ((attributeCount + 1) * FIELDS > attributes.length) {
                attributes = Arrays.copyOf(attributes, attributes.length * 2);
            }
            field(0, scan);
            state = State.ATTRIBUTE_NAME;
        }
        return false;
    }

    private boolean afterAttributeName(int c) {
        switch (c) {
            case '/', '>' -> {
                attributeCount++;
                return leaveName(c);
            }
            case '=' -> state = State.BEFORE_VALUE;
            default -> state = State.AFTER_NAME;
        }
        return false;
    }

    private void noValue(int at) {
        field(2, at);
        field(3, at);
        field(4, at);
    }

    /** Of the attribute that is being read: where its name begins and ends, its value, and all of it. */
    private void field(int field, int value) {
        attributes[attributeCount * FIELDS + field] = value;
    }

    private int field(int field) {
        return attributes[attributeCount * FIELDS + field];
    }

    int nameStart() {
        return nameStart;
    }

    int nameEnd() {
        return nameEnd;
    }

    boolean selfClosing() {
        return selfClosing;
    }

    int attributeCount() {
        return attributeCount;
    }

    int attributeStart(int index) {
        return attributes[index * FIELDS];
    }

    int attributeNameEnd(int index) {
        return attributes[index * FIELDS + 1];
    }

    int valueStart(int index) {
        return attributes[index * FIELDS + 2];
    }

    int valueEnd(int index) {
        return attributes[index * FIELDS + 3];
    }

    int attributeEnd(int index) {
        return attributes[index * FIELDS + 4];
    }
}
