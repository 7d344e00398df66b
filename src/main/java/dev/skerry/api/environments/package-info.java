/**
 * What Cloudflare has no more: services and their environments, made, cloned, renamed, compared, promoted and rolled back; pipelines and the audit log.
 *
 * <p>All paths begin with {@code /client/v4/accounts/ACCOUNT/workers}. {@link dev.skerry.api.environments.Services} and
 * {@link dev.skerry.api.environments.Environments} keep the structure, {@link dev.skerry.api.environments.Promoting} and
 * {@link dev.skerry.api.environments.Pipelines} take versions on, {@link dev.skerry.api.environments.Diffs} and
 * {@link dev.skerry.api.environments.Modules} look into them. Uploads, versions, deployments, settings and secrets of an environment are the calls of
 * {@link dev.skerry.api.workers}, below the environment's path.
 */
@NullMarked
package dev.skerry.api.environments;

import org.jspecify.annotations.NullMarked;
