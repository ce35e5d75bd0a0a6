package io.portico.gateway.execute.integration;

import io.portico.gateway.execute.integration.FunctionStream.FunctionFailedException;
import io.portico.gateway.execute.integration.LambdaProxyReply.MalformedReplyException;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a function behind {@code AWS_PROXY} streams: metadata, which is JSON, and eight NULs; then
 * the content, which is sent on as it comes. The metadata is there before anything is answered.
 *
 * @param body makes the content; an answer whose function fails on the way breaks off
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html">Lambda
 *     proxy integration with response streaming</a>
 */
record StreamedReply(int status, Headers headers, Body body) {
  private static final int DELIMITER = 8;

  /** AWS: the delimiter is within the first 16 KB; source: documented, see the record. */
  private static final int LONGEST_BEGINNING = 16 * 1024;

  /**
   * Waits for the metadata.
   *
   * @throws MalformedReplyException if the function streams none
   * @throws FunctionFailedException if it fails before
   * @throws IOException if its stream breaks off before
   */
  static StreamedReply of(FunctionStream stream) throws IOException, MalformedReplyException {
    boolean begun = false;
    try {
      StreamedReply reply = begun(stream);
      begun = true;
      return reply;
    } finally {
      if (!begun) {
        stream.close();
      }
    }
  }

  /**
   * The reply of an endpoint that does not stream, taken for the stream.
   *
   * @throws MalformedReplyException if it does not begin with metadata
   */
  static StreamedReply of(byte[] whole) throws MalformedReplyException {
    int end = delimiter(whole);
    if (end < 0) {
      throw noMetadata();
    }
    LambdaProxyReply head = LambdaProxyReply.metadata(Arrays.copyOf(whole, end));
    return new StreamedReply(
        head.status(),
        head.headers(),
        Body.of(Arrays.copyOfRange(whole, end + DELIMITER, whole.length)));
  }

  private static StreamedReply begun(FunctionStream stream)
      throws IOException, MalformedReplyException {
    ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    byte @Nullable [] piece;
    while ((piece = stream.next()) != null) {
      beginning.writeBytes(piece);
      byte[] bytes = beginning.toByteArray();
      int end = delimiter(bytes);
      if (end >= 0) {
        LambdaProxyReply head = LambdaProxyReply.metadata(Arrays.copyOf(bytes, end));
        byte[] first = Arrays.copyOfRange(bytes, end + DELIMITER, bytes.length);
        return new StreamedReply(
            head.status(), head.headers(), new Body.Produced(out -> write(first, stream, out)));
      }
      if (bytes.length >= LONGEST_BEGINNING) {
        break;
      }
    }
    throw noMetadata();
  }

  private static MalformedReplyException noMetadata() {
    return new MalformedReplyException(
        "the stream has no metadata: JSON and eight NULs, within its first "
            + LONGEST_BEGINNING
            + " bytes");
  }

  /** Where the first eight NULs begin, or -1. */
  private static int delimiter(byte[] bytes) {
    int zeros = 0;
    for (int i = 0; i < Math.min(bytes.length, LONGEST_BEGINNING); i++) {
      zeros = bytes[i] == 0 ? zeros + 1 : 0;
      if (zeros == DELIMITER) {
        return i - DELIMITER + 1;
      }
    }
    return -1;
  }

  private static void write(byte[] first, FunctionStream stream, OutputStream out)
      throws IOException {
    try (stream) {
      if (first.length > 0) {
        out.write(first);
      }
      byte @Nullable [] piece;
      while ((piece = stream.next()) != null) {
        out.write(piece);
      }
    }
  }
}
