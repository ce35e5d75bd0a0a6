package io.portico.lambda;

import io.portico.gateway.aws.EventStreamReader;
import io.portico.gateway.json.Json;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Events of a stream, as it comes. */
public final class Events {
  private final EventStreamReader reader;

  /** An event. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Event(String type, byte[] payload) {
    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      return Json.parse(payload);
    }
  }

  public Events(InputStream in) {
    this.reader = new EventStreamReader(in);
  }

  /** The next event, or null at the end. */
  public @Nullable Event next() throws IOException {
    EventStreamReader.Event event = reader.next();
    return event == null ? null : new Event(event.type(), event.payload());
  }

  /** The next event, which there must be. */
  public Event expect() throws IOException {
    Event event = next();
    if (event == null) {
      throw new EOFException("no more events");
    }
    return event;
  }
}
