/** The packaged program, deployed to by the real wrangler. */
@NullMarked
package dev.skerry.wrangler;

import org.jspecify.annotations.NullMarked;
