package dev.skerry.webapi.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    private static final String ADMIN = "127.0.0.1:8788";

    private static boolean permits(Gate gate, String address, int port) {
        return gate.permits(address, port, Network.literal(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.1.2.3",
                "100.64.0.1",
                "100.100.100.200",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.168.0.1",
                "198.19.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "168.63.129.16",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:a9fe:a9fe",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "2002:7f00:1::1",
                "2002:a00:1::",
                "2001::1",
                "2001:db8::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "100::1"
            })
    void whatIsNotOfThePublicInternetIsRefused(String address) {
        assertThat(permits(new Gate(List.of(), ADMIN), address, 80)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "64:ff9b::808:808",
                "2002:808:808::1",
                "2606:4700::1111",
                "2a00::1"
            })
    void whatIsPublicIsReached(String address) {
        assertThat(permits(new Gate(List.of(), ADMIN), address, 8788)).isTrue();
    }

    @Test
    void theConfigurationAllowsNetworksAndPorts() throws UnknownHostException {
        Gate gate = new Gate(
                List.of("10.1.0.0/16", "192.168.1.7", "fc00::/7", "127.0.0.1:9000", "[::1]:9001", "DB.internal:443"),
                ADMIN);

        assertThat(permits(gate, "10.1.255.1", 80)).isTrue();
        assertThat(permits(gate, "10.2.0.1", 80)).isFalse();
        assertThat(permits(gate, "192.168.1.7", 1)).isTrue();
        assertThat(permits(gate, "192.168.1.8", 1)).isFalse();
        assertThat(permits(gate, "fd12::1", 80)).isTrue();
        assertThat(permits(gate, "127.0.0.1", 9000)).isTrue();
        assertThat(permits(gate, "::ffff:127.0.0.1", 9000)).isTrue();
        assertThat(permits(gate, "127.0.0.1", 9001)).isFalse();
        assertThat(permits(gate, "::1", 9001)).isTrue();
        InetAddress inside = InetAddress.getByName("10.9.9.9");
        assertThat(gate.permits("db.internal", 443, inside)).isTrue();
        assertThat(gate.permits("db.internal", 80, inside)).isFalse();
        assertThat(gate.permits("other.internal", 443, inside)).isFalse();
    }

    @Test
    void theAdminApiIsNeverReached() {
        Gate gate = new Gate(List.of("0.0.0.0/0", "::/0", "127.0.0.1:8788"), ADMIN);

        assertThat(permits(gate, "127.0.0.1", 8788)).isFalse();
        assertThat(permits(gate, "127.0.0.2", 8788)).isFalse();
        assertThat(permits(gate, "0.0.0.0", 8788)).isFalse();
        assertThat(permits(gate, "::1", 8788)).isFalse();
        assertThat(permits(gate, "::ffff:127.0.0.1", 8788)).isFalse();
        assertThat(permits(gate, "127.0.0.1", 8787)).isTrue();
        assertThat(permits(gate, "10.0.0.1", 8788)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/x", "localhost", "a:b", "10.0.0", "::/129"})
    void anEntryThatIsNoAddressIsRefused(String entry) {
        assertThatThrownBy(() -> new Gate(List.of(entry), ADMIN)).isInstanceOf(IllegalArgumentException.class);
    }
}
