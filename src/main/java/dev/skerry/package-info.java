@NullMarked
package dev.skerry;

import org.jspecify.annotations.NullMarked;
