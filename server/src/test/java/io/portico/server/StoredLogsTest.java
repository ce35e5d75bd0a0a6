package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.execute.telemetry.LoggedEvents;
import io.portico.gateway.execute.telemetry.PartlyWrittenException;
import io.portico.gateway.logs.LogFolder;
import io.portico.gateway.logs.LogGroupId;
import io.portico.gateway.logs.LogGroupRecord;
import io.portico.gateway.logs.LogStore;
import io.portico.gateway.logs.StreamSummary;
import io.portico.gateway.store.Records;
import io.portico.store.MemoryRecordStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredLogsTest {
  private static LogGroupId group(String name) {
    return new LogGroupId("000000000000", "us-east-1", name);
  }

  private static LoggedEvents events(String group) {
    return new LoggedEvents(
        "000000000000",
        "us-east-1",
        group,
        null,
        List.of(new LoggedEvents.Event(1, "of " + group)));
  }

  private static LogStore store() {
    return new LogStore(
        LogFolder.temporary(), new Records(new MemoryRecordStore()), Clock.systemUTC());
  }

  @Test
  void moreGroupsThanFilesThatStayOpenAreAllWritten() throws IOException {
    try (LogStore store = store()) {
      StoredLogs logs = new StoredLogs(store);
      List<LoggedEvents> each =
          IntStream.range(0, 100).mapToObj(i -> events("group-" + i)).toList();

      logs.add(each);
      logs.add(each);

      for (int i = 0; i < 100; i++) {
        assertThat(store.bytes(group("group-" + i))).isPositive();
        List<StreamSummary> streams = store.streams(group("group-" + i), name -> true);
        assertThat(streams).hasSize(1);
        assertThat(streams.getFirst().name()).matches("[0-9a-f]{32}");
      }
    }
  }

  @Test
  void aGroupsStreamIsTheSameForWhoeverComesLater() throws IOException {
    try (LogStore store = store()) {
      new StoredLogs(store).add(List.of(events("group")));
      new StoredLogs(store).add(List.of(events("group")));

      assertThat(store.streams(group("group"), name -> true)).hasSize(1);
    }
  }

  @Test
  void whatCannotBeWrittenIsSaid() {
    LogStore store = store();
    StoredLogs logs = new StoredLogs(store);
    store.close();

    assertThatThrownBy(() -> logs.add(List.of(events("group")))).isInstanceOf(IOException.class);
  }

  @Test
  void aGroupThatCannotBeWrittenIsLeftAndThoseBehindItAreWritten(@TempDir Path folder)
      throws IOException {
    try (LogStore store =
        new LogStore(
            LogFolder.at(folder), new Records(new MemoryRecordStore()), Clock.systemUTC())) {
      store.createGroup(group("bad"), LogGroupRecord.logged("bad", 1));
      Path region = Files.createDirectories(folder.resolve("000000000000").resolve("us-east-1"));
      Files.createFile(region.resolve("bad"));
      List<LoggedEvents> all = List.of(events("first"), events("bad"), events("last"));

      PartlyWrittenException partly =
          catchThrowableOfType(PartlyWrittenException.class, () -> new StoredLogs(store).add(all));

      assertThat(partly.refused()).isZero();
      assertThat(partly.left(all)).containsExactly(events("bad"));
      assertThat(store.bytes(group("first"))).isPositive();
      assertThat(store.bytes(group("last"))).isPositive();
    }
  }
}
