/**
 * What outlives the process: one SQLite database, and the sealing of secrets. The only package that imports {@code java.sql}.
 *
 * <p>{@link dev.skerry.store.Database} is the way in. Writes of everybody go through one writer thread, which puts those that are waiting into
 * one transaction: one wait for the disk serves them all ({@code GroupCommit}). Reads run on the caller's thread, on one of a few connections, and
 * see everything that was acknowledged before they began. On top of it the tables: each is a stateless class that speaks the model's
 * records and is handed the {@link dev.skerry.store.Session} to work in.
 *
 * <p>The schema is made by {@code src/main/resources/db/*.sql}, in order, counted by {@code PRAGMA user_version}.
 */
@NullMarked
package dev.skerry.store;

import org.jspecify.annotations.NullMarked;
