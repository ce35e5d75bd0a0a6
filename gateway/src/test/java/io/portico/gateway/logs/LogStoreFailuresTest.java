package io.portico.gateway.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.control.v1.TestStore;
import io.portico.gateway.store.Records;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of events where files fail, are deleted, or come again. */
final class LogStoreFailuresTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final long TIME = NOW.toEpochMilli();
  private static final LogGroupId GROUP = new LogGroupId("111122223333", "eu-west-1", "g");
  private static final String STREAM = "s";

  @TempDir private Path folder = Path.of("");

  private final Records records = new Records(new TestStore());
  private final List<LogStore> opened = new ArrayList<>();

  /** How many bytes the disk still takes. */
  private long room = Long.MAX_VALUE;

  private LogStore store() {
    LogStore store =
        new LogStore(
            LogFolder.at(folder),
            records,
            Clock.fixed(NOW, ZoneOffset.UTC),
            4 << 20,
            file -> new Disk(new FileOutputStream(file.toFile(), true)));
    opened.add(store);
    return store;
  }

  /** Takes what there is room for, and fails with the rest. */
  private final class Disk extends FilterOutputStream {
    Disk(OutputStream file) {
      super(file);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
      int taken = (int) Math.min(length, room);
      out.write(bytes, start, taken);
      room -= taken;
      if (taken < length) {
        throw new IOException("No space left on device");
      }
    }
  }

  @AfterEach
  void close() {
    opened.forEach(LogStore::close);
  }

  private static List<String> from(LogStore store, long startTime) {
    return store
        .events(
            GROUP,
            stream -> true,
            new EventQuery(true, null, startTime, Long.MAX_VALUE, 10_000, message -> true))
        .events()
        .stream()
        .map(LogEvent::message)
        .toList();
  }

  private static void put(LogStore store, long time, String message) {
    store.put(GROUP, STREAM, List.of(new NewEvent(time, message)));
  }

  @Test
  void aGroupThatIsMadeAgainIsSearchedAnew() {
    LogStore store = store();
    put(store, TIME, "old");
    assertThat(from(store, 0)).containsExactly("old");

    store.deleteGroup(GROUP);
    put(store, TIME + 1000, "new");

    assertThat(from(store, TIME + 1000)).containsExactly("new");
  }

  @Test
  void aStreamThatIsMadeAgainIsSearchedAnew() {
    LogStore store = store();
    put(store, TIME, "old");
    assertThat(from(store, 0)).containsExactly("old");

    store.deleteStream(GROUP, STREAM);
    put(store, TIME + 1000, "new");

    assertThat(from(store, TIME + 1000)).containsExactly("new");
    assertThat(store.streams(GROUP, name -> true))
        .singleElement()
        .satisfies(stream -> assertThat(stream.first()).isEqualTo(TIME + 1000));
  }

  @Test
  void aGroupHasNothingOfAnotherWhoseDeletionWasCutShort() {
    put(store(), TIME, "old");
    records.write(
        writer -> {
          writer.delete(LogRecords.GROUP, GROUP.scope(), GROUP.name());
          return true;
        });

    LogStore store = store();
    store.createGroup(GROUP, LogGroupRecord.logged(GROUP.name(), TIME));

    assertThat(store.streams(GROUP, name -> true)).isEmpty();
    assertThat(from(store, 0)).isEmpty();
  }

  @Test
  void aGroupThatIsLoggedToHasNothingOfAnotherEither() {
    LogStore before = store();
    put(before, TIME, "old");
    records.write(
        writer -> {
          writer.delete(LogRecords.GROUP, GROUP.scope(), GROUP.name());
          return true;
        });

    LogStore store = store();
    put(store, TIME, "new");

    assertThat(from(store, 0)).containsExactly("new");
  }

  @Test
  void whatADiskHadNoRoomForLeavesNothingHalf() {
    LogStore store = store();
    LogStream stream = store.stream(GROUP, STREAM);
    stream.append(TIME, "first");
    assertThat(from(store, 0)).containsExactly("first");
    room = 10;
    stream.append(TIME + 1, "lost");
    assertThat(from(store, 0)).containsExactly("first");

    room = Long.MAX_VALUE;
    stream.append(TIME + 2, "second");

    assertThat(from(store, 0)).containsExactly("first", "second");
    stream.append(TIME + 3, "third");
    List<LogPosition> places =
        store
            .events(
                GROUP,
                name -> true,
                new EventQuery(true, null, 0, Long.MAX_VALUE, 10, message -> true))
            .events()
            .stream()
            .map(LogEvent::at)
            .toList();
    assertThat(places).hasSize(3);
    stream.close();
    put(store, TIME + 4, "fourth");
    assertThat(from(store(), 0)).containsExactly("first", "second", "third", "fourth");
  }

  @Test
  void whoPutsMoreThanThereIsRoomForIsTold() {
    LogStore store = store();
    put(store, TIME, "first");
    room = 3;

    assertThatThrownBy(() -> put(store, TIME + 1, "x".repeat(100_000)))
        .isInstanceOf(UncheckedIOException.class);

    room = Long.MAX_VALUE;
    put(store, TIME + 2, "second");
    assertThat(from(store, 0)).containsExactly("first", "second");
  }

  @Test
  void whatComesLateToATimeStandsBehindWhatAPageHadOfIt() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    LogStore store = store();
    store.put(GROUP, "b", List.of(new NewEvent(TIME, "one"), new NewEvent(TIME, "two")));
    LogPosition behind =
        store
            .events(
                GROUP,
                name -> true,
                new EventQuery(true, null, 0, Long.MAX_VALUE, 2, message -> true))
            .events()
            .getLast()
            .at()
            .behind();
    LogStore later =
        new LogStore(
            LogFolder.at(folder),
            records,
            Clock.offset(clock, Duration.ofMillis(5)),
            4 << 20,
            file -> new FileOutputStream(file.toFile(), true));
    opened.add(later);

    later.put(GROUP, "a", List.of(new NewEvent(TIME, "three")));

    assertThat(
            later
                .events(
                    GROUP,
                    name -> true,
                    new EventQuery(true, behind, 0, Long.MAX_VALUE, 2, message -> true))
                .events())
        .extracting(LogEvent::message)
        .containsExactly("three");
  }
}
