/**
 * The Java half of {@code js/encoding.js}: the decoders of the Encoding Standard (https://encoding.spec.whatwg.org/), UTF-8 both ways, base64.
 * The indexes of the legacy encodings are made of the JDK's charsets, corrected where the standard differs, when one is first used.
 */
@NullMarked
package dev.skerry.webapi.encoding;

import org.jspecify.annotations.NullMarked;
