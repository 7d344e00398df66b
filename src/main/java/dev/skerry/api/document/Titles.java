package dev.skerry.api.document;

import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;

/** Titles of operations, and the tags that group them: the names of their methods and classes, as words. */
final class Titles {
    private static final Pattern NEXT_WORD = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    private Titles() {}

    static void give(OpenAPI document) {
        document.getPaths()
                .getPathItems()
                .values()
                .forEach(item -> item.getOperations().values().forEach(Titles::give));
    }

    private static void give(Operation operation) {
        String[] names = operation.getOperationId().split("_", 2);
        operation.setTags(List.of(words(names[0])));
        if (operation.getSummary() == null) {
            operation.setSummary(words(names[1]));
        }
    }

    private static String words(String name) {
        return Character.toUpperCase(name.charAt(0))
                + NEXT_WORD.matcher(name.substring(1)).replaceAll(" ");
    }
}
