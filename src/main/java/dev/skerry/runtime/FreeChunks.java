package dev.skerry.runtime;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.graalvm.word.UnsignedWord;

/**
 * In the native executable alone: what the collector keeps of the memory that a collection freed, for what is allocated next. GraalVM 25's policy
 * {@code Proportionate} is to keep as much as was in use, but never learns how much that is, gives all back to the system after each collection, and
 * takes it again page by page: 2 ms of a pause of 3. Here it keeps what the young generation may take. To be left out when GraalVM's
 * {@code ProportionateSpacesPolicy.onCollectionBegin} calls that of its superclass.
 */
@TargetClass(className = "com.oracle.svm.core.genscavenge.AbstractCollectionPolicy")
final class FreeChunks {
    private FreeChunks() {}

    /** In bytes. */
    @Substitute
    UnsignedWord getMaximumFreeAlignedChunksSize() {
        return getYoungGenerationCapacity();
    }

    @Alias
    native UnsignedWord getYoungGenerationCapacity();
}
