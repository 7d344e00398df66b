/**
 * The rules of services, environments, versions, deployments, addresses and secrets.
 *
 * <p>{@link dev.skerry.registry.Registry} is the way in for whoever asks or changes. A change is a unit of work of the store's writer: its rules
 * ({@link dev.skerry.registry.Change}) read and write there, one change after the other, as a whole or not at all. Once it is on disk the
 * {@link dev.skerry.registry.RoutingTable}, immutable, is swapped whole.
 *
 * <p>The way of a request: ingress reads {@link dev.skerry.registry.Registry#routes()}, {@linkplain dev.skerry.registry.RoutingTable#match matches} host
 * and path to a {@link dev.skerry.registry.Route}, whose {@link dev.skerry.registry.LiveEnvironment}
 * {@linkplain dev.skerry.registry.LiveEnvironment#choose chooses} a version by the deployment's percentages. No SQL, no lock; a preview of a version
 * that does not serve is loaded by {@link dev.skerry.registry.Registry#preview}.
 */
@NullMarked
package dev.skerry.registry;

import org.jspecify.annotations.NullMarked;
