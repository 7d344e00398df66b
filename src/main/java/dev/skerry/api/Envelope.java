package dev.skerry.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The shape of every answer but raw bytes. Immutable.
 *
 * @param result null when the call failed, or has nothing to tell
 * @param resultInfo for lists
 */
public record Envelope<T>(
        boolean success,
        List<Problem> errors,
        List<String> messages,
        @Nullable T result,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("result_info") @Nullable
        ResultInfo resultInfo) {
    /** What went wrong. Clients act upon the code; the message is for people. */
    public record Problem(int code, String message) {}

    /** Where a list's part stands in the whole; what does not apply is left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ResultInfo(
            @Nullable Integer page,
            @JsonProperty("per_page") @Nullable Integer perPage,
            @Nullable Integer count,
            @JsonProperty("total_count") @Nullable Integer totalCount,
            @JsonProperty("total_pages") @Nullable Integer totalPages,
            @Nullable String cursor) {}

    public static <T> Envelope<T> of(T result) {
        return new Envelope<>(true, List.of(), List.of(), result, null);
    }

    /** Success with nothing to tell. */
    public static <T> Envelope<T> empty() {
        return new Envelope<>(true, List.of(), List.of(), null, null);
    }

    /** One page of a list; pages count from 1, and one beyond the last is empty. */
    public static <E> Envelope<List<E>> page(List<E> all, int page, int perPage) {
        return page(all, page, perPage, each -> each);
    }

    /** As the other; only what is on the page is made an answer of. */
    public static <S, E> Envelope<List<E>> page(List<S> all, int page, int perPage, Function<S, E> answer) {
        int from = Math.clamp((page - 1L) * perPage, 0, all.size());
        List<E> part = all.subList(from, Math.min(all.size(), from + perPage)).stream()
                .map(answer)
                .toList();
        int pages = Math.max(1, (all.size() + perPage - 1) / perPage);
        return new Envelope<>(
                true, List.of(), List.of(), part, new ResultInfo(page, perPage, part.size(), all.size(), pages, null));
    }

    /** A part of a list, and where to go on; an empty cursor ends it. */
    public static <E> Envelope<List<E>> part(List<E> part, String cursor) {
        return new Envelope<>(
                true, List.of(), List.of(), part, new ResultInfo(null, null, part.size(), null, null, cursor));
    }

    static Envelope<Void> failure(ErrorCode code, String message) {
        return new Envelope<>(false, List.of(new Problem(code.number(), message)), List.of(), null, null);
    }
}
