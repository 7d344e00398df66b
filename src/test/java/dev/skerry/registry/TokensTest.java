package dev.skerry.registry;

import static dev.skerry.registry.Specs.TESTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skerry.model.EnvironmentRef;
import dev.skerry.model.RefusedException;
import dev.skerry.model.ServiceName;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void aTokenOpensUntilItIsRevokedAndSurvivesARestart() {
        Tokens.Created created = tokens.create("ci", Scope.DEPLOY, "shop/staging", Optional.empty(), TESTER);
        assertThat(tokens.find(created.text())).contains(created.token());
        assertThat(tokens.find(created.text() + "x")).isEmpty();
        assertThat(created.toString()).doesNotContain(created.text());
        store.close();
        open();
        assertThat(tokens.find(created.text())).contains(created.token());
        assertThat(tokens.list()).containsExactly(created.token());
        tokens.revoke(created.token().id(), TESTER);
        assertThat(tokens.find(created.text())).isEmpty();
        assertThat(tokens.list()).isEmpty();
        assertThatThrownBy(() -> tokens.revoke("gone", TESTER)).hasMessageContaining("no token 'gone'");
    }

    @Test
    void aTokenTellsThatItHasExpired() {
        Instant past = Instant.ofEpochMilli(System.currentTimeMillis() - 1);
        Tokens.Created created = tokens.create("old", Scope.READ, "*", Optional.of(past), TESTER);
        assertThat(tokens.find(created.text()))
                .hasValueSatisfying(
                        token -> assertThat(token.expired(Instant.now())).isTrue());
        assertThat(created.token().expired(past.minusMillis(1))).isFalse();
        assertThat(created.token().expired(past)).isTrue();
        assertThat(tokens.list()).containsExactly(created.token());
    }

    @Test
    void theTextIsNotInTheFiles() throws Exception {
        Tokens.Created created = tokens.create("ci", Scope.ADMIN, "*", Optional.empty(), TESTER);
        try (var files = Files.list(temp)) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain(created.text()));
        }
    }

    @Test
    void aTokenMayDoWhatItsScopeAndPatternSayAndNoMore() {
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
        assertThat(token.allowsPartOf(Scope.DEPLOY, new ServiceName("shop"))).isTrue();
        assertThat(token.allowsPartOf(Scope.ADMIN, new ServiceName("shop"))).isFalse();
        assertThat(token.allowsPartOf(Scope.READ, new ServiceName("auth"))).isFalse();
        assertThat(token.allows(Scope.READ, new ServiceName("shop"))).isFalse();
        Token all =
                tokens.create("all", Scope.ADMIN, "*", Optional.empty(), TESTER).token();
        assertThat(all.allows(Scope.ADMIN)).isTrue();
        assertThat(all.allows(Scope.READ, EnvironmentRef.of("a", "b"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "*, shop, true", "shop, shop, true", "shop, shop2, false", "shop-*, shop-eu, true", "shop-*, shop, false",
        "*-eu, shop-eu, true", "a*b*c, axbyc, true", "a*b*c, acb, false", "a*a, a, false", "a*a, aa, true",
        "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac, false"
    })
    void aStarIsAnyCharacters(String pattern, String service, boolean matches) {
        Token token = new Token("id", "ci", Scope.READ, pattern, Instant.EPOCH, Optional.empty());
        assertThat(token.allows(Scope.READ, new ServiceName(service))).isEqualTo(matches);
        assertThat(token.allows(Scope.READ, EnvironmentRef.of(service, "any"))).isEqualTo(matches);
    }

    @Test
    void namesAreGivenOnceAndPatternsAreChecked() {
        tokens.create("ci", Scope.READ, "*", Optional.empty(), TESTER);
        assertThatThrownBy(() -> tokens.create("ci", Scope.READ, "*", Optional.empty(), TESTER))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("'ci' already");
        assertThatThrownBy(() -> tokens.create("x", Scope.READ, "a/b/c", Optional.empty(), TESTER))
                .hasMessageContaining("SERVICE/ENVIRONMENT");
        assertThatThrownBy(() -> tokens.create("Admin", Scope.READ, "*", Optional.empty(), TESTER))
                .hasMessageContaining("cannot be named 'Admin'");
        assertThatThrownBy(() -> tokens.create(" ", Scope.READ, "*", Optional.empty(), TESTER))
                .hasMessageContaining("name");
    }
}
