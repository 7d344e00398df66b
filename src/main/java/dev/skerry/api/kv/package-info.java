/** The admin API of KV: namespaces, and the keys and values in them. As {@code dev.skerry.api}, of which it uses envelope, errors and gate. */
@NullMarked
package dev.skerry.api.kv;

import org.jspecify.annotations.NullMarked;
