package dev.skerry.model;

/** What a module is, and the content type by which wrangler sends it. */
public enum ModuleType {
    ES_MODULE("application/javascript+module"),
    COMMON_JS("application/javascript"),
    TEXT("text/plain"),
    DATA("application/octet-stream"),
    WASM("application/wasm"),
    JSON("application/json"),
    SOURCE_MAP("application/source-map");

    private final String contentType;

    ModuleType(String contentType) {
        this.contentType = contentType;
    }

    public String contentType() {
        return contentType;
    }
}
