package io.portico.bench.load;

import io.portico.bench.process.BenchFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * One request before anything is measured: a gateway that answers wrongly is not worth a number.
 */
public final class FirstAnswer {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int SHOWN = 500;
  private static final String STATUS_LINE = "HTTP/1.1 ";

  private FirstAnswer() {}

  /**
   * Sends a call on a connection of its own; the answer must have that status, and a body that
   * matches as a whole.
   */
  public static void check(Target target, Call call, int status, Pattern body) {
    String _ = body(target, call, status, body);
  }

  /** The same, and gives the body. */
  public static String body(Target target, Call call, int status, Pattern body) {
    String answer = answer(target, call);
    int bodyStart = answer.indexOf("\r\n\r\n") + 4;
    if (!answer.startsWith(STATUS_LINE + status + " ")
        || !body.matcher(answer.substring(bodyStart)).matches()) {
      String head = answer.substring(0, Math.min(answer.length(), SHOWN));
      throw new BenchFailure(
          target.url(call.path()) + " does not answer as it must: " + head.strip());
    }
    return answer.substring(bodyStart);
  }

  private static String answer(Target target, Call call) {
    String request =
        call.request(target)
            .replaceFirst(Call.LINE_END, Call.LINE_END + "Connection: close" + Call.LINE_END);
    try (Socket socket = socket(target.scheme())) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()));
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new BenchFailure(
          "no answer from " + target.url(call.path()) + ": " + e.getMessage(), e);
    }
  }

  private static Socket socket(Scheme scheme) throws IOException {
    return switch (scheme) {
      case HTTP -> new Socket();
      case HTTPS -> Tls.socket();
    };
  }
}
