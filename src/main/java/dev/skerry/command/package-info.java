/** The command line, and how the parts of the server are put together. May import every package. */
@NullMarked
package dev.skerry.command;

import org.jspecify.annotations.NullMarked;
