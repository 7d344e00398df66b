/**
 * The Java half of {@code js/compression.js} and of {@code node:zlib}: the Compression Standard (https://compression.spec.whatwg.org/) on the JDK's zlib, a piece of output
 * at a time, so that what a stream holds has a bound however far its input expands. A body that is in a content coding is {@link
 * dev.skerry.webapi.compression.Coded}: it stays as it is until somebody reads it.
 */
@NullMarked
package dev.skerry.webapi.compression;

import org.jspecify.annotations.NullMarked;
