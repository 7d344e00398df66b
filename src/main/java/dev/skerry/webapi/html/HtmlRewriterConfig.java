package dev.skerry.webapi.html;

import dev.skerry.model.ByteSize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** HTMLRewriter: {@code skerry.html-rewriter.*}. */
@ConfigMapping(prefix = "skerry.html-rewriter")
public interface HtmlRewriterConfig {
    /**
     * What all rewriters of one isolate may keep: tags and comments that are not whole yet, open elements, and content that is to be inserted. The
     * body that needs more fails with an Error.
     */
    @WithDefault("16MB")
    ByteSize memory();
}
