@NullMarked
package dev.skerry.runtime;

import org.jspecify.annotations.NullMarked;
