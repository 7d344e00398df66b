package dev.skerry.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.model.RefusedException;
import dev.skerry.model.RefusedException.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a refused change is expected to say. */
final class Refusals {
    private Refusals() {}

    static void refused(ThrowingCallable action, Reason reason, String sentence) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason))
                .hasMessageContaining(sentence);
    }
}
