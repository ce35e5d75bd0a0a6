package io.portico.server;

import io.portico.gateway.execute.telemetry.ExecutionLogWriter;
import io.portico.gateway.execute.telemetry.LoggedEvents;
import io.portico.gateway.execute.telemetry.PartlyWrittenException;
import io.portico.gateway.logs.LogGroupId;
import io.portico.gateway.logs.LogStore;
import io.portico.gateway.logs.LogStream;
import io.portico.gateway.logs.NewEvent;
import io.portico.gateway.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stages log, in the log groups of this process. Each group has one stream for it, whose file
 * stays open while the stage is one of those that logged last. A group that cannot be written holds
 * up no other. Used by one thread.
 */
final class StoredLogs implements ExecutionLogWriter.LogGroups {
  private static final int MOST_OPEN = 64;

  private final LogStore logs;

  /** Those that logged last are at the end. */
  private final Map<LogGroupId, LogStream> open = new LinkedHashMap<>(16, 0.75f, true);

  StoredLogs(LogStore logs) {
    this.logs = logs;
  }

  @Override
  public void add(List<LoggedEvents> events) throws IOException {
    BitSet left = new BitSet();
    RuntimeException last = null;
    for (int i = 0; i < events.size(); i++) {
      try {
        add(events.get(i));
      } catch (UncheckedIOException | StoreException e) {
        left.set(i);
        last = e;
      }
    }
    if (last != null) {
      throw new PartlyWrittenException("log groups cannot be written", last, 0, left);
    }
  }

  private void add(LoggedEvents events) {
    LogGroupId group = new LogGroupId(events.accountId(), events.region(), events.group());
    logs.put(
        group,
        stream(group).name(),
        events.events().stream()
            .map(event -> new NewEvent(event.millis(), event.message()))
            .toList());
  }

  private LogStream stream(LogGroupId group) {
    LogStream known = open.get(group);
    if (known != null) {
      return known;
    }
    if (open.size() == MOST_OPEN) {
      Iterator<LogStream> eldest = open.values().iterator();
      eldest.next().close();
      eldest.remove();
    }
    LogStream opened = logs.stream(group, streamName(group.name()));
    open.put(group, opened);
    return opened;
  }

  /**
   * The stream of a group.
   *
   * <p>AWS: streams of stages are called by 32 hexadecimal digits; source: logs that users have
   * published. That a group has several, and how they are chosen, is not described: here it is one,
   * and the same after a restart.
   */
  static String streamName(String group) {
    try {
      byte[] name = group.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(name));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
