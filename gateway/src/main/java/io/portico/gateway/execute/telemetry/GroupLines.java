package io.portico.gateway.execute.telemetry;

import io.portico.gateway.snapshot.LogDestination;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
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
    Map<LogDestination.LogGroup, Lines> groupsOfLines = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      AccessLine line = lines.get(i);
      if (line.destination() instanceof LogDestination.LogGroup group) {
        LoggedEvents.Event event = new LoggedEvents.Event(line.millis(), line.text());
        groupsOfLines.computeIfAbsent(group, any -> new Lines()).add(event, i);
        if (line.canary()) {
          groupsOfLines.computeIfAbsent(group.ofCanary(), any -> new Lines()).add(event, i);
        }
      }
    }
    List<LoggedEvents> all = new ArrayList<>(groupsOfLines.size());
    groupsOfLines.forEach(
        (group, its) ->
            all.add(
                new LoggedEvents(
                    group.accountId(), group.region(), group.name(), null, its.events)));
    try {
      groups.add(all);
    } catch (PartlyWrittenException e) {
      BitSet left = new BitSet();
      e.left(List.copyOf(groupsOfLines.values())).forEach(its -> left.or(its.places));
      throw new PartlyWrittenException(String.valueOf(e.getMessage()), e, 0, left);
    }
  }

  /** Those of a group, and their places among all. */
  private static final class Lines {
    private final List<LoggedEvents.Event> events = new ArrayList<>();
    private final BitSet places = new BitSet();

    void add(LoggedEvents.Event event, int place) {
      events.add(event);
      places.set(place);
    }
  }
}
