package io.portico.server;

import io.portico.gateway.execute.telemetry.ExecutionLogWriter;
import io.portico.gateway.execute.telemetry.LoggedEvents;
import io.portico.gateway.execute.telemetry.StreamLines;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What stages log as lines of JSON, one an event, under the names that AWS gives the parts of an
 * event where it hands events on. Used by one thread.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html">Events
 *     that are handed on</a>
 */
final class EventLines implements ExecutionLogWriter.LogGroups {
  private final StreamLines lines;

  EventLines(StreamLines.Target target) {
    this.lines = new StreamLines(target);
  }

  @Override
  public void add(List<LoggedEvents> events) throws IOException {
    List<String> texts = new ArrayList<>();
    for (LoggedEvents some : events) {
      String stream = StoredLogs.streamName(some.group());
      for (LoggedEvents.Event event : some.events()) {
        texts.add(
            Json.text(
                Json.object()
                    .put("logGroup", some.group())
                    .put("logStream", stream)
                    .put("timestamp", event.millis())
                    .put("requestId", some.requestId())
                    .put("message", event.message())));
      }
    }
    lines.writeTexts(texts);
  }
}
