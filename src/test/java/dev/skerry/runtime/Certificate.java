package dev.skerry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A key of {@code localhost} with a certificate that it signed itself, made by the JDK's keytool for one test. */
record Certificate(Path store, Path pem) {
    private static final String PASSWORD = "secret";

    static Certificate in(Path folder) throws IOException, InterruptedException {
        Certificate made = new Certificate(folder.resolve("key.p12"), folder.resolve("cert.pem"));
        String store = made.store().toString();
        keytool("-genkeypair -alias k -keyalg EC -dname CN=localhost -ext san=dns:localhost -keystore", store);
        keytool("-exportcert -rfc -alias k -file", made.pem().toString(), "-keystore", store);
        return made;
    }

    /** For a server. */
    PfxOptions key() {
        return new PfxOptions().setPath(store.toString()).setPassword(PASSWORD);
    }

    /** The setting by which workers trust it. */
    String trust() {
        return "skerry.egress.trust=" + pem;
    }

    private static void keytool(String options, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of(more));
        command.addAll(List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
