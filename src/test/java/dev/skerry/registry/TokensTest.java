package dev.skerry.registry;

import static dev.skerry.registry.Specs.TESTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.RefusedException;
import dev.skerry.model.Token;
import dev.skerry.model.Token.Scope;
import dev.skerry.store.TestStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
    @TempDir
    Path temp;

    private TestStore store;
    private Tokens tokens;

    @BeforeEach
    void open() {
        store = new TestStore(temp);
        tokens = new Tokens(store.database);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_token_opens_until_it_is_revoked_and_survives_a_restart() {
        Tokens.Created created = tokens.create("ci", Scope.DEPLOY, "shop/staging", Optional.empty(), TESTER);
        assertThat(tokens.verify(created.text())).contains(created.token());
        assertThat(tokens.verify(created.text() + "x")).isEmpty();
        assertThat(created.toString()).doesNotContain(created.text());
        store.close();
        open();
        assertThat(tokens.verify(created.text())).contains(created.token());
        assertThat(tokens.list()).containsExactly(created.token());
        tokens.revoke(created.token().id(), TESTER);
        assertThat(tokens.verify(created.text())).isEmpty();
        assertThat(tokens.list()).isEmpty();
        assertThatThrownBy(() -> tokens.revoke("gone", TESTER)).hasMessageContaining("no token 'gone'");
    }

    @Test
    void an_expired_token_opens_nothing() {
        Instant past = Instant.ofEpochMilli(System.currentTimeMillis() - 1);
        Tokens.Created created = tokens.create("old", Scope.READ, "*", Optional.of(past), TESTER);
        assertThat(tokens.verify(created.text())).isEmpty();
        assertThat(tokens.list()).containsExactly(created.token());
    }

    @Test
    void the_text_is_not_in_the_files() throws Exception {
        Tokens.Created created = tokens.create("ci", Scope.ADMIN, "*", Optional.empty(), TESTER);
        try (var files = Files.list(temp)) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain(created.text()));
        }
    }

    @Test
    void a_token_may_do_what_its_scope_and_pattern_say_and_no_more() {
        Token token = tokens.create("ci", Scope.DEPLOY, "shop/st*", Optional.empty(), TESTER)
                .token();
        assertThat(token.allows(Scope.READ, EnvironmentRef.of("shop", "staging")))
                .isTrue();
        assertThat(token.allows(Scope.DEPLOY, EnvironmentRef.of("shop", "st"))).isTrue();
        assertThat(token.allows(Scope.ADMIN, EnvironmentRef.of("shop", "staging")))
                .isFalse();
        assertThat(token.allows(Scope.READ, EnvironmentRef.of("shop", "production")))
                .isFalse();
        assertThat(token.allows(Scope.READ, EnvironmentRef.of("shop2", "staging")))
                .isFalse();
        assertThat(token.allows(Scope.READ)).isFalse();
        Token all =
                tokens.create("all", Scope.ADMIN, "*", Optional.empty(), TESTER).token();
        assertThat(all.allows(Scope.ADMIN)).isTrue();
        assertThat(all.allows(Scope.READ, EnvironmentRef.of("a", "b"))).isTrue();
    }

    @Test
    void names_are_given_once_and_patterns_are_checked() {
        tokens.create("ci", Scope.READ, "*", Optional.empty(), TESTER);
        assertThatThrownBy(() -> tokens.create("ci", Scope.READ, "*", Optional.empty(), TESTER))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("'ci' already");
        assertThatThrownBy(() -> tokens.create("x", Scope.READ, "a/b/c", Optional.empty(), TESTER))
                .hasMessageContaining("SERVICE/ENVIRONMENT");
        assertThatThrownBy(() -> tokens.create(" ", Scope.READ, "*", Optional.empty(), TESTER))
                .hasMessageContaining("name");
    }
}
