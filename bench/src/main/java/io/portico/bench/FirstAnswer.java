package io.portico.bench;

import io.portico.bench.load.Target;
import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One request before anything is measured: a gateway that answers wrongly is not worth a number.
 */
final class FirstAnswer {
  private static final int PATIENCE_MILLIS = 10_000;

  private FirstAnswer() {}

  static void check(Target target, int bodyBytes) {
    String answer = get(target);
    int bodyStart = answer.indexOf("\r\n\r\n") + 4;
    if (!answer.startsWith("HTTP/1.1 200 ") || answer.length() - bodyStart != bodyBytes) {
      throw new BenchFailure(
          target.url() + " does not pass the backend's answer: " + answer.strip());
    }
  }

  private static String get(Target target) {
    String request =
        "GET "
            + target.path()
            + " HTTP/1.1\r\nHost: "
            + target.host()
            + "\r\nConnection: close\r\n\r\n";
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()));
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new BenchFailure("no answer from " + target.url() + ": " + e.getMessage(), e);
    }
  }
}
