/**
 * The calls of wrangler on workers: uploads, versions, deployments, settings, secrets, addresses, schedules, tails.
 *
 * <p>Wherever Cloudflare names a worker by one name, {@link dev.skerry.api.workers.Workers} finds its environment: {@code svc} is production of svc, and
 * {@code svc-staging} environment staging of svc where there is one. A path may also name both: {@code services/svc/environments/staging}.
 */
@NullMarked
package dev.skerry.api.workers;

import org.jspecify.annotations.NullMarked;
