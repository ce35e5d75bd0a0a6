package io.portico.transport.support;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** The first message of a TLS handshake, as bytes: of clients that today's libraries cannot be. */
public final class Hello {
  public static final int TLS_1_0 = 0x0301;
  public static final int TLS_1_1 = 0x0302;
  public static final int TLS_1_2 = 0x0303;

  /** X25519 and P-256, uncompressed points, and the usual algorithms of signatures. */
  private static final String EXTENSIONS =
      "000a00060004001d0017" + "000b00020100" + "000d000a0008040308040401" + "0201";

  private Hello() {}

  /**
   * One that offers a version at most, and suites.
   *
   * @param suites IANA's numbers, four hexadecimal digits each
   */
  public static byte[] offering(int version, String... suites) {
    String offered = String.join("", suites);
    String extensions = length(EXTENSIONS) + EXTENSIONS;
    String body =
        "%04x".formatted(version)
            + "5a".repeat(32)
            + "00"
            + length(offered)
            + offered
            + "0100"
            + extensions;
    String message = "0100" + length(body) + body;
    return HexFormat.of().parseHex("160301" + length(message) + message);
  }

  private static String length(String hex) {
    return "%04x".formatted(hex.length() / 2);
  }

  /** The usual one. */
  public static byte[] usual(SSLContext client) throws SSLException {
    SSLEngine engine = client.createSSLEngine("localhost", 443);
    engine.setUseClientMode(true);
    ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), record);
    return Arrays.copyOf(record.array(), record.position());
  }

  /** How a server's refusal ends: an alert that is fatal. */
  public static String alert(int description) {
    return new String(new byte[] {2, (byte) description}, StandardCharsets.ISO_8859_1);
  }
}
