/** What Skerry does by itself, asked for over the API: deployments in steps, and scheduled handlers that run now. Below the path of an environment. */
@NullMarked
package dev.skerry.api.automation;

import org.jspecify.annotations.NullMarked;
