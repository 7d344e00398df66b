package dev.skerry.api;

import java.util.Map;

/** What is Cloudflare's and not Skerry's, said in a sentence. */
final class Unsupported {
    private static final Map<String, String> PRODUCTS = Map.ofEntries(
            Map.entry("r2", "R2 buckets"),
            Map.entry("d1", "D1 databases"),
            Map.entry("queues", "Queues"),
            Map.entry("vectorize", "Vectorize indexes"),
            Map.entry("hyperdrive", "Hyperdrive"),
            Map.entry("pipelines", "Pipelines"),
            Map.entry("workflows", "Workflows"),
            Map.entry("dispatch", "Dispatch namespaces"),
            Map.entry("pages", "Pages"),
            Map.entry("ai", "Workers AI"),
            Map.entry("containers", "Containers"),
            Map.entry("secrets_store", "The Secrets Store"),
            Map.entry("mtls_certificates", "mTLS certificates"),
            Map.entry("builds", "Workers Builds"));

    private Unsupported() {}

    /** Why a path leads nowhere. */
    static String sentence(String path) {
        for (String part : path.split("/")) {
            String product = PRODUCTS.get(part);
            if (product != null) {
                return product + " are not part of Skerry; remove what needs them from the worker's configuration";
            }
        }
        return "Skerry has nothing at " + path + "; /q/openapi lists what there is";
    }
}
