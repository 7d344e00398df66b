package dev.skerry.command;

import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into {@code skerry-version.properties}. */
final class SkerryVersion implements IVersionProvider {
    @Override
    public String[] getVersion() throws Exception {
        Properties properties = new Properties();
        try (var in = Objects.requireNonNull(SkerryVersion.class.getResourceAsStream("/skerry-version.properties"))) {
            properties.load(in);
        }
        return new String[] {"skerry " + properties.getProperty("version")};
    }
}
