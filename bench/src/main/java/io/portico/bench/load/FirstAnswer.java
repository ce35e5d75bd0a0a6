package io.portico.bench.load;

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
  private static final int SHOWN = 500;

  private FirstAnswer() {}

  /** Sends {@code request} on a connection of its own; the answer must be a 200 of that length. */
  static void check(Target target, String request, int bodyBytes) {
    String answer = answer(target, request.replaceFirst("\r\n", "\r\nConnection: close\r\n"));
    int bodyStart = answer.indexOf("\r\n\r\n") + 4;
    if (!answer.startsWith("HTTP/1.1 200 ") || answer.length() - bodyStart != bodyBytes) {
      String head = answer.substring(0, Math.min(answer.length(), SHOWN));
      throw new BenchFailure(target.url() + " does not pass the backend's answer: " + head.strip());
    }
  }

  private static String answer(Target target, String request) {
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
