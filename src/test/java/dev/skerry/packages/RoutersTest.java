package dev.skerry.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.skerry.api.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Packages that route requests. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class RoutersTest extends PackageTest {
    @Test
    void honoRoutes() {
        packages.deploy("hono", "{\"name\":\"NAME\",\"type\":\"plain_text\",\"text\":\"world\"}");
        to("hono").get("/").then().statusCode(200).body(equalTo("hello world")).header("x-order", "outer");
        to("hono")
                .get("/api/books/12?tag=a&tag=b&q=x+y")
                .then()
                .body("id", equalTo(12))
                .body("tags", contains("a", "b"))
                .body("q", equalTo("x y"));
        to("hono").get("/api/books/twelve").then().statusCode(404).body(equalTo("nothing at /api/books/twelve"));
        to("hono").get("/sub/a").then().body(equalTo("sub none"));
        to("hono").get("/sub/a/b").then().body(equalTo("sub b"));
        to("hono").get("/files/a/b.txt").then().body(equalTo("/files/a/b.txt"));
        to("hono").delete("/either").then().body(equalTo("DELETE"));
        to("hono").get("/either").then().statusCode(404);
        to("hono").head("/").then().statusCode(200).body(emptyOrNullString());
        to("hono").get("/teapot").then().statusCode(418).body(equalTo("short and stout"));
        to("hono").get("/broken").then().statusCode(500).body(equalTo("failed: broken"));
        to("hono").get("/later").then().statusCode(204);
        to("hono").get("/page").then().contentType("text/html").body(equalTo("<p>&lt;b&gt;&amp;</p>"));
    }

    @Test
    void honosMiddlewareDoesItsWork() {
        packages.deploy("hono");
        to("hono")
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "PUT")
                .options("/api/books/1")
                .then()
                .statusCode(204)
                .header("access-control-allow-origin", "https://app.example")
                .header("access-control-allow-methods", containsString("PUT"))
                .header("access-control-max-age", "600");
        to("hono").get("/private/page").then().statusCode(401).header("www-authenticate", startsWith("Basic"));
        to("hono")
                .auth()
                .preemptive()
                .basic("ada", "lovelace")
                .get("/private/page")
                .then()
                .body(equalTo("private"));
        String token = to("hono").get("/token").asString();
        to("hono")
                .header("Authorization", "Bearer " + token)
                .get("/jwt/claims")
                .then()
                .body("sub", equalTo("ada"));
        to("hono")
                .header("Authorization", "Bearer " + token + "x")
                .get("/jwt/claims")
                .then()
                .statusCode(401);
        String etag = to("hono")
                .get("/tagged")
                .then()
                .body(equalTo("tagged body"))
                .extract()
                .header("etag");
        to("hono").header("If-None-Match", etag).get("/tagged").then().statusCode(304);
        to("hono").get("/id").then().body(equalTo("request-1")).header("x-request-id", "request-1");
        to("hono").get("/secure").then().header("x-frame-options", "SAMEORIGIN");
    }

    @Test
    void honoReadsBodiesAndCookiesAndStreams() {
        packages.deploy("hono");
        json("hono", "{\"title\":\"Emma\"}")
                .post("/books")
                .then()
                .statusCode(201)
                .body("title", equalTo("Emma"));
        json("hono", "{}").post("/books").then().statusCode(422).body("error", equalTo("title must be a string"));
        json("hono", "{").post("/books").then().statusCode(400).body(containsString("Malformed JSON"));
        to("hono")
                .multiPart("name", "Ada")
                .multiPart("color", "red")
                .multiPart("color", "blue")
                .multiPart("file", "a.txt", "content".getBytes(StandardCharsets.UTF_8), "text/plain")
                .post("/form")
                .then()
                .body("name", equalTo("Ada"))
                .body("colors", contains("red", "blue"))
                .body("file", equalTo("a.txt text/plain content"));
        Response cookies = to("hono")
                .header("Cookie", "a=1; b=%20x; sent=forged.signature")
                .get("/cookies");
        cookies.then().body("all.a", equalTo("1")).body("all.b", equalTo(" x")).body("signed", nullValue());
        assertThat(cookies.headers().getValues("set-cookie"))
                .anyMatch(line -> line.equals("seen=yes; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax"))
                .anyMatch(line -> line.startsWith("signed=value."))
                .anyMatch(line -> line.startsWith("old=; Max-Age=0"));
        String signed = cookies.headers().getValues("set-cookie").stream()
                .filter(line -> line.startsWith("signed="))
                .map(line -> line.substring("signed=".length(), line.indexOf(';')))
                .findFirst()
                .orElseThrow();
        to("hono").header("Cookie", "sent=" + signed).get("/cookies").then().body("signed", equalTo("value"));
        to("hono").get("/stream").then().body(equalTo("0;1;2;"));
        to("hono")
                .get("/events")
                .then()
                .contentType("text/event-stream")
                .body(equalTo("event: tick\ndata: tick 1\nid: 1\n\nevent: tick\ndata: tick 2\nid: 2\n\n"));
    }

    @Test
    void ittyRouterRoutes() {
        packages.deploy("itty-router");
        to("itty-router").get("/").then().body(equalTo("\"text\""));
        to("itty-router")
                .get("/things/7?a=1&a=2&b=x")
                .then()
                .header("access-control-allow-origin", "https://app.example")
                .body("id", equalTo("7"))
                .body("query.a", contains("1", "2"))
                .body("query.b", equalTo("x"))
                .body("seen", contains("before"));
        to("itty-router").get("/greedy/a/b/c").then().body(equalTo("\"a/b/c\""));
        to("itty-router").get("/optional").then().statusCode(202).body("a", nullValue());
        to("itty-router").get("/page").then().contentType("text/html").body(equalTo("<p>page</p>"));
        json("itty-router", "{\"a\":[1]}").post("/content").then().body("got.a", contains(1));
        to("itty-router").get("/refused").then().statusCode(403).body("error", equalTo("refused"));
        to("itty-router").patch("/any").then().body(equalTo("\"PATCH\""));
        to("itty-router").get("/nowhere").then().statusCode(404).body("status", equalTo(404));
        to("itty-router")
                .header("Origin", "https://app.example")
                .options("/things/7")
                .then()
                .statusCode(204)
                .header("access-control-allow-origin", "https://app.example");
    }
}
