package io.portico.gateway.execute.integration;

import io.portico.gateway.aws.EventStreamReader;
import io.portico.gateway.aws.EventStreamReader.Event;
import io.portico.gateway.http.Body;
import io.portico.gateway.json.Json;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a function streams, taken out of the events of InvokeWithResponseStream as they come. To be
 * closed by whoever takes it; before its end, the rest is given up.
 */
final class FunctionStream implements AutoCloseable {
  /** Most bytes of an answer that is in memory already: one that an emulator or a test made. */
  private static final long MOST_IN_MEMORY = 64L << 20;

  private final InputStream in;
  private final EventStreamReader events;

  /** The function failed, before its answer or within. */
  static final class FunctionFailedException extends IOException {
    private final String details;

    FunctionFailedException(String details) {
      super("the function failed: " + details);
      this.details = details;
    }

    /** What Lambda says of it. */
    String details() {
      return details;
    }
  }

  private FunctionStream(InputStream in) {
    this.in = in;
    this.events = new EventStreamReader(in);
  }

  static FunctionStream of(Body body) throws IOException {
    return new FunctionStream(
        body instanceof Body.Streamed arriving
            ? arriving.open()
            : new ByteArrayInputStream(body.readAll(MOST_IN_MEMORY)));
  }

  /**
   * Waits for the next piece.
   *
   * @return null at the end
   * @throws FunctionFailedException if the function did not come to its end
   * @throws IOException if the stream breaks off, or is none
   */
  byte @Nullable [] next() throws IOException {
    while (true) {
      Event event = events.next();
      if (event == null) {
        throw new EOFException("the stream ended before the function's answer did");
      }
      if (event.exception()) {
        throw new IOException("Lambda broke off: " + event.type() + " " + event.text());
      }
      switch (event.type()) {
        case "PayloadChunk" -> {
          if (event.payload().length > 0) {
            return event.payload();
          }
        }
        case "InvokeComplete" -> {
          complete(event);
          return null;
        }
        default -> {
          // An event that AWS has added since says nothing of the answer.
        }
      }
    }
  }

  private static void complete(Event event) throws IOException {
    JsonNode end;
    try {
      end = Json.parse(event.payload());
    } catch (JacksonException e) {
      throw new IOException("the stream's end is not JSON: " + e.getOriginalMessage(), e);
    }
    if (end.hasNonNull("ErrorCode")) {
      throw new FunctionFailedException(
          end.path("ErrorCode").asString("") + " " + end.path("ErrorDetails").asString(""));
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
