package dev.skerry.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.skerry.api.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Packages that read and write data. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class DataTest extends PackageTest {
    @Test
    void superjsonKeepsTypes() {
        packages.deploy("superjson");
        String text = to("superjson").get("/").asString();
        assertThat(text).contains("\"Date\"", "\"bigint\"", "referentialEqualities");
        json("superjson", text)
                .post("/")
                .then()
                .body("date", equalTo("2020-02-02T00:00:00.000Z"))
                .body("map.size()", equalTo(2))
                .body("set", hasItem("x"))
                .body("big", equalTo("12345678901234567890"))
                .body("pattern", equalTo("/a+/gi"))
                .body("nothing", equalTo(true))
                .body("nan", equalTo(true))
                .body("minusZero", equalTo(true))
                .body("url", equalTo("https://example.com/?q=1"))
                .body("error", equalTo("wrong"))
                .body("money", equalTo(5))
                .body("bytes", contains(1, 2, 255))
                .body("same", equalTo(true));
    }

    @Test
    void kvAssetHandlerServesAssets() {
        String namespace = Packages.client()
                .contentType("application/json")
                .body("{\"title\":\"packages-assets\"}")
                .post(TestServer.A + "/storage/kv/namespaces")
                .path("result.id");
        Map.of(
                        "index.0a1b.html", "<p>home</p>",
                        "app.2c3d.js", "let app;",
                        "docs/index.4e5f.html", "<p>docs</p>")
                .forEach((key, value) -> Packages.client()
                        .urlEncodingEnabled(false)
                        .body(value)
                        .put(TestServer.A + "/storage/kv/namespaces/" + namespace + "/values/"
                                + key.replace("/", "%2F"))
                        .then()
                        .statusCode(200));
        packages.deploy(
                "kv-asset-handler",
                "{\"name\":\"ASSETS\",\"type\":\"kv_namespace\",\"namespace_id\":\"" + namespace + "\"}");
        to("kv-asset-handler")
                .get("/")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("cache-control", "max-age=60")
                .body(equalTo("<p>home</p>"));
        to("kv-asset-handler")
                .get("/app.js")
                .then()
                .header("content-type", containsString("javascript"))
                .body(equalTo("let app;"));
        to("kv-asset-handler").get("/docs/").then().body(equalTo("<p>docs</p>"));
        to("kv-asset-handler").head("/app.js").then().statusCode(200).body(emptyOrNullString());
        to("kv-asset-handler").get("/nowhere.png").then().statusCode(404).body(equalTo("no such asset"));
        to("kv-asset-handler").get("/deep/route?spa").then().body(equalTo("<p>home</p>"));
        to("kv-asset-handler").post("/app.js").then().statusCode(405);
    }
}
