package dev.skerry.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManifestProblemsTest extends OpenFolder {
    @BeforeEach
    void write() {
        folder.write("w.js", "export default {}");
    }

    @Test
    void allProblemsAreToldAtOnceWithTheirLinesAndNothingChanges() {
        assertThat(folder.problems("""
                services:
                  good: {main: w.js}
                  gateway:
                    enviroments: {}
                    environments:
                      production:
                        main: missing.js
                        services:
                          AUTH: {service: auht}
                          LATER: {service: good, environment: prod}
                        secrets: {TOKEN: {env: NO_TOKEN, file: no.txt}, KEY: {env: NO_KEY}}
                      Staging: {from: production}
                      test: {from: prodution, hostname: maybe}
                      a: {from: b}
                      b: {from: a}
                      empty: {}
                """))
                .containsExactly(
                        "4: Unknown key 'enviroments' of gateway; did you mean 'environments'?",
                        "7: The main file 'missing.js' of gateway/production is not there: "
                                + temp.resolve("missing.js"),
                        "9: Binding AUTH of gateway/production names service 'auht', which does not exist;"
                                + " there are: gateway, good",
                        "10: Binding LATER of gateway/production names environment 'prod' of service good,"
                                + " which does not exist; there are: production",
                        "11: Secret TOKEN of gateway/production: the environment variable NO_TOKEN is not set, and the"
                                + " file " + temp.resolve("no.txt") + " is not there",
                        "11: Secret KEY of gateway/production: the environment variable NO_KEY is not set",
                        "12: 'Staging' is not a name for an environment: use 1 to 63 lower-case letters, digits,"
                                + " hyphens and underscores, beginning with a letter or digit",
                        "13: 'hostname' of gateway/test is true or false",
                        "13: 'from' of gateway/test names environment 'prodution', which is not here; did you mean"
                                + " 'production'?",
                        "14: 'from' of gateway goes round: a -> b -> a",
                        "16: Environment gateway/empty has no code; name its 'main' file, its 'modules' or the folder of its 'assets'");
        assertThat(folder.registry.services()).isEmpty();
    }

    @Test
    void anUpstreamIsAnAddressWithoutAPath() {
        assertThat(folder.problems("services: {a: {main: w.js, upstream: 'localhost:8080'}}\n"))
                .containsExactly(
                        "1: 'localhost:8080' is not an upstream; write http://HOST:PORT or https://HOST, without a path");
    }

    @Test
    void aCronThatIsNoneIsToldWithItsOwnLine() {
        assertThat(folder.problems("""
                services:
                  jobs:
                    main: w.js
                    crons: ["*/5 * * * *", "0 25 * * *", hourly]
                """))
                .containsExactly(
                        "4: '0 25 * * *' is not a schedule: '25' is not an hour from 0 to 23",
                        "4: 'hourly' is not a schedule: write five fields: minute, hour, day of the month, month, weekday;"
                                + " such as */5 * * * *");
    }

    @Test
    void valuesOfTheWrongShapeAreTold() {
        assertThat(folder.problems("""
                services:
                  a:
                    main: [w.js]
                    vars: text
                    format: commonjs
                    limits: {cpu: fast, memory: big, subrequests: -1}
                    compatibility-date: tomorrow
                    services: {X: {service: A B}, Y: {environment: x}, Z: [1]}
                    secrets: {T: plain, U: {}}
                    durable-objects: {D: {klass: Room}}
                    kv-namespaces: {K: {title: x}}
                """))
                .contains(
                        "3: 'main' of a is a text",
                        "4: vars of a is a mapping of keys to values",
                        "5: 'format' of a is modules or service-worker, not 'commonjs'",
                        "6: 'fast' is not a time; write 50ms, 5s or 2m",
                        "6: 'big' is not a size; write 4096, 64KB or 128MB",
                        "6: '-1' is not a number",
                        "7: 'tomorrow' is not a date; write 2026-01-31",
                        "8: 'service' is missing in service binding Y of a",
                        "9: secret T of a is a mapping of keys to values",
                        "9: Secret U of a names neither 'env' nor 'file'",
                        "10: Unknown key 'klass' of Durable Object binding D of a; did you mean 'class'?",
                        "11: 'K' of kv-namespaces of a is a text");
    }

    @Test
    void whatTwoEnvironmentsClaimIsToldWithItsOwner() {
        assertThat(folder.problems("""
                services:
                  a:
                    main: w.js
                    environments:
                      production: {domains: [Shop.example.com], routes: [example.com/*]}
                      staging: {domains: [shop.example.com], routes: [EXAMPLE.com/*]}
                """))
                .containsExactly(
                        "6: Hostname shop.example.com of a/staging belongs to a/production already",
                        "6: Route example.com/* of a/staging belongs to a/production already");
    }

    @Test
    void aNameThatIsBoundTwiceIsTold() {
        assertThat(folder.problems("""
                services:
                  a:
                    main: w.js
                    vars: {X: 1}
                    kv-namespaces: {X: sessions}
                """)).containsExactly("5: 'X' of a is bound twice, here and in line 4");
        assertThat(folder.problems("services:\n  a: {main: w.js}\n  a: {main: w.js}\n"))
                .containsExactly("3: 'a' of services stands here twice");
    }

    @Test
    void missingImportsAndModulesAreTold() {
        folder.write("broken.js", "import './gone.js'");
        folder.write("app/x.js", "");
        folder.write("w.ts", "");
        assertThat(folder.problems("""
                services:
                  a: {main: broken.js}
                  b: {modules: [none, "*.none"]}
                  c: {modules: app}
                  d: {main: w.ts}
                """))
                .satisfiesExactly(
                        a -> assertThat(a)
                                .isEqualTo("2: 'broken.js' of a/production imports './gone.js', which is not"
                                        + " there: " + temp.resolve("gone.js")),
                        b1 -> assertThat(b1).isEqualTo("3: 'modules' of b/production names 'none', where no module is"),
                        b2 -> assertThat(b2)
                                .isEqualTo("3: 'modules' of b/production names '*.none', where no module is"),
                        b3 -> assertThat(b3).startsWith("3: The main module of b/production is not among its modules"),
                        c -> assertThat(c).startsWith("4: The main module of c/production is not among its modules"),
                        d -> assertThat(d).startsWith("5: The main file 'w.ts' of d/production is not JavaScript"));
    }

    @Test
    void whatIsNotYamlIsToldWithItsLine() {
        assertThat(folder.problems("services:\n  a: {main: w.js\n"))
                .singleElement()
                .asString()
                .startsWith("3: This is not YAML: ");
        assertThat(folder.problems("- a list")).containsExactly("1: the file is a mapping of keys to values");
        assertThat(folder.problems("service: {}"))
                .containsExactly("1: Unknown key 'service' of the file; did you mean 'services'?");
    }

    @Test
    void valuesThatHoldThemselvesAreTold() {
        assertThat(folder.problems("services: {a: {main: w.js, vars: {X: &x [*x]}}}"))
                .containsExactly("1: A value cannot hold itself");
    }

    @Test
    void aSecretsTextIsInNoMessage() {
        folder.variables.put("TOKEN", "needle");
        assertThat(folder.problems("services: {a: {main: w.js, secrets: {T: {env: TOKEN}}, services: {B: b}}}"))
                .isNotEmpty()
                .noneMatch(problem -> problem.contains("needle"));
    }

    @Test
    void anEmptyFileAndOneWithoutServicesAreFine() {
        assertThat(folder.problems("")).isEmpty();
        assertThat(folder.problems("skerry: {domain: localhost}\nquarkus: {log: {level: INFO}}\n"))
                .isEmpty();
    }

    @Test
    void anchorsAndMergeKeysWork() {
        assertThat(folder.problems("""
                services:
                  a:
                    main: w.js
                    environments:
                      production: &common {vars: &vars {A: 1}, annotations: {k: v}}
                      staging: {<<: *common, vars: {<<: *vars, B: 2}}
                """)).isEmpty();
        assertThat(folder.serving("a", "staging").spec().bindings()).hasSize(2);
        assertThat(folder.serving("a", "staging").annotations()).containsEntry("k", "v");
    }
}
