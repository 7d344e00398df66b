package dev.skerry.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.skerry.api.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** express, a server of node:http, with jsonwebtoken. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class NodeServersTest extends PackageTest {
    @BeforeEach
    void deploy() {
        packages.deploy("express", "{\"name\":\"NAME\",\"type\":\"plain_text\",\"text\":\"world\"}");
    }

    @Test
    void expressRoutesAndReadsBodies() {
        to("express")
                .get("/books/12?tag=a&tag=b")
                .then()
                .statusCode(200)
                .header("x-powered-by", "Express")
                .body("params.id", equalTo("12"))
                .body("query.tag[1]", equalTo("b"))
                .body("hostname", equalTo("express.localhost"))
                .body("name", equalTo("world"));
        json("express", "{\"title\":\"Emma\"}")
                .post("/books")
                .then()
                .statusCode(201)
                .header("location", "/books/7")
                .body("title", equalTo("Emma"));
        to("express")
                .contentType("application/x-www-form-urlencoded")
                .body("a[b]=c")
                .post("/books")
                .then()
                .body("a.b", equalTo("c"));
        json("express", "{").post("/books").then().statusCode(400).body("type", equalTo("entity.parse.failed"));
        to("express")
                .contentType("application/octet-stream")
                .body(new byte[5_000])
                .post("/upload")
                .then()
                .body(equalTo("5000 true"));
        to("express")
                .contentType("application/octet-stream")
                .body(new byte[50_000])
                .post("/upload")
                .then()
                .statusCode(413);
    }

    @Test
    void expressAnswersInEveryWay() {
        to("express").get("/moved").then().statusCode(301).header("location", "/books/1");
        to("express")
                .get("/cookie")
                .then()
                .header("set-cookie", equalTo("seen=yes; Path=/; HttpOnly"))
                .contentType("text/html")
                .body(equalTo("<p>set"));
        String etag = to("express").get("/cookie").header("etag");
        to("express").header("If-None-Match", etag).get("/cookie").then().statusCode(304);
        to("express").get("/stream").then().body(equalTo("one two three"));
        // Each isolate counts its own; this may be the first request of one.
        assertThat(Stream.generate(() -> to("express").get("/finished").asString())
                        .limit(20))
                .contains("true");
        to("express").head("/cookie").then().statusCode(200).header("content-length", "6");
        to("express").get("/nowhere").then().statusCode(404).body(containsString("Cannot GET /nowhere"));
        to("express").get("/broken").then().statusCode(500).body("message", equalTo("broken"));
    }

    @Test
    void tokensOfJsonwebtokenGuardARouter() {
        String token = to("express").get("/token").asString();
        to("express")
                .header("Authorization", "Bearer " + token)
                .get("/private/claims")
                .then()
                .body("sub", equalTo("ada"));
        to("express").get("/private/claims").then().statusCode(401).body("error", equalTo("jwt malformed"));
    }
}
