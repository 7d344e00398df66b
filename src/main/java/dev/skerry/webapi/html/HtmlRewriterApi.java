package dev.skerry.webapi.html;

import dev.skerry.binding.GuestCallable;
import dev.skerry.binding.GuestError;
import dev.skerry.binding.IsolateServices;
import dev.skerry.binding.WebApi;
import dev.skerry.model.ByteSize;
import dev.skerry.webapi.html.Edits.Piece;
import dev.skerry.webapi.html.Edits.Place;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The Java half of {@code js/htmlrewriter.js}, by {@code js/htmlrewriter/host.js}. Thread-safe; what it attaches is confined to the thread in its isolate. */
@Singleton
public final class HtmlRewriterApi implements WebApi {
    private final Cleaner cleaner = Cleaner.create();
    private final ByteSize most;

    @Inject
    public HtmlRewriterApi(HtmlRewriterConfig config) {
        this.most = config.memory();
    }

    @Override
    public String name() {
        return "htmlrewriter/host";
    }

    @Override
    public Object attach(IsolateServices isolate) {
        return new Host(cleaner, most);
    }

    /** A document, which is forgotten with the worker's stream, if it was not closed before. */
    private static final class Open {
        final Rewriter rewriter;
        final Cleaner.Cleanable cleanable;

        Open(Cleaner cleaner, Charset charset, Account account) {
            this.rewriter = new Rewriter(charset, account);
            this.cleanable = cleaner.register(this, account::close);
        }
    }

    /** What one document keeps, and all of the isolate do. Thread-safe: it is closed by a thread of its own. */
    private static final class Account implements Rewriter.Memory {
        private final AtomicLong all;
        private final ByteSize most;
        private final AtomicLong mine = new AtomicLong();
        private volatile boolean closed;

        Account(AtomicLong all, ByteSize most) {
            this.all = all;
            this.most = most;
        }

        @Override
        public void keeps(long bytes) {
            if (closed) {
                // A handler that still ran when the body was given up.
                return;
            }
            if (all.addAndGet(bytes - mine.getAndSet(bytes)) > most.bytes()) {
                throw GuestError.error(
                        "The parser has reached its memory limit of " + most + " (skerry.html-rewriter.memory).");
            }
        }

        void close() {
            closed = true;
            all.addAndGet(-mine.getAndSet(0));
        }
    }

    /**
     * Called on the thread in one isolate. The first parameter is a document that {@link #open} made. What is said of the token is for the handler that
     * {@link #next} named last.
     */
    public static final class Host {
        private static final Place[] PLACES = Place.values();

        private final Cleaner cleaner;
        private final ByteSize most;
        private final AtomicLong kept = new AtomicLong();

        private Host(Cleaner cleaner, ByteSize most) {
            this.cleaner = cleaner;
            this.most = most;
        }

        private static Rewriter of(Object document) {
            return ((Open) document).rewriter;
        }

        private static Token token(Object document) {
            return of(document).token();
        }

        /** A TypeError for a selector that is none. */
        @GuestCallable
        public void check(String selector) {
            Selectors.parse(selector);
        }

        /** A new document in an encoding; in UTF-8 when there is none of that name whose markup is ASCII. */
        @GuestCallable
        public Object open(String encoding) {
            return new Open(cleaner, charset(encoding), new Account(kept, most));
        }

        private static Charset charset(String encoding) {
            try {
                String name = encoding.strip().toLowerCase(Locale.ROOT);
                if (!name.isEmpty()
                        && !name.startsWith("utf-16")
                        && !name.startsWith("utf-32")
                        && Charset.isSupported(name)) {
                    Charset charset = Charset.forName(name);
                    if (charset.canEncode()
                            && "<a='\"/>".equals(new String("<a='\"/>".getBytes(charset), StandardCharsets.US_ASCII))) {
                        return charset;
                    }
                }
            } catch (IllegalCharsetNameException e) {
                // As one that is not known.
            }
            return StandardCharsets.UTF_8;
        }

        @GuestCallable
        public void on(Object document, String selector, int element, int comments, int text) {
            of(document).on(selector, element, comments, text);
        }

        @GuestCallable
        public void onDocument(Object document, int doctype, int comments, int text, int end) {
            of(document).onDocument(doctype, comments, text, end);
        }

        @GuestCallable
        public void push(Object document, byte[] bytes) {
            of(document).push(bytes);
        }

        @GuestCallable
        public void finish(Object document) {
            of(document).finish();
        }

        /**
         * The number of the handler to call; -1 when input is needed, -2 at the end, -3 when there is output to take; less: minus ten minus the number of
         * the stream to write.
         */
        @GuestCallable
        public int next(Object document) {
            return of(document).next();
        }

        /** What was written since the last time; null when nothing was. */
        @GuestCallable
        public @Nullable ByteBuffer output(Object document) {
            return of(document).takeOutput();
        }

        /** A piece of the stream to write, HTML or text. */
        @GuestCallable
        public void write(Object document, byte[] bytes, boolean html) {
            of(document).write(html ? bytes : escaped(bytes));
        }

        private static byte[] escaped(byte[] bytes) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 16);
            for (byte b : bytes) {
                switch (b) {
                    case '&' -> out.writeBytes("&amp;".getBytes(StandardCharsets.US_ASCII));
                    case '<' -> out.writeBytes("&lt;".getBytes(StandardCharsets.US_ASCII));
                    case '>' -> out.writeBytes("&gt;".getBytes(StandardCharsets.US_ASCII));
                    default -> out.write(b);
                }
            }
            return out.toByteArray();
        }

        /** Nothing may be called on the document afterwards. */
        @GuestCallable
        public void close(Object document) {
            ((Open) document).cleanable.clean();
        }

        /** {@code place} is the position of a {@link Place}. */
        @GuestCallable
        public void insert(Object document, int place, String content, boolean html) {
            token(document).insert(PLACES[place], content, html);
        }

        @GuestCallable
        public void insertStream(Object document, int place, int stream) {
            token(document).insert(PLACES[place], new Piece.Stream(stream));
        }

        @GuestCallable
        public void remove(Object document) {
            token(document).remove();
        }

        @GuestCallable
        public void removeAndKeepContent(Object document) {
            token(document).removeAndKeepContent();
        }

        @GuestCallable
        public boolean removed(Object document) {
            return token(document).removed();
        }

        @GuestCallable
        public String tagName(Object document) {
            return token(document).tag().name();
        }

        @GuestCallable
        public void setTagName(Object document, String name) {
            token(document).tag().rename(name);
        }

        @GuestCallable
        public String namespace(Object document) {
            return token(document).element().namespace.uri;
        }

        /** Null when there is none of this name, which is in lower case. */
        @GuestCallable
        public @Nullable String attribute(Object document, String name) {
            return token(document).tag().attribute(name);
        }

        @GuestCallable
        public void setAttribute(Object document, String name, String value) {
            token(document).setAttribute(name, value);
        }

        @GuestCallable
        public void removeAttribute(Object document, String name) {
            token(document).tag().remove(name);
        }

        /** The attributes as they are now, for {@link #pair}: name, value, name, value. */
        @GuestCallable
        public Object pairs(Object document) {
            return new Pairs(token(document).tag().pairs());
        }

        /** Null behind the last. */
        @GuestCallable
        public @Nullable String pair(Object pairs, int index) {
            List<String> list = ((Pairs) pairs).list;
            return index < list.size() ? list.get(index) : null;
        }

        private record Pairs(List<String> list) {}

        @GuestCallable
        public boolean hasContent(Object document) {
            return token(document).hasContent();
        }

        @GuestCallable
        public void onEndTag(Object document, int handler) {
            token(document).onEndTag(handler);
        }

        /** Of text, or of a comment. */
        @GuestCallable
        public String text(Object document) {
            return token(document).text();
        }

        @GuestCallable
        public void setText(Object document, String text) {
            token(document).setText(text);
        }

        @GuestCallable
        public boolean lastInTextNode(Object document) {
            return token(document).lastInTextNode();
        }

        @GuestCallable
        public String endTagName(Object document) {
            return token(document).endTagName();
        }

        @GuestCallable
        public @Nullable String doctypeName(Object document) {
            return token(document).doctype().name();
        }

        @GuestCallable
        public @Nullable String doctypePublicId(Object document) {
            return token(document).doctype().publicId();
        }

        @GuestCallable
        public @Nullable String doctypeSystemId(Object document) {
            return token(document).doctype().systemId();
        }
    }
}
