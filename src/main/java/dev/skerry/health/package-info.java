/**
 * Whether the server is well, for whoever supervises it: {@code /q/health/live}, with the end of a process that cannot go on, and {@code /q/health/ready}. The
 * threads of the admin API answer; what is asked is read without waiting.
 *
 * <p>May import {@code ingress}, {@code runtime}.
 */
@NullMarked
package dev.skerry.health;

import org.jspecify.annotations.NullMarked;
