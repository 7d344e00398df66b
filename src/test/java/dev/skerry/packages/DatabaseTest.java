package dev.skerry.packages;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.skerry.api.TestServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** drizzle-orm, whose statements another worker answers: it keeps what it was asked, and says what it was told to say. */
@QuarkusTest
@QuarkusTestResource(TestServer.class)
class DatabaseTest extends PackageTest {
    private static final String DATABASE = """
            let asked = [], rows = [];
            export default {
              async fetch(request) {
                if (request.method === 'PUT') {
                  [asked, rows] = [[], await request.json()];
                  return new Response();
                }
                if (request.method === 'GET') return Response.json(asked);
                const query = await request.json();
                asked.push(query);
                if (query.sql.startsWith('syntax')) return new Response('near "syntax": syntax error', { status: 400 });
                return Response.json({ rows: rows.length > 1 ? rows.shift() : rows[0] ?? [] });
              },
            };
            """;

    @BeforeEach
    void deploy() {
        packages.deployText("database", DATABASE);
        packages.deploy("drizzle-orm", "{\"name\":\"DATABASE\",\"type\":\"service\",\"service\":\"database\"}");
    }

    /** What the package makes of these rows, one array a statement. */
    private ValidatableResponse answer(String path, String rows) {
        json("database", rows).put("/").then().statusCode(200);
        return to("drizzle-orm").get(path).then().statusCode(200);
    }

    private ValidatableResponse asked() {
        return to("database").get("/").then();
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy", "d1"})
    void queriesAreBuiltAndTheirRowsNamed(String driver) {
        answer("/" + driver + "/select", "[[[\"Emma\",\"Jane\"],[\"Evelina\",null]]]")
                .body("title", contains("Emma", "Evelina"))
                .body("[0].author", equalTo("Jane"))
                .body("[1].author", nullValue());
        asked().body(
                        "[0].sql",
                        equalTo("select \"books\".\"title\", \"authors\".\"name\" from \"books\" left join \"authors\""
                                + " on \"books\".\"author_id\" = \"authors\".\"id\""
                                + " where (\"books\".\"id\" > ? and \"books\".\"title\" like ?)"
                                + " order by \"books\".\"printed\" desc, \"books\".\"title\" asc limit ? offset ?"))
                .body("[0].params", contains(1, "E%", 2, 1));
        answer("/" + driver + "/grouped", "[[[1,2]]]").body("[0].total", equalTo(2));
        asked().body("[0].sql", containsString("group by \"books\".\"author_id\" having count(\"books\".\"id\") > ?"));
        answer("/" + driver + "/subquery", "[[[3]]]").body("[0].n", equalTo(3));
        asked().body("[0].sql", containsString("with \"recent\" as (select")).body("[0].params", contains(0));
    }

    @Test
    void columnsBecomeValuesOfTheirTypes() {
        answer("/proxy/types", "[[1,\"Emma\",3,86400,1,\"[\\\"a\\\"]\"]]")
                .body("id", equalTo(1))
                .body("authorId", equalTo(3))
                .body("printed", equalTo("1970-01-02T00:00:00.000Z"))
                .body("inPrint", equalTo(true))
                .body("tags", contains("a"));
        asked().body("[0].method", equalTo("get"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy", "d1"})
    void rowsAreWritten(String driver) {
        answer("/" + driver + "/insert", "[[[7]]]").body("id", contains(7));
        asked().body(
                        "[0].sql",
                        containsString("on conflict (\"books\".\"id\") do update set \"title\" = excluded.title"))
                .body("[0].sql", containsString("returning \"id\""))
                .body("[0].params", contains(7, "Emma", 86400, 1, "[\"a\",\"b\"]"));
        answer("/" + driver + "/update", "[[]]");
        asked().body(
                        "[0].sql",
                        equalTo("update \"books\" set \"title\" = ?, \"in_print\" = ? where \"books\".\"id\" = ?"))
                .body("[0].params", contains("Persuasion", 0, 7));
        answer("/" + driver + "/remove", "[[]]");
        asked().body("[0].params", contains("a", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy", "d1"})
    void relationsPreparedStatementsAndBatchesWork(String driver) {
        answer("/" + driver + "/related", "[[[1,\"Jane\",\"[[\\\"Emma\\\"],[\\\"Persuasion\\\"]]\"]]]")
                .body("[0].name", equalTo("Jane"))
                .body("[0].books.title", contains("Emma", "Persuasion"));
        asked().body("[0].sql", containsString("json_group_array"));
        answer("/" + driver + "/prepared", "[[[\"Jane\"]],[]]")
                .body("[0].name", contains("Jane"))
                .body("[1]", empty());
        asked().body("sql", hasSize(2)).body("[0].params", contains(1)).body("[1].params", contains(2));
        answer("/" + driver + "/batch", "[[[\"Jane\"]],[]]").body("[0].name", contains("Jane"));
        asked().body("[1].params", contains("O'Brien"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy", "d1"})
    void aDatabasesErrorIsTheCauseOfThePackages(String driver) {
        answer("/" + driver + "/broken", "[]")
                .body("message", containsString("Failed query: syntax ?"))
                .body("cause", equalTo("near \"syntax\": syntax error"));
    }
}
