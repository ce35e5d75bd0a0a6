package io.portico.lambda.url;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.MediaType;
import io.portico.gateway.proxy.MalformedReplyException;
import io.portico.gateway.proxy.ProxyReply;
import io.portico.lambda.environment.ConcurrencyException;
import io.portico.lambda.environment.Invoked;
import io.portico.lambda.environment.ResponseStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer of a URL whose mode is {@code RESPONSE_STREAM}: goes on while the function streams. It
 * may begin with metadata, JSON and eight NULs, which are status and headers.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html">Writing
 *     response streaming-enabled Lambda functions</a>
 */
final class StreamedAnswer {
  private static final Logger LOG = LoggerFactory.getLogger(StreamedAnswer.class);

  private static final String WITH_METADATA = "application/vnd.awslambda.http-integration-response";
  private static final int DELIMITER = 8;

  /** AWS: does not say how long the metadata may be. */
  private static final int MOST_METADATA = 256 * 1024;

  private StreamedAnswer() {}

  /** What comes before the content. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Beginning(ProxyReply head, byte[] content) {}

  /**
   * Waits for the head of the answer.
   *
   * @throws ConcurrencyException if the function runs as often as it may
   * @throws IOException if this machine has no room for another environment
   */
  static HttpResponse of(ResponseStream stream)
      throws ConcurrencyException, IOException, InterruptedException {
    String contentType = stream.contentType();
    if (contentType == null) {
      return whole(stream.invoked());
    }
    if (!MediaType.of(contentType).equals(WITH_METADATA)) {
      return streamed(
          new Beginning(
              new ProxyReply(200, Headers.of("Content-Type", contentType), new byte[0]),
              new byte[0]),
          stream);
    }
    Beginning beginning = beginning(stream);
    if (beginning == null) {
      stream.abandon();
      return UrlAnswers.badGateway();
    }
    return streamed(beginning, stream);
  }

  /** AWS: nothing is read out of what does not stream; source: inferred. */
  private static HttpResponse whole(Invoked invoked) {
    return invoked.failed()
        ? UrlAnswers.badGateway()
        : new HttpResponse(
            200, Headers.of("Content-Type", "application/json"), Body.of(invoked.payload()));
  }

  /** The metadata, read, and what came with it; null where there is none. */
  private static @Nullable Beginning beginning(ResponseStream stream) throws InterruptedException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    for (byte[] piece = stream.next(); piece != null; piece = stream.next()) {
      read.writeBytes(piece);
      byte[] bytes = read.toByteArray();
      int end = delimiter(bytes);
      if (end >= 0) {
        return parsed(bytes, end);
      }
      if (bytes.length > MOST_METADATA) {
        LOG.warn("a function streams no metadata where it said it would");
        return null;
      }
    }
    return null;
  }

  private static @Nullable Beginning parsed(byte[] bytes, int end) {
    try {
      return new Beginning(
          ProxyReply.prelude(Arrays.copyOf(bytes, end)),
          Arrays.copyOfRange(bytes, end + DELIMITER, bytes.length));
    } catch (MalformedReplyException e) {
      LOG.warn("a function streams an answer that cannot be sent: {}", e.getMessage());
      return null;
    }
  }

  /** Where eight NULs begin, or -1. */
  private static int delimiter(byte[] bytes) {
    int zeros = 0;
    for (int i = 0; i < bytes.length; i++) {
      zeros = bytes[i] == 0 ? zeros + 1 : 0;
      if (zeros == DELIMITER) {
        return i - DELIMITER + 1;
      }
    }
    return -1;
  }

  private static HttpResponse streamed(Beginning beginning, ResponseStream stream) {
    return new HttpResponse(
        beginning.head.status(),
        beginning.head.headers(),
        new Body.Produced(out -> write(beginning.content, stream, out)));
  }

  /** A client sees a failure on the way by the answer that has no end. */
  private static void write(byte[] first, ResponseStream stream, OutputStream out)
      throws IOException {
    try {
      out.write(first);
    } catch (IOException e) {
      stream.abandon();
      throw e;
    }
    Invoked invoked = stream.handOn(out::write);
    if (invoked.failed()) {
      throw new IOException(
          "the function failed within its answer: "
              + new String(invoked.payload(), StandardCharsets.UTF_8));
    }
  }
}
