/**
 * The Java half of W3C WebCrypto (<a href="https://w3c.github.io/webcrypto/">specification</a>) on the JDK's providers: {@code js/crypto.js} has
 * {@link dev.skerry.webapi.crypto.CryptoApi} for randomness, {@code js/crypto/subtle.js} has
 * {@link dev.skerry.webapi.crypto.SubtleCryptoApi} for what is done with keys, {@code js/crypto/keys.js} has
 * {@link dev.skerry.webapi.crypto.CryptoKeysApi} for how keys come and go. {@code node:crypto} ({@code js/nodejs/crypto}) has three more of them, whose names begin with Node.
 *
 * <p>The guest half normalises algorithms, copies buffers and makes promises; here is what a key is, what may be done with it, and the arithmetic.
 * Key material never crosses over except through an export of an extractable key: what JavaScript holds is an opaque {@code Key}.
 *
 * <p>All of it runs on the thread that is in the isolate, so its time is the worker's CPU time. What could take for ever has a bound: PBKDF2's
 * iterations and blocks ({@code KeyDerivation}), the size of RSA keys ({@code RsaKeys}).
 */
@NullMarked
package dev.skerry.webapi.crypto;

import org.jspecify.annotations.NullMarked;
