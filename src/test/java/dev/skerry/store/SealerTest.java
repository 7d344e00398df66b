package dev.skerry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {
    @TempDir
    Path temp;

    @Test
    void whatWasSealedOpensAgainAlsoAfterARestart() {
        byte[] sealed;
        try (DataFolder folder = DataFolder.open(temp)) {
            sealed = Sealer.open(folder, Optional.empty()).seal("gateway", "päss");
        }
        try (DataFolder folder = DataFolder.open(temp)) {
            assertThat(Sealer.open(folder, Optional.empty()).open("gateway", sealed))
                    .isEqualTo("päss");
        }
    }

    @Test
    void theSealedBytesDoNotShowTheSecretAndDifferEachTime() {
        Sealer sealer = sealer(key(1));
        byte[] sealed = sealer.seal("a", "correct horse");
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("horse");
        assertThat(sealer.seal("a", "correct horse")).isNotEqualTo(sealed);
    }

    @Test
    void aSecretThatWasMovedToAnotherOwnerDoesNotOpen() {
        Sealer sealer = sealer(key(1));
        assertThatThrownBy(() -> sealer.open("b", sealer.seal("a", "secret"))).isInstanceOf(StoreException.class);
    }

    @Test
    void anotherKeyDoesNotOpenItAndTheMessageSaysWhatToDo() {
        byte[] sealed = sealer(key(1)).seal("a", "secret");
        assertThatThrownBy(() -> sealer(key(2)).open("a", sealed))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("skerry.secret-key");
    }

    @Test
    void aKeyThatIsTooShortOrNoBase64IsRefused() {
        assertThatThrownBy(() -> sealer(Base64.getEncoder().encodeToString(new byte[16])))
                .hasMessageContaining("16 bytes");
        assertThatThrownBy(() -> sealer("not base64!")).hasMessageContaining("base64");
    }

    private Sealer sealer(String key) {
        try (DataFolder folder = DataFolder.open(temp)) {
            return Sealer.open(folder, Optional.of(key));
        }
    }

    private static String key(int seed) {
        byte[] key = new byte[32];
        key[0] = (byte) seed;
        return Base64.getEncoder().encodeToString(key);
    }
}
