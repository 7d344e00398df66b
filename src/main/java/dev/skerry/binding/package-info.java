/**
 * The contract between an isolate and what Java offers to it. A Web API or a kind of binding comes in two halves: a Java object whose methods
 * are marked {@link dev.skerry.binding.GuestCallable}, and an ES module under {@code src/main/resources/js} of the same name that sees the
 * object as {@code host} and gives workers what they know.
 *
 * <p>A {@code host} object belongs to one isolate and is called on the thread that is in it. What takes time is an
 * {@link dev.skerry.binding.Operation}: begun there, settled from any thread, delivered as an event of the isolate's mailbox.
 */
@NullMarked
package dev.skerry.binding;

import org.jspecify.annotations.NullMarked;
