/**
 * How workers reach others. {@link dev.skerry.webapi.egress.Addresses} says which addresses of a host they may connect to, by the rules of
 * {@link dev.skerry.webapi.egress.Gate}; a {@link dev.skerry.webapi.egress.Dialer} connects to one. May import {@code binding}, {@code model} and Vert.x.
 */
@NullMarked
package dev.skerry.webapi.egress;

import org.jspecify.annotations.NullMarked;
