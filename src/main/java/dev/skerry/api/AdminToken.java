package dev.skerry.api;

import dev.skerry.store.DataFolder;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jboss.logging.Logger;

/** The token that may do everything: from the configuration, else made at first start. Immutable. */
@Singleton
public final class AdminToken {
    private static final Logger LOG = Logger.getLogger("skerry");
    private static final String FILE = "admin.token";
    private static final int SHORTEST = 16;
    private static final int RANDOM_BYTES = 32;

    private final byte[] digest;
    private final String origin;

    @Inject
    AdminToken(ApiConfig config, DataFolder folder) {
        if (config.adminToken().isPresent()) {
            String token = config.adminToken().get();
            if (token.length() < SHORTEST) {
                throw new IllegalArgumentException("skerry.admin-token has at least " + SHORTEST
                        + " characters; without it Skerry makes one and keeps it in the data folder");
            }
            digest = sha256(token);
            origin = "skerry.admin-token";
        } else {
            Path file = folder.privateFile(FILE);
            digest = sha256(readOrMake(file));
            origin = file.toAbsolutePath().toString();
        }
    }

    void tell(@Observes StartupEvent event) {
        LOG.infof("Admin token: %s", origin);
    }

    /** Takes as long for a wrong token as for the right one. */
    boolean matches(String token) {
        return MessageDigest.isEqual(digest, sha256(token));
    }

    static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String readOrMake(Path file) {
        try {
            String kept = Files.readString(file).strip();
            if (!kept.isEmpty()) {
                return kept;
            }
            byte[] random = new byte[RANDOM_BYTES];
            new SecureRandom().nextBytes(random);
            String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
            Files.writeString(file, made + "\n");
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("The admin token cannot be kept in " + file, e);
        }
    }
}
