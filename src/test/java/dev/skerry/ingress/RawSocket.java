package dev.skerry.ingress;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A client that shakes hands for a WebSocket and then reads nothing, not even pings, unless told to. */
final class RawSocket implements AutoCloseable {
    private final Socket socket = new Socket();

    private final String head;

    private RawSocket(TestIngress server, String service, String headers) throws IOException {
        socket.setReceiveBufferSize(8192);
        socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        OutputStream out = socket.getOutputStream();
        out.write(("GET / HTTP/1.1\r\nHost: " + TestIngress.host(service)
                        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                        + headers + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The server closed the connection: " + head);
            }
            head.append((char) next);
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException(head.toString());
        }
        this.head = head.toString();
    }

    static RawSocket open(TestIngress server, String service) throws IOException {
        return new RawSocket(server, service, "");
    }

    /** With another header, such as {@code name: value}. */
    static RawSocket open(TestIngress server, String service, String header) throws IOException {
        return new RawSocket(server, service, header + "\r\n");
    }

    /** What the server answered the handshake. */
    String head() {
        return head;
    }

    /** A short text, masked with zeros. */
    void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[6 + bytes.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | bytes.length);
        System.arraycopy(bytes, 0, frame, 6, bytes.length);
        socket.getOutputStream().write(frame);
    }

    /** A close without a code. */
    void sendBareClose() throws IOException {
        socket.getOutputStream().write(new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
    }

    /** A text of bytes that are none. */
    void sendMalformed() throws IOException {
        socket.getOutputStream().write(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, (byte) 0xc3, 0x28});
    }

    /** The next bytes, in hex. */
    String next(int bytes) throws IOException {
        socket.setSoTimeout(120_000);
        return HexFormat.of().formatHex(socket.getInputStream().readNBytes(bytes));
    }

    /** Reads so many bytes as they come; fails when none comes for two minutes. */
    void read(int bytes) throws IOException {
        socket.setSoTimeout(120_000);
        socket.getInputStream().skipNBytes(bytes);
    }

    boolean isOpen() {
        return !socket.isClosed();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
