package dev.skerry.api.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * A parameter of a path that has slashes cannot be described. So {@code workers/{worker}} is told as what it stands for: {@code workers/scripts/{script}}, and
 * {@code workers/services/{service}/environments/{environment}}.
 */
final class WorkerPaths {
    private static final String WORKER = "{worker}";

    private WorkerPaths() {}

    static Map<String, PathItem> expand(Map<String, PathItem> paths) {
        Map<String, PathItem> expanded = new TreeMap<>();
        paths.forEach((path, item) -> {
            if (path.contains(WORKER)) {
                add(expanded, path.replace(WORKER, "scripts/{script}"), item, List.of("script"));
                add(
                        expanded,
                        path.replace(WORKER, "services/{service}/environments/{environment}"),
                        item,
                        List.of("service", "environment"));
            } else {
                item.getOperations()
                        .forEach((method, operation) -> at(expanded, path).setOperation(method, operation));
            }
        });
        return expanded;
    }

    private static void add(Map<String, PathItem> paths, String path, PathItem item, List<String> names) {
        item.getOperations()
                .forEach((method, operation) -> at(paths, path).setOperation(method, named(operation, names)));
    }

    private static PathItem at(Map<String, PathItem> paths, String path) {
        return paths.computeIfAbsent(path, made -> OASFactory.createPathItem());
    }

    private static Operation named(Operation operation, List<String> names) {
        List<Parameter> parameters = new ArrayList<>();
        for (String name : names) {
            parameters.add(OASFactory.createParameter()
                    .name(name)
                    .in(Parameter.In.PATH)
                    .required(true)
                    .schema(OASFactory.createSchema().type(List.of(SchemaType.STRING))));
        }
        if (operation.getParameters() != null) {
            operation.getParameters().stream()
                    .filter(parameter -> !"worker".equals(parameter.getName()))
                    .forEach(parameters::add);
        }
        return OASFactory.createOperation()
                .operationId(operation.getOperationId() + (names.size() == 1 ? "" : "InEnvironment"))
                .summary(operation.getSummary())
                .description(operation.getDescription())
                .tags(operation.getTags())
                .requestBody(operation.getRequestBody())
                .responses(operation.getResponses())
                .parameters(parameters);
    }
}
