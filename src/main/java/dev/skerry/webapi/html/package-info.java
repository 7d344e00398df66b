/**
 * The Java half of HTMLRewriter: a tokenizer of HTML that works on bytes as they arrive, and passes on what nobody changes byte for byte.
 *
 * <p>The {@link dev.skerry.webapi.html.Tokenizer} finds tags, comments and text; the {@link dev.skerry.webapi.html.OpenElements} know which elements
 * are open and which {@link dev.skerry.webapi.html.Selectors} they match; the {@link dev.skerry.webapi.html.Rewriter} tells the guest half
 * which handler to call next, and writes what came of it.
 */
@NullMarked
package dev.skerry.webapi.html;

import org.jspecify.annotations.NullMarked;
