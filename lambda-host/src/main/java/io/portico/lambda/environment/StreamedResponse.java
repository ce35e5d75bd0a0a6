package io.portico.lambda.environment;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A response that a function streams to the Runtime API: chunks, and fields behind them if it fails
 * on the way.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html">Custom runtimes,
 *     "Response streaming"</a>
 */
final class StreamedResponse {
  static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";

  /** AWS: 200 MB; source: documented, Response streaming for Lambda functions. */
  static final long MOST_STREAMED = 200L * 1024 * 1024;

  private static final String STREAMING = "streaming";
  private static final String MODE = "Lambda-Runtime-Function-Response-Mode";
  private static final String ERROR_BODY = "Lambda-Runtime-Function-Error-Body";
  private static final int LONGEST_PIECE = 64 * 1024;

  private StreamedResponse() {}

  /** Whether the function asks for its response to go on while it comes. */
  static boolean isStreamed(HttpRequest request) {
    return STREAMING.equalsIgnoreCase(request.headers().first(MODE));
  }

  /** Whether it asks for something else that there is not. */
  static boolean isUnknown(HttpRequest request) {
    String mode = request.headers().first(MODE);
    return mode != null && !mode.isEmpty() && !STREAMING.equalsIgnoreCase(mode);
  }

  /** AWS: source: inferred, that what has no type is bytes. */
  static String contentType(HttpRequest request) {
    String given = request.headers().first("Content-Type");
    return given == null ? "application/octet-stream" : given;
  }

  /**
   * Hands a response on, to its end.
   *
   * @return how the invocation ends with it
   * @throws BodyTooLargeException if it is longer than may be
   * @throws IOException if it broke off
   */
  static Outcome handOn(HttpRequest request, ResponseStream stream)
      throws IOException, InterruptedException {
    try (InputStream content = open(request.body())) {
      copy(content, stream);
    }
    Outcome failure = failure(request.body());
    return failure == null ? new Outcome.Streamed() : failure;
  }

  private static InputStream open(Body body) throws IOException {
    return body instanceof Body.Streamed arriving
        ? arriving.open()
        : new ByteArrayInputStream(body.readAll(MOST_STREAMED));
  }

  private static void copy(InputStream content, ResponseStream stream)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[LONGEST_PIECE];
    long total = 0;
    int count = content.read(buffer);
    while (count >= 0) {
      total += count;
      if (total > MOST_STREAMED) {
        throw new BodyTooLargeException(MOST_STREAMED);
      }
      stream.write(Arrays.copyOf(buffer, count));
      count = content.read(buffer);
    }
  }

  /** What the fields behind a response say of a failure, or null where they say nothing. */
  static Outcome.@Nullable Failed failure(Body body) {
    Headers trailers = body instanceof Body.Streamed read ? read.trailers() : Headers.empty();
    String type = trailers.first(ERROR_TYPE);
    if (type == null) {
      return null;
    }
    String document = trailers.first(ERROR_BODY);
    return document == null
        ? FunctionErrors.failed(type, "")
        : new Outcome.Failed(type, decoded(type, document));
  }

  private static byte[] decoded(String type, String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return FunctionErrors.document(type, "The error's document is not base64");
    }
  }
}
