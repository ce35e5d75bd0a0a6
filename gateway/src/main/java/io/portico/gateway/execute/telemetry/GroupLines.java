package io.portico.gateway.execute.telemetry;

import io.portico.gateway.snapshot.LogDestination;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines of access logs as events of log groups. Used by one thread. */
public final class GroupLines implements AccessLogWriter.Lines {
  private final ExecutionLogWriter.LogGroups groups;

  public GroupLines(ExecutionLogWriter.LogGroups groups) {
    this.groups = groups;
  }

  // AWS: a canary's are in both groups; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html.
  @Override
  public void write(List<AccessLine> lines) throws IOException {
    Map<LogDestination.LogGroup, List<LoggedEvents.Event>> events = new LinkedHashMap<>();
    for (AccessLine line : lines) {
      if (line.destination() instanceof LogDestination.LogGroup group) {
        LoggedEvents.Event event = new LoggedEvents.Event(line.millis(), line.text());
        events.computeIfAbsent(group, any -> new ArrayList<>()).add(event);
        if (line.canary()) {
          LogDestination.LogGroup ofCanary =
              new LogDestination.LogGroup(
                  group.accountId(), group.region(), group.name() + "/Canary");
          events.computeIfAbsent(ofCanary, any -> new ArrayList<>()).add(event);
        }
      }
    }
    List<LoggedEvents> all = new ArrayList<>(events.size());
    events.forEach(
        (group, its) ->
            all.add(new LoggedEvents(group.accountId(), group.region(), group.name(), its)));
    groups.add(all);
  }
}
