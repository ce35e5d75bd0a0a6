package io.portico.server;

import io.portico.gateway.execute.telemetry.ExecutionLogWriter;
import io.portico.gateway.execute.telemetry.LoggedEvents;
import io.portico.gateway.execute.telemetry.PartlyWrittenException;
import io.portico.gateway.execute.telemetry.StreamLines;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
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

  /** What has a part of its lines written counts as not written. */
  @Override
  public void add(List<LoggedEvents> events) throws IOException {
    List<String> texts = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      LoggedEvents some = events.get(i);
      String stream = StoredLogs.streamName(some.group());
      for (LoggedEvents.Event event : some.events()) {
        places.add(i);
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
    try {
      lines.writeTexts(texts);
    } catch (PartlyWrittenException e) {
      BitSet left = new BitSet();
      e.left(places).forEach(left::set);
      throw new PartlyWrittenException(String.valueOf(e.getMessage()), e, e.refused(), left);
    }
  }
}
