package io.portico.gateway.execute.rest;

import io.portico.gateway.http.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a test of a method shows of an answer that is streamed: as much as has come until it ends,
 * until it is longer than a megabyte, or until the time of a test is over.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/response-streaming-troubleshoot.html">Troubleshoot
 *     issues with response streaming</a>
 */
final class TestedStream {
  private static final Logger LOG = LoggerFactory.getLogger(TestedStream.class);
  private static final int ENOUGH = 1024 * 1024;

  private TestedStream() {}

  /** The content as UTF-8. */
  static String text(Body body) {
    Shown shown = new Shown();
    try {
      switch (body) {
        case Body.Empty empty -> {}
        case Body.Buffered buffered -> shown.write(buffered.bytes());
        case Body.Streamed arriving -> copy(arriving, shown);
        case Body.Produced produced -> produced.producer().writeTo(shown);
      }
    } catch (IOException e) {
      // What has come by then is the answer.
      LOG.debug("a stream that is tested ended early: {}", e.toString());
    }
    return shown.bytes.toString(StandardCharsets.UTF_8);
  }

  private static void copy(Body.Streamed arriving, Shown shown) throws IOException {
    try (InputStream in = arriving.open()) {
      in.transferTo(shown);
    }
  }

  /** Keeps what is written, and ends who writes once that is enough. */
  private static final class Shown extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] content, int offset, int length) throws IOException {
      bytes.write(content, offset, length);
      if (bytes.size() > ENOUGH) {
        throw new IOException("enough for a test");
      }
    }
  }
}
