package io.portico.bench.load;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The least that a host of Lambda functions can do: starts one function and speaks the <b>Runtime
 * API</b> with it on a blocking socket, one event at a time. {@code RuntimeLoop event lead millis
 * interpreter bootstrap NAME=value…} hands over the event of that file again and again and prints
 * {@link Latencies} from the handing over to the answer: what the function's own process takes.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
public final class RuntimeLoop {
  private static final String INVOCATION = "/2018-06-01/runtime/invocation/";
  private static final String REQUEST_ID = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
  private static final byte[] NEXT = latin1("GET " + INVOCATION + "next ");
  private static final byte[] ANSWERED = latin1("POST " + INVOCATION + REQUEST_ID + "/response ");
  private static final byte[] ACCEPTED =
      latin1(
          "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n"
              + "{\"status\":\"OK\"}");

  private static final int PATIENCE_MILLIS = 10_000;
  private static final int FIRST_OF_COMMAND = 3;
  private static final int FIRST_VARIABLE = 5;

  private RuntimeLoop() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    byte[] event = Files.readAllBytes(Path.of(arguments[0]));
    Duration lead = Duration.ofMillis(Long.parseLong(arguments[1]));
    Duration length = Duration.ofMillis(Long.parseLong(arguments[2]));
    List<String> given = List.of(arguments);
    Map<String, String> variables =
        given.subList(FIRST_VARIABLE, given.size()).stream()
            .map(variable -> variable.split("=", 2))
            .collect(Collectors.toMap(variable -> variable[0], variable -> variable[1]));
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process function =
          start(
              given.subList(FIRST_OF_COMMAND, FIRST_VARIABLE), variables, listener.getLocalPort());
      try {
        System.out.println(run(listener, event, lead, length).line());
      } finally {
        function.destroyForcibly();
        // Waited for, so that its CPU time is this process's.
        function.waitFor();
      }
    }
  }

  private static Process start(List<String> command, Map<String, String> variables, int port)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear();
    builder.environment().putAll(variables);
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + port);
    return builder.start();
  }

  /** Serves the first runtime that connects. */
  static Latencies run(ServerSocket listener, byte[] event, Duration lead, Duration length)
      throws IOException {
    listener.setSoTimeout(PATIENCE_MILLIS);
    try (Socket runtime = listener.accept()) {
      runtime.setTcpNoDelay(true);
      runtime.setSoTimeout(PATIENCE_MILLIS);
      RuntimeRequests requests = new RuntimeRequests(runtime.getInputStream());
      OutputStream answers = runtime.getOutputStream();
      byte[] order = order(event);
      requests.expect(NEXT);
      Laps laps = new Laps(lead, length);
      for (long handed = System.nanoTime(); !laps.over(handed); handed = System.nanoTime()) {
        answers.write(order);
        requests.expect(ANSWERED);
        laps.count(handed, System.nanoTime(), true);
        answers.write(ACCEPTED);
        requests.expect(NEXT);
      }
      return laps.latencies();
    }
  }

  /** The answer to a poll, with the headers that Portico sends. */
  private static byte[] order(byte[] event) {
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            + "Lambda-Runtime-Aws-Request-Id: "
            + REQUEST_ID
            + "\r\nLambda-Runtime-Deadline-Ms: "
            + (System.currentTimeMillis() + Duration.ofHours(1).toMillis())
            + "\r\nLambda-Runtime-Invoked-Function-Arn:"
            + " arn:aws:lambda:us-east-1:000000000000:function:constant\r\n"
            + "Lambda-Runtime-Trace-Id:"
            + " Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0\r\n"
            + "Content-Length: "
            + event.length
            + "\r\n\r\n";
    byte[] order = Arrays.copyOf(latin1(head), head.length() + event.length);
    System.arraycopy(event, 0, order, head.length(), event.length);
    return order;
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
