package io.portico.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricStoreTest {
  private static final String SCOPE = "111122223333/us-east-1";
  private static final long NOW = Instant.parse("2026-01-02T03:00:00Z").getEpochSecond();
  private static final long HOUR = 3600;
  private static final long DAY = 24 * HOUR;

  @TempDir private Path folder;
  private Instant now = Instant.ofEpochSecond(NOW);
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

  private static MetricKey key(String name, Dimension... dimensions) {
    return new MetricKey(SCOPE, "n", name, List.of(dimensions));
  }

  private MetricStore store() {
    return store(new MetricLimits(100, 1 << 20));
  }

  private MetricStore store(MetricLimits limits) {
    return new MetricStore(MetricFolder.at(folder.resolve("metrics")), limits, clock);
  }

  private static MetricPoint point(int period, long start, double value) {
    return new MetricPoint(period, start, "None", Distribution.of(value, 1));
  }

  private static Map<Long, Double> sums(MetricStore store, MetricRange range) {
    return sums(store, range, "None");
  }

  private static Map<Long, Double> sums(MetricStore store, MetricRange range, String unit) {
    NavigableMap<Long, Distribution> values = store.read(key("m"), range).get(unit);
    Map<Long, Double> sums = new TreeMap<>();
    if (values != null) {
      values.forEach((time, distribution) -> sums.put(time, distribution.sum()));
    }
    return sums;
  }

  private static MetricRange range(long from, long to, int period) {
    return new MetricRange(from, to, period, null);
  }

  private long size() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("metrics"))) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void valuesOfAPeriodAddUp() {
    try (MetricStore store = store()) {
      store.put(key("m"), List.of(point(60, NOW - 300, 1), point(60, NOW - 240, 2)));
      store.put(key("m"), List.of(point(60, NOW - 300, 4), point(60, NOW - 60, 8)));

      assertThat(sums(store, range(NOW - 300, NOW, 60)))
          .isEqualTo(Map.of(NOW - 300, 5.0, NOW - 240, 2.0, NOW - 60, 8.0));
      assertThat(sums(store, range(NOW - 300, NOW, 120)))
          .isEqualTo(Map.of(NOW - 300, 7.0, NOW - 60, 8.0));
      assertThat(sums(store, range(NOW - 240, NOW - 60, 60))).isEqualTo(Map.of(NOW - 240, 2.0));
    }
  }

  @Test
  void unitsAreKeptApart() {
    try (MetricStore store = store()) {
      store.put(
          key("m"),
          List.of(
              point(60, NOW - 60, 1),
              new MetricPoint(60, NOW - 60, "Bytes", Distribution.of(2, 1))));

      assertThat(sums(store, range(NOW - 60, NOW, 60))).isEqualTo(Map.of(NOW - 60, 1.0));
      assertThat(sums(store, range(NOW - 60, NOW, 60), "Bytes")).isEqualTo(Map.of(NOW - 60, 2.0));
      assertThat(store.read(key("m"), new MetricRange(NOW - 60, NOW, 60, "Bytes")))
          .containsOnlyKeys("Bytes");
    }
  }

  @Test
  void theOrderOfDimensionsIsNoneOfAMetric() {
    Dimension a = new Dimension("a", "1");
    Dimension b = new Dimension("b", "2");

    assertThat(key("m", a, b)).isEqualTo(key("m", b, a)).isNotEqualTo(key("m", a));
  }

  @Test
  void whatWasPutIsThereWhenAnotherOpensTheFolder() {
    MetricKey dimensioned = key("\u00e4 \"x\"", new Dimension("ApiName", "\u00fc"));
    store().put(key("m"), List.of(point(60, NOW - 60, 1)));
    store().put(dimensioned, List.of(point(60, NOW - 60, 1)));

    try (MetricStore store = store()) {
      assertThat(store.list(SCOPE))
          .extracting(ListedMetric::key)
          .containsExactlyInAnyOrder(key("m"), dimensioned);
      assertThat(store.list("other")).isEmpty();
      assertThat(store.list(SCOPE))
          .allSatisfy(metric -> assertThat(metric.lastWrittenMillis()).isPositive());
      assertThat(sums(store, range(NOW - 60, NOW, 60))).isEqualTo(Map.of(NOW - 60, 1.0));
    }
  }

  @Test
  void whatACrashHasLeftHalfWrittenIsCutOff() throws IOException {
    store().put(key("m"), List.of(point(60, NOW - 120, 1)));
    try (Stream<Path> files = Files.list(folder.resolve("metrics"))) {
      Files.write(files.toList().getFirst(), new byte[] {20, 1, 2, 3}, StandardOpenOption.APPEND);
    }

    try (MetricStore store = store()) {
      store.put(key("m"), List.of(point(60, NOW - 60, 2)));
    }

    try (MetricStore store = store()) {
      assertThat(sums(store, range(NOW - 600, NOW, 60)))
          .isEqualTo(Map.of(NOW - 120, 1.0, NOW - 60, 2.0));
    }
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("metrics"))) {
      return files.filter(file -> file.toString().endsWith(".series")).findFirst().orElseThrow();
    }
  }

  private Path aside(Path file) {
    return file.resolveSibling(file.getFileName() + ".damaged");
  }

  @Test
  void whatIsBehindADamageIsPutAside() throws IOException {
    store().put(key("m"), Collections.nCopies(5_000, point(60, NOW, 0.5)));
    Path file = onlyFile();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    try (MetricStore store = store()) {
      store.put(key("m"), List.of(point(60, NOW + 60, 2)));

      assertThat(sums(store, range(NOW, NOW + 120, 60))).containsEntry(NOW + 60, 2.0);
      assertThat(sums(store, range(NOW, NOW + 60, 60))).containsKey(NOW);
      assertThat(aside(file)).hasBinaryContent(bytes);
    }
    try (MetricStore store = store()) {
      assertThat(sums(store, range(NOW + 60, NOW + 120, 60))).isEqualTo(Map.of(NOW + 60, 2.0));
    }
  }

  @Test
  void aFileWithoutAWholeHeadingIsBegunAnew() throws IOException {
    store().put(key("m"), List.of(point(60, NOW - 60, 1)));
    Path file = onlyFile();
    byte[] bytes = Files.readAllBytes(file);
    bytes[2] ^= 1;
    for (byte[] broken : new byte[][] {bytes, Arrays.copyOf(bytes, 10), new byte[0]}) {
      Files.write(file, broken);
      try (MetricStore store = store()) {
        assertThat(store.list(SCOPE)).isEmpty();
        store.put(key("m"), List.of(point(60, NOW - 60, 2)));
      }
      try (MetricStore store = store()) {
        assertThat(sums(store, range(NOW - 60, NOW, 60))).isEqualTo(Map.of(NOW - 60, 2.0));
      }
    }
    assertThat(aside(file)).hasBinaryContent(bytes);
  }

  @Test
  void aPointMayBeLongerThanWhatIsReadAtOnce() {
    Distribution wide = new Distribution();
    for (int i = -5_000; i < 5_000; i++) {
      wide.add(Math.pow(1.02, i + 0.5), 1.5);
    }
    try (MetricStore store = store()) {
      store.put(key("m"), List.of(new MetricPoint(60, NOW - 60, "None", wide)));
      store.put(key("m"), List.of(point(60, NOW - 120, 3)));
    }
    try (MetricStore store = store()) {
      assertThat(sums(store, range(NOW - 120, NOW, 60)))
          .isEqualTo(Map.of(NOW - 120, 3.0, NOW - 60, wide.sum()));
    }
  }

  @Test
  void aFileThatIsNoSeriesIsLeftAlone() throws IOException {
    Files.createDirectories(folder.resolve("metrics"));
    Path other = folder.resolve("metrics/x.series");
    Files.write(other, new byte[] {-1, -2, 10});

    try (MetricStore store = store()) {
      assertThat(store.list(SCOPE)).isEmpty();
    }
    assertThat(other).exists();
  }

  @Test
  void secondsAreKeptForThreeHours() {
    try (MetricStore store = store()) {
      store.put(
          key("m"),
          List.of(
              point(1, NOW - 4 * HOUR, 1), point(1, NOW - 4 * HOUR + 1, 2), point(1, NOW - 2, 4)));

      assertThat(sums(store, range(NOW - 5 * HOUR, NOW, 1))).isEqualTo(Map.of(NOW - 2, 4.0));
      assertThat(sums(store, range(NOW - 5 * HOUR, NOW, 60)))
          .isEqualTo(Map.of(NOW - 4 * HOUR, 3.0, NOW - 60, 4.0));
    }
  }

  @Test
  void olderValuesArePartOfLongerPeriods() throws IOException {
    long old = NOW - 20 * DAY;
    long older = NOW - 100 * DAY;
    try (MetricStore store = store()) {
      for (long start : new long[] {old, older}) {
        store.put(
            key("m"),
            LongStream.range(0, 120).mapToObj(i -> point(60, start + 60 * i, 1)).toList());
      }
      long before = size();

      for (boolean swept : new boolean[] {false, true}) {
        if (swept) {
          store.sweep();
        }
        assertThat(sums(store, range(old, old + HOUR, 60))).as("swept: %s", swept).isEmpty();
        assertThat(sums(store, range(old, old + 600, 300)))
            .isEqualTo(Map.of(old, 5.0, old + 300, 5.0));
        assertThat(sums(store, range(older, older + HOUR, 300))).isEmpty();
        assertThat(sums(store, range(older, older + 2 * HOUR, 3600)))
            .isEqualTo(Map.of(older, 60.0, older + HOUR, 60.0));
      }
      assertThat(size()).isLessThan(before / 2);
    }
    try (MetricStore store = store()) {
      assertThat(sums(store, range(older, NOW, 3600)))
          .isEqualTo(Map.of(older, 60.0, older + HOUR, 60.0, old, 60.0, old + HOUR, 60.0));
    }
  }

  @Test
  void whatIsTooOldIsForgotten() {
    try (MetricStore store = store()) {
      store.put(key("m"), List.of(point(60, NOW, 1)));
      now = now.plus(Duration.ofDays(457));

      store.sweep();

      assertThat(sums(store, range(NOW, NOW + 3600, 3600))).isEmpty();
      store.put(key("m"), List.of(point(60, NOW + 457 * DAY, 2)));
      assertThat(sums(store, range(NOW + 457 * DAY, NOW + 458 * DAY, 60)))
          .isEqualTo(Map.of(NOW + 457 * DAY, 2.0));
    }
  }

  @Test
  void aSeriesThatNobodyTouchesIsForgottenToo() throws IOException {
    store().put(key("m"), List.of(point(60, NOW, 1)));
    try (Stream<Path> files = Files.list(folder.resolve("metrics"))) {
      Files.setLastModifiedTime(files.toList().getFirst(), FileTime.from(now));
    }
    now = now.plus(Duration.ofDays(457));
    try (MetricStore store = store(new MetricLimits(1, 1 << 20))) {
      assertThat(store.list(SCOPE)).hasSize(1);

      store.sweep();

      assertThat(store.list(SCOPE)).isEmpty();
      assertThat(size()).isZero();
      assertThat(store.put(key("other"), List.of(point(60, NOW + 457 * DAY, 1))))
          .isEqualTo(MetricStore.Put.KEPT);
    }
  }

  @Test
  void aFileThatIsGoneTakesNoPoints() throws IOException {
    SeriesFile file = SeriesFile.of(folder.resolve("x.series"), key("m"));
    assertThat(file.append(List.of(point(60, NOW - 457 * DAY, 1)), NOW * 1000)).isPositive();

    file.compact(NOW);

    assertThat(file.append(List.of(point(60, NOW, 1)), NOW * 1000)).isEqualTo(SeriesFile.GONE);
    assertThat(folder.resolve("x.series")).doesNotExist();
  }

  @Test
  void aTenthOfTheSeriesIsForAwssNamespaces() {
    MetricKey ofAws = new MetricKey(SCOPE, "AWS/ApiGateway", "Count", List.of());
    try (MetricStore store = store(new MetricLimits(10, 1 << 20))) {
      for (int i = 0; i < 9; i++) {
        store.put(key("m" + i), List.of(point(60, NOW, 1)));
      }

      assertThat(store.put(key("other"), List.of(point(60, NOW, 1))))
          .isEqualTo(MetricStore.Put.TOO_MANY_SERIES);
      assertThat(store.put(ofAws, List.of(point(60, NOW, 1)))).isEqualTo(MetricStore.Put.KEPT);
    }
  }

  @Test
  void manyValuesOfAPeriodAreWrittenAnewAsOne() throws IOException {
    try (MetricStore store = store()) {
      for (int i = 0; i < 3_000; i++) {
        store.put(key("m"), List.of(point(60, NOW - 60, i)));
      }
      long before = size();

      store.sweep();

      assertThat(size()).isLessThan(before / 10);
      assertThat(sums(store, range(NOW - 60, NOW, 60)))
          .isEqualTo(Map.of(NOW - 60, 2_999 * 1_500.0));
    }
  }

  @Test
  void aShortTimeOfALongSeriesIsFoundWhateverCameLate() {
    try (MetricStore store = store(new MetricLimits(100, 1 << 24))) {
      long first = NOW - 10 * DAY;
      store.put(
          key("m"),
          LongStream.range(0, 14_400).mapToObj(i -> point(60, first + 60 * i, 0.5)).toList());
      store.put(key("m"), List.of(point(60, first, 0.25)));

      assertThat(sums(store, range(NOW - 60, NOW, 60))).isEqualTo(Map.of(NOW - 60, 0.5));
      assertThat(sums(store, range(first, first + 60, 60))).isEqualTo(Map.of(first, 0.75));
      assertThat(sums(store, range(first, NOW, 60))).hasSize(14_400);
    }
  }

  @Test
  void moreSeriesThanAllowedAreNotKept() {
    try (MetricStore store = store(new MetricLimits(1, 1 << 20))) {
      assertThat(store.put(key("m"), List.of(point(60, NOW, 1)))).isEqualTo(MetricStore.Put.KEPT);
      assertThat(store.put(key("other"), List.of(point(60, NOW, 1))))
          .isEqualTo(MetricStore.Put.TOO_MANY_SERIES);
      assertThat(store.put(key("m"), List.of(point(60, NOW, 1)))).isEqualTo(MetricStore.Put.KEPT);
      assertThat(store.refused()).isEqualTo(1);
    }
  }

  @Test
  void moreThanThereIsRoomForIsNotKept() {
    try (MetricStore store = store(new MetricLimits(10, 10))) {
      assertThat(store.put(key("m"), List.of(point(60, NOW, 1)))).isEqualTo(MetricStore.Put.KEPT);
      assertThat(store.put(key("m"), List.of(point(60, NOW, 1))))
          .isEqualTo(MetricStore.Put.NO_SPACE);
    }
  }

  @Test
  void whoeverHasValuesIsAskedForThemFirst() {
    try (MetricStore store = store()) {
      store.addSource(() -> store.put(key("m"), List.of(point(60, NOW - 60, 3))));

      assertThat(sums(store, range(NOW - 60, NOW, 60))).isEqualTo(Map.of(NOW - 60, 3.0));
    }
  }

  @Test
  void aFolderThatIsTemporaryGoesWithTheStore() {
    @Nullable Path file;
    MetricFolder temporary = MetricFolder.temporary();
    try (MetricStore store = new MetricStore(temporary, new MetricLimits(1, 100), clock)) {
      store.put(key("m"), List.of(point(60, NOW, 1)));
      file = firstFile(temporary);
      assertThat(file).exists();
    }
    assertThat(file).doesNotExist();
  }

  private static @Nullable Path firstFile(MetricFolder folder) {
    try {
      return folder.files().getFirst();
    } catch (IOException e) {
      return null;
    }
  }

  @Test
  void whatWasCountedBelongsToTheMinuteInWhichMostOfItWas() {
    now = Instant.parse("2026-01-02T03:04:30Z");
    MinuteSlots slots = new MinuteSlots(clock);
    now = Instant.parse("2026-01-02T03:05:00.010Z");
    long ofTheLast = slots.next();
    now = Instant.parse("2026-01-02T03:05:20Z");
    long ofThis = slots.next();
    now = Instant.parse("2026-01-02T03:06:50Z");
    long ofTheNext = slots.next();

    assertThat(Instant.ofEpochSecond(ofTheLast)).isEqualTo("2026-01-02T03:04:00Z");
    assertThat(Instant.ofEpochSecond(ofThis)).isEqualTo("2026-01-02T03:05:00Z");
    assertThat(Instant.ofEpochSecond(ofTheNext)).isEqualTo("2026-01-02T03:06:00Z");
  }
}
