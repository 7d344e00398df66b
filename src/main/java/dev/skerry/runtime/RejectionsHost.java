package dev.skerry.runtime;

import dev.skerry.binding.GuestCallable;
import org.jspecify.annotations.Nullable;

/** The Java half of {@code js/rejections.js}. Confined to its isolate's thread. */
public final class RejectionsHost {
    private final Tenant tenant;

    RejectionsHost(Tenant tenant) {
        this.tenant = tenant;
    }

    /** Has the guest look at what was rejected, once the turn that runs is over; the event stays open for it. */
    @GuestCallable
    public void later() {
        if (!tenant.movedIn()) {
            return;
        }
        Isolate isolate = tenant.isolate();
        WorkerInvocation now = isolate.current();
        boolean open = now != null && !now.ended();
        if (now != null && open) {
            now.hold();
        }
        isolate.post(new Look(now, open));
    }

    private record Look(@Nullable WorkerInvocation invocation, boolean held) implements Turn {
        @Override
        public void run(Isolate isolate) {
            try {
                isolate.worker().tellRejections();
            } finally {
                if (held && invocation != null) {
                    invocation.release();
                }
            }
        }
    }
}
