package io.portico.gateway.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.v1.TestStore;
import io.portico.gateway.store.Records;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final long TIME = NOW.toEpochMilli();
  private static final LogGroupId GROUP =
      new LogGroupId("111122223333", "eu-west-1", "/aws/lambda/hello");
  private static final String STREAM = "2026/01/02/[$LATEST]0123456789abcdef0123456789abcdef";
  private static final int SMALL = 256;

  @TempDir private Path folder = Path.of("");

  private final Records records = new Records(new TestStore());
  private final List<LogStore> opened = new ArrayList<>();

  private LogStore store() {
    return store(4 << 20);
  }

  /** One over the same records and files, as after a start. */
  private LogStore store(int segmentBytes) {
    LogStore store =
        new LogStore(
            LogFolder.at(folder),
            records,
            Clock.fixed(NOW, ZoneOffset.UTC),
            segmentBytes,
            file -> new FileOutputStream(file.toFile(), true));
    opened.add(store);
    return store;
  }

  @AfterEach
  void close() {
    opened.forEach(LogStore::close);
  }

  private static EventPage page(
      LogStore store, boolean forward, @Nullable LogPosition from, int limit) {
    return store.events(
        GROUP,
        stream -> true,
        new EventQuery(forward, from, 0, Long.MAX_VALUE, limit, message -> true));
  }

  private static List<String> messages(EventPage page) {
    return page.events().stream().map(LogEvent::message).toList();
  }

  private static List<String> all(LogStore store) {
    return messages(page(store, true, null, 10_000));
  }

  private static void log(LogStore store, String stream, String... messages) {
    try (LogStream open = store.stream(GROUP, stream)) {
      for (int i = 0; i < messages.length; i++) {
        open.append(TIME + i, messages[i]);
      }
    }
  }

  private List<Path> files() {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsAppendedIsReadAtOnce() {
    LogStore store = store();
    LogStream open = store.stream(GROUP, STREAM);

    open.append(TIME, "START\n");

    assertThat(all(store)).containsExactly("START\n");
  }

  @Test
  void messagesComeBackAsTheyWere() {
    String[] messages = {
      "plain", "ended\n", "two\nlines\n", "\n", "", "C:\\new\\r", "a\rb\r\n", "Grüße 🎉", "\\"
    };
    LogStore store = store();

    log(store, STREAM, messages);

    assertThat(all(store)).containsExactly(messages);
    assertThat(all(store())).containsExactly(messages);
  }

  @Test
  void anEventSaysWhenItHappenedAndWhenItCame() {
    LogStore store = store();
    List<Long> times = List.of(TIME - 7_200_000, TIME, TIME + 7_200_000);

    store.put(GROUP, STREAM, times.stream().map(time -> new NewEvent(time, "at")).toList());

    assertThat(page(store, true, null, 10).events())
        .allSatisfy(event -> assertThat(event.ingestionTime()).isEqualTo(TIME))
        .extracting(LogEvent::timestamp)
        .isEqualTo(times);
  }

  @Test
  void streamsAreMergedByTime() {
    LogStore store = store();

    store.put(GROUP, "b", List.of(new NewEvent(1, "one"), new NewEvent(4, "four")));
    store.put(GROUP, "a", List.of(new NewEvent(2, "two"), new NewEvent(3, "three")));

    assertThat(all(store)).containsExactly("one", "two", "three", "four");
  }

  @Test
  void whatComesLateStandsWhereItHappened() {
    LogStore store = store();

    store.put(GROUP, STREAM, List.of(new NewEvent(5, "later")));
    store.put(GROUP, STREAM, List.of(new NewEvent(2, "earlier")));

    assertThat(all(store)).containsExactly("earlier", "later");
  }

  @Test
  void pagesGoForwardFromWhereTheLastOneEnded() {
    LogStore store = store();
    log(store, STREAM, "0", "1", "2", "3", "4");

    EventPage first = page(store, true, null, 2);
    EventPage second = page(store, true, first.events().getLast().at().behind(), 2);
    EventPage third = page(store, true, second.events().getLast().at().behind(), 2);

    assertThat(messages(first)).containsExactly("0", "1");
    assertThat(messages(second)).containsExactly("2", "3");
    assertThat(second.more()).isTrue();
    assertThat(messages(third)).containsExactly("4");
    assertThat(third.more()).isFalse();
  }

  @Test
  void pagesGoBackwardFromTheEnd() {
    LogStore store = store();
    log(store, STREAM, "0", "1", "2", "3", "4");

    EventPage last = page(store, false, null, 2);
    EventPage before = page(store, false, last.events().getFirst().at(), 2);

    assertThat(messages(last)).containsExactly("3", "4");
    assertThat(messages(before)).containsExactly("1", "2");
    assertThat(before.more()).isTrue();
  }

  @Test
  void pagesOverManySegmentsHaveEachEventOnce() {
    LogStore store = store(SMALL);
    List<String> expected = IntStream.range(0, 60).mapToObj(i -> "message " + i).toList();
    log(store, STREAM, expected.toArray(String[]::new));

    for (boolean forward : new boolean[] {true, false}) {
      List<String> found = new ArrayList<>();
      EventPage page = page(store, forward, null, 7);
      found.addAll(messages(page));
      while (page.more()) {
        LogPosition from =
            forward ? page.events().getLast().at().behind() : page.events().getFirst().at();
        page = page(store, forward, from, 7);
        found.addAll(forward ? found.size() : 0, messages(page));
      }
      assertThat(found).isEqualTo(expected);
    }
    assertThat(files()).hasSizeGreaterThan(5);
  }

  @Test
  void aPageEndsWithAMegabyte() {
    LogStore store = store();
    String large = "x".repeat(400_000);

    log(store, STREAM, large + 0, large + 1, large + 2, large + 3);

    EventPage page = page(store, true, null, 10_000);
    assertThat(messages(page)).containsExactly(large + 0, large + 1);
    assertThat(page.more()).isTrue();
  }

  @Test
  void anEventKeepsItsIdWhileOthersComeAndGo() {
    LogStore store = store(SMALL);
    log(store, STREAM, "first", "x".repeat(SMALL), "third");
    List<String> ids = page(store, true, null, 10).events().stream().map(LogEvent::id).toList();

    store.put(GROUP, "another", List.of(new NewEvent(1, "before all")));

    assertThat(ids).doesNotHaveDuplicates().allSatisfy(id -> assertThat(id).matches("\\d{56}"));
    assertThat(page(store(SMALL), true, null, 10).events().stream().skip(1).map(LogEvent::id))
        .isEqualTo(ids);
  }

  @Test
  void aStreamKeepsItsLastSegmentsOnly() {
    LogStore store = store(SMALL);
    int events = 200;

    log(
        store,
        STREAM,
        IntStream.range(0, events).mapToObj(i -> i + "x".repeat(SMALL)).toArray(String[]::new));

    List<String> kept = all(store);
    assertThat(files()).hasSizeLessThanOrEqualTo(17);
    assertThat(kept).hasSizeBetween(10, 40);
    assertThat(kept.getLast()).startsWith(events - 1 + "x");
    assertThat(store.streams(GROUP, name -> true).getFirst().created()).isEqualTo(TIME);
  }

  @Test
  void halfALineAtTheEndIsPassedOverAndNotBuiltOn() throws IOException {
    log(store(), STREAM, "whole");
    Path file = files().getFirst();
    Files.writeString(file, "17644032000", StandardOpenOption.APPEND);

    LogStore store = store();
    assertThat(all(store)).containsExactly("whole");
    log(store, STREAM, "next");

    assertThat(all(store)).containsExactly("whole", "next");
    assertThat(Files.readAllLines(file)).hasSize(3);
  }

  @Test
  void aLineThatIsNoneOfOursIsPassedOver() throws IOException {
    log(store(), STREAM, "before");
    Files.writeString(
        files().getFirst(),
        "\u0000\u0000\n1764x text\n99999999999999999999 text\n+5 text\n7-\n",
        StandardOpenOption.APPEND);

    LogStore store = store();
    log(store, STREAM, "behind");

    assertThat(all(store)).containsExactly("before", "behind");
  }

  @Test
  void anEmptyFileBecomesAStreamAgain() throws IOException {
    log(store(), STREAM, "lost");
    Files.write(files().getFirst(), new byte[0]);

    LogStore store = store();
    log(store, STREAM, "found");

    assertThat(all(store)).containsExactly("found");
    assertThat(store.streams(GROUP, name -> true))
        .extracting(StreamSummary::name)
        .containsExactly(STREAM);
  }

  @Test
  void aGroupComesToBeWithItsFirstEvent() {
    LogStore store = store();

    log(store, STREAM, "hello");

    assertThat(records.<Object>read(reader -> reader.all(LogRecords.GROUP).getFirst().value()))
        .isEqualTo(LogGroupRecord.logged(GROUP.name(), TIME));
  }

  @Test
  void aGroupThatIsDeletedComesAgainWhenItsStreamGoesOn() {
    LogStore store = store();
    try (LogStream open = store.stream(GROUP, STREAM)) {
      open.append(TIME, "before");

      store.deleteGroup(GROUP);
      boolean gone =
          records.<Boolean>read(
              reader -> reader.find(LogRecords.GROUP, GROUP.scope(), GROUP.name()).isEmpty());
      List<String> none = all(store);
      open.append(TIME + 1, "after");

      assertThat(gone).isTrue();
      assertThat(none).isEmpty();
      assertThat(all(store)).containsExactly("after");
      assertThat(store.createGroup(GROUP, LogGroupRecord.logged(GROUP.name(), 1))).isFalse();
    }
  }

  @Test
  void twoThatWriteToAStreamShareIt() {
    LogStore store = store();
    try (LogStream one = store.stream(GROUP, STREAM);
        LogStream other = store.stream(GROUP, STREAM)) {
      one.append(TIME, "one");
      other.append(TIME + 1, "other");
      store.put(GROUP, STREAM, List.of(new NewEvent(TIME + 2, "third")));
      one.append(TIME + 3, "four");
    }

    assertThat(all(store)).containsExactly("one", "other", "third", "four");
    assertThat(files()).hasSize(1);
  }

  @Test
  void whatComesBehindTheEndOfAStreamIsKept() {
    LogStore store = store();
    LogStream open = store.stream(GROUP, STREAM);
    open.append(TIME, "before");
    open.close();

    open.append(TIME + 1, "last words");

    assertThat(all(store)).containsExactly("before", "last words");
  }

  @Test
  void aStreamIsMadeAndDeletedOnce() {
    LogStore store = store();

    assertThat(store.createStream(GROUP, STREAM)).isTrue();
    assertThat(store.createStream(GROUP, STREAM)).isFalse();
    assertThat(store.streams(GROUP, name -> true))
        .containsExactly(new StreamSummary(STREAM, TIME, null, null, null));
    assertThat(store.deleteStream(GROUP, STREAM)).isTrue();
    assertThat(store.deleteStream(GROUP, STREAM)).isFalse();
    assertThat(store.hasStream(GROUP, STREAM)).isFalse();
  }

  @Test
  void namesLeadNowhereElseAndMayBeLong() {
    LogStore store = store();
    List<String> names =
        List.of("..", "../../x", "a b+c", "~", "%2F", "@1.log", "ü".repeat(300), "ü".repeat(301));

    names.forEach(name -> log(store, name, name));

    assertThat(store.streams(GROUP, name -> true))
        .extracting(StreamSummary::name)
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(all(store)).containsExactlyInAnyOrderElementsOf(names);
    assertThat(files()).hasSize(names.size());
  }

  @Test
  void aSummarySaysWhatTheFirstAndTheLastEventSay() {
    LogStore store = store(SMALL);
    log(store, STREAM, "x".repeat(SMALL), "x".repeat(SMALL), "last");

    assertThat(store.streams(GROUP, name -> true))
        .containsExactly(new StreamSummary(STREAM, TIME, TIME, TIME + 2, TIME + 2));
  }

  @Test
  void whatAGroupKeepsNoLongerIsSweptAway() throws IOException {
    LogStore store = store(SMALL);
    store.createGroup(GROUP, LogGroupRecord.logged(GROUP.name(), TIME).withRetention(1));
    LogStream open = store.stream(GROUP, STREAM);
    open.append(TIME, "old" + "x".repeat(SMALL));
    open.append(TIME + 1, "young");
    assertThat(all(store)).hasSize(2);
    FileTime old = FileTime.from(NOW.minus(Duration.ofHours(25)));
    Files.setLastModifiedTime(files().getFirst(), old);

    store.sweep();
    open.append(TIME + 2, "new");

    assertThat(all(store)).containsExactly("young", "new");
  }

  @Test
  void aStreamThatIsSweptAwayWhileItIsWrittenComesAgain() throws IOException {
    LogStore store = store();
    store.createGroup(GROUP, LogGroupRecord.logged(GROUP.name(), TIME).withRetention(1));
    LogStream open = store.stream(GROUP, STREAM);
    open.append(TIME, "old");
    assertThat(all(store)).hasSize(1);
    Files.setLastModifiedTime(files().getFirst(), FileTime.from(NOW.minus(Duration.ofHours(25))));

    store.sweep();
    open.append(TIME + 1, "new");

    assertThat(all(store)).containsExactly("new");
  }

  @Test
  void aGroupWithoutRetentionKeepsAll() throws IOException {
    LogStore store = store();
    log(store, STREAM, "kept");
    Files.setLastModifiedTime(files().getFirst(), FileTime.from(Instant.EPOCH));

    store.sweep();

    assertThat(all(store)).containsExactly("kept");
  }

  @Test
  void filesThatAreOlderThanAQueryAreStillRightForOthers() throws IOException {
    LogStore store = store();
    log(store, STREAM, "old");
    Files.setLastModifiedTime(files().getFirst(), FileTime.fromMillis(TIME));
    long later = TIME + Duration.ofHours(3).toMillis();

    EventPage none =
        store.events(
            GROUP, stream -> true, new EventQuery(true, null, later, later + 1, 10, text -> true));

    assertThat(none.events()).isEmpty();
    assertThat(all(store)).containsExactly("old");
  }

  @Test
  void aTemporaryFolderIsGoneAfterwards() {
    LogFolder temporary = LogFolder.temporary();
    LogStore store = new LogStore(temporary, records, Clock.systemUTC());
    log(store, STREAM, "hello");
    Path path = temporary.existing();
    assertThat(path).isNotNull().exists();

    store.close();

    assertThat(path).doesNotExist();
  }

  @Test
  void aGroupsRecordSurvivesChanges() {
    LogGroupRecord group = LogGroupRecord.logged("a", 1);

    LogGroupRecord changed =
        group.withRetention(7).withTags(Map.of("k", "v")).withDeletionProtection(true);

    assertThat(changed)
        .isEqualTo(new LogGroupRecord("a", 1, 7, null, "STANDARD", true, Map.of("k", "v")));
  }
}
