package dev.skerry.webapi.encoding;

/** https://encoding.spec.whatwg.org/#iso-2022-jp-decoder */
final class Iso2022JpDecoding extends ByteWise {
    private enum State {
        ASCII,
        ROMAN,
        KATAKANA,
        LEAD,
        TRAIL,
        ESCAPE_START,
        ESCAPE
    }

    private State state = State.ASCII;
    private State outputState = State.ASCII;
    private int lead;
    private boolean output;

    Iso2022JpDecoding(String encoding, boolean fatal) {
        super(encoding, fatal);
    }

    @Override
    boolean step(int next, StringBuilder text) {
        switch (state) {
            case ASCII, ROMAN, KATAKANA, LEAD -> first(next, text);
            case TRAIL -> trail(next, text);
            case ESCAPE_START -> {
                if (next != 0x24 && next != 0x28) {
                    return noEscape(text);
                }
                lead = next;
                state = State.ESCAPE;
            }
            case ESCAPE -> {
                return escape(next, text);
            }
        }
        return true;
    }

    private void first(int next, StringBuilder text) {
        if (next == 0x1B) {
            state = State.ESCAPE_START;
            return;
        }
        output = false;
        switch (state) {
            case KATAKANA -> {
                if (in(next, 0x21, 0x5F)) {
                    text.append((char) (0xFF61 - 0x21 + next));
                } else {
                    wrong(text);
                }
            }
            case LEAD -> {
                if (in(next, 0x21, 0x7E)) {
                    lead = next;
                    state = State.TRAIL;
                } else {
                    wrong(text);
                }
            }
            default -> {
                if (next >= 0x80 || next == 0x0E || next == 0x0F) {
                    wrong(text);
                } else if (state == State.ROMAN && next == 0x5C) {
                    text.append('¥');
                } else if (state == State.ROMAN && next == 0x7E) {
                    text.append('‾');
                } else {
                    text.append((char) next);
                }
            }
        }
    }

    private void trail(int next, StringBuilder text) {
        if (next == 0x1B) {
            state = State.ESCAPE_START;
            wrong(text);
            return;
        }
        state = State.LEAD;
        int point = in(next, 0x21, 0x7E) ? Jis0208.get(lead - 0x21, next - 0x21) : 0;
        if (point == 0) {
            wrong(text);
        } else {
            text.append((char) point);
        }
    }

    private boolean escape(int next, StringBuilder text) {
        int first = lead;
        lead = 0;
        State escaped = first == 0x28
                ? switch (next) {
                    case 0x42 -> State.ASCII;
                    case 0x4A -> State.ROMAN;
                    case 0x49 -> State.KATAKANA;
                    default -> State.ESCAPE;
                }
                : next == 0x40 || next == 0x42 ? State.LEAD : State.ESCAPE;
        if (escaped == State.ESCAPE) {
            noEscape(text);
            // The byte after ESC was put back too; it is ASCII.
            while (!step(first, text)) {}
            return false;
        }
        state = outputState = escaped;
        boolean twice = output;
        output = true;
        if (twice) {
            wrong(text);
        }
        return true;
    }

    /** What followed an ESC makes no sequence: it is looked at again. */
    private boolean noEscape(StringBuilder text) {
        output = false;
        state = outputState;
        wrong(text);
        return false;
    }

    @Override
    void end(StringBuilder text) {
        switch (state) {
            case TRAIL, ESCAPE_START -> wrong(text);
            case ESCAPE -> {
                int first = lead;
                noEscape(text);
                while (!step(first, text)) {}
                if (state == State.TRAIL) {
                    wrong(text);
                }
            }
            default -> {}
        }
    }

    @Override
    void reset() {
        state = outputState = State.ASCII;
        lead = 0;
        output = false;
    }
}
