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
    Beginning beginning = new Beginning();
    int end = beginning.end(whole);
    if (end < 0) {
      throw noMetadata();
    }
    LambdaProxyReply head = LambdaProxyReply.metadata(beginning.metadata());
    return new StreamedReply(
        head.status(), head.headers(), Body.of(Arrays.copyOfRange(whole, end, whole.length)));
  }

  private static StreamedReply begun(FunctionStream stream)
      throws IOException, MalformedReplyException {
    Beginning beginning = new Beginning();
    byte @Nullable [] piece;
    while (!beginning.isTooLong() && (piece = stream.next()) != null) {
      int end = beginning.end(piece);
      if (end >= 0) {
        LambdaProxyReply head = LambdaProxyReply.metadata(beginning.metadata());
        byte[] first = Arrays.copyOfRange(piece, end, piece.length);
        return new StreamedReply(
            head.status(), head.headers(), new Body.Produced(out -> write(first, stream, out)));
      }
    }
    throw noMetadata();
  }

  /** What comes up to the eight NULs, in whatever pieces; each byte is looked at once. */
  private static final class Beginning {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int zeros;

    /** Where the content begins in this piece, or -1 where it does not. */
    int end(byte[] piece) {
      int most = Math.min(piece.length, LONGEST_BEGINNING - bytes.size());
      for (int i = 0; i < most; i++) {
        zeros = piece[i] == 0 ? zeros + 1 : 0;
        if (zeros == DELIMITER) {
          bytes.write(piece, 0, i + 1);
          return i + 1;
        }
      }
      bytes.write(piece, 0, most);
      return -1;
    }

    boolean isTooLong() {
      return bytes.size() == LONGEST_BEGINNING;
    }

    byte[] metadata() {
      return Arrays.copyOf(bytes.toByteArray(), bytes.size() - DELIMITER);
    }
  }

  private static MalformedReplyException noMetadata() {
    return new MalformedReplyException(
        "the stream has no metadata: JSON and eight NULs, within its first "
            + LONGEST_BEGINNING
            + " bytes");
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
