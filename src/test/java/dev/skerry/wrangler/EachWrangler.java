package dev.skerry.wrangler;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test that is run with each version of wrangler, at the same time as others: their projects are their own. */
@ParameterizedTest
@ValueSource(strings = {EachWrangler.OLD, EachWrangler.NEW})
@Execution(ExecutionMode.CONCURRENT)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface EachWrangler {
    /** The last that knows service environments and runs on Node 20. */
    String OLD = "4.86.0";

    String NEW = "4.164.0";
}
