package dev.skerry.manifest;

import dev.skerry.model.StaticFiles.Serving;
import java.util.Optional;

/**
 * Where the static files are. Immutable.
 *
 * @param directory the folder that is the site's root
 * @param binding the name that the worker reaches them by
 * @param serving how they are served, but for the rules in the folder's {@code _headers} and {@code _redirects}
 */
record AssetsEntry(int line, String directory, Optional<String> binding, Serving serving) {}
