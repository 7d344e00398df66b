package dev.skerry.packages;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.skerry.api.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Packages that check what is asked and describe what is answered. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class ApisTest extends PackageTest {
    private static final String USER = """
            {"name":" Ada ","email":"ada@example.com","age":"36","address":{"street":"A","zip":"12345"},"site":null,"tags":["x"],"born":"1815-12-10"}""";

    @Test
    void zodParses() {
        packages.deploy("zod");
        json("zod", USER)
                .post("/user")
                .then()
                .statusCode(200)
                .body("name", equalTo("Ada"))
                .body("age", equalTo(36))
                .body("role", equalTo("reader"))
                .body("born", equalTo("1815-12-10T00:00:00.000Z"));
        json("zod", "{\"kind\":\"square\",\"side\":2}").post("/shape").then().body("side", equalTo(2));
        json("zod", "{\"value\":1,\"children\":[{\"value\":2,\"children\":[]}]}")
                .post("/tree")
                .then()
                .body("children[0].value", equalTo(2));
        json("zod", "\"free\"").post("/name").then().statusCode(200).body(equalTo("\"free\""));
        json("zod", "{\"a\":1,\"b\":true}").post("/record").then().body("b", equalTo(true));
        to("zod")
                .get("/schema")
                .then()
                .body("type", equalTo("object"))
                .body("required", contains("street", "zip"))
                .body("additionalProperties", equalTo(false))
                .body("properties.zip.pattern", equalTo("^\\d{5}$"));
    }

    @Test
    void zodTellsWhatIsWrong() {
        packages.deploy("zod");
        String wrong = """
                {"name":"A","email":"nobody","age":-1,"role":"king","address":{"street":"A","zip":"1","x":1},"site":"no url","tags":["a","b","c","d"]}""";
        json("zod", wrong)
                .post("/user")
                .then()
                .statusCode(422)
                .body("tree.properties.name.errors[0]", equalTo("Too small: expected string to have >=2 characters"))
                .body("tree.properties.email.errors[0]", equalTo("Invalid email address"))
                .body("tree.properties.age.errors[0]", equalTo("Too small: expected number to be >0"))
                .body("tree.properties.role.errors[0]", containsString("\"admin\"|\"reader\""))
                .body("tree.properties.address.errors[0]", containsString("Unrecognized key: \"x\""))
                .body("tree.properties.address.properties.zip.errors[0]", containsString("/^\\d{5}$/"))
                .body("tree.properties.site.errors[0]", equalTo("Invalid URL"))
                .body("tree.properties.tags.errors[0]", containsString("<=3"))
                .body("tree.properties.born.errors[0]", containsString("expected string, received undefined"))
                .body("text", containsString("→ at address.zip"));
        json("zod", USER.replace("\"age\":\"36\"", "\"age\":3,\"role\":\"admin\""))
                .post("/user")
                .then()
                .statusCode(422)
                .body("tree.properties.role.errors", contains("an admin must be of age"));
        json("zod", "{\"kind\":\"line\"}").post("/shape").then().statusCode(422);
        json("zod", "\"taken\"").post("/name").then().statusCode(422).body("tree.errors", contains("is taken"));
    }

    @Test
    void chanfanaValidatesAndDescribes() {
        packages.deploy("chanfana");
        to("chanfana")
                .get("/tasks?page=2&done=true")
                .then()
                .statusCode(200)
                .body("page", equalTo(2))
                .body("tasks", hasSize(1))
                .body("tasks[0].name", equalTo("first"));
        to("chanfana")
                .get("/tasks?page=-1")
                .then()
                .statusCode(400)
                .body("success", equalTo(false))
                .body("errors[0].path", contains("query", "page"));
        json("chanfana", "{\"name\":\"write\"}")
                .post("/tasks")
                .then()
                .statusCode(201)
                .body("done", equalTo(false));
        json("chanfana", "{\"name\":\"\",\"due\":\"tomorrow\"}")
                .post("/tasks")
                .then()
                .statusCode(400)
                .body("errors", hasSize(2));
        to("chanfana").get("/tasks/first").then().body("done", equalTo(true));
        to("chanfana").get("/tasks/none").then().statusCode(404);
        to("chanfana")
                .get("/openapi.json")
                .then()
                .body("openapi", startsWith("3.1"))
                .body("info.title", equalTo("Tasks"))
                .body("paths.'/tasks'.get.summary", equalTo("Lists tasks"))
                .body("paths.'/tasks'.get.parameters.name", contains("page", "done"))
                .body("paths.'/tasks/{name}'.get.parameters[0].in", equalTo("path"))
                .body(
                        "paths.'/tasks'.post.requestBody.content.'application/json'.schema.properties.name.description",
                        equalTo("what is to be done"));
        to("chanfana").get("/docs").then().contentType("text/html").body(containsString("/openapi.json"));
    }

    @Test
    void graphqlYogaAnswersQueries() {
        packages.deploy("graphql-yoga", "{\"name\":\"GREETING\",\"type\":\"plain_text\",\"text\":\"Hello\"}");
        json(
                        "graphql-yoga",
                        "{\"query\":\"{ hello books(first: 1) { title author { name } } none: book(id: 9) { id } }\"}")
                .post("/graphql")
                .then()
                .statusCode(200)
                .body("data.hello", equalTo("Hello, you"))
                .body("data.books", hasSize(1))
                .body("data.books[0].author.name", equalTo("Jane"))
                .body("data.none", nullValue())
                .body("errors", nullValue());
        json("graphql-yoga", """
                {"query":"mutation Add($book: NewBook!) { add(book: $book) { id title } }","variables":{"book":{"title":"Ulysses","author":"James"}}}""").post("/graphql").then().body("data.add.title", equalTo("Ulysses"));
        json("graphql-yoga", "{\"query\":\"{ fails }\"}")
                .post("/graphql")
                .then()
                .body("errors[0].message", equalTo("it failed"))
                .body("errors[0].extensions.code", equalTo("FAILED"));
        json("graphql-yoga", "{\"query\":\"{ nothing }\"}")
                .post("/graphql")
                .then()
                .body("errors[0].message", equalTo("Cannot query field \"nothing\" on type \"Query\"."));
        to("graphql-yoga")
                .urlEncodingEnabled(true)
                .queryParam("query", "{ __schema { queryType { name } } }")
                .get("/graphql")
                .then()
                .body("data.__schema.queryType.name", equalTo("Query"));
        to("graphql-yoga")
                .urlEncodingEnabled(true)
                .queryParam("query", "subscription { count(to: 2) }")
                .accept("text/event-stream")
                .get("/graphql")
                .then()
                .contentType("text/event-stream")
                .body(containsString("data: {\"data\":{\"count\":1}}"))
                .body(containsString("data: {\"data\":{\"count\":2}}"));
        to("graphql-yoga")
                .accept("text/html")
                .get("/graphql")
                .then()
                .contentType("text/html")
                .body(containsString("GraphiQL"));
    }
}
