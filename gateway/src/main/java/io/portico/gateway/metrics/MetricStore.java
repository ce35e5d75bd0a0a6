package io.portico.gateway.metrics;

import io.portico.gateway.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Series of values, written as they come. What was put survives the death of the process, not
 * always that of the machine: no write is waited for.
 */
public final class MetricStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricStore.class);

  /** What AWS's namespaces begin with, which users cannot write to. */
  private static final String OF_AWS = "AWS/";

  private final MetricFolder folder;
  private final MetricLimits limits;
  private final Clock clock;
  private final List<Runnable> sources = new CopyOnWriteArrayList<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final Map<MetricKey, SeriesFile> series = new ConcurrentHashMap<>();

  /** The folder is looked through when it is first needed. */
  private boolean loaded;

  public MetricStore(MetricFolder folder, MetricLimits limits, Clock clock) {
    this.folder = folder;
    this.limits = limits;
    this.clock = clock;
  }

  /** What became of points. */
  public enum Put {
    KEPT,
    TOO_MANY_SERIES,
    NO_SPACE
  }

  /** Whatever has values that are not here yet is asked for them before they are read. */
  public void addSource(Runnable source) {
    sources.add(source);
  }

  /** How many points were not kept. */
  public long refused() {
    return refused.get();
  }

  public MetricLimits limits() {
    return limits;
  }

  /**
   * @throws StoreException if they cannot be written
   */
  public Put put(MetricKey key, List<MetricPoint> points) {
    Put put = fits(key);
    if (put != Put.KEPT) {
      if (refused.getAndAdd(points.size()) == 0) {
        LOG.warn("metrics: {} is not kept: {}; others will not be, either", key, put);
      }
      return put;
    }
    try {
      long grown = SeriesFile.GONE;
      while (grown == SeriesFile.GONE) {
        SeriesFile file = file(key);
        grown = file.append(points, clock.millis());
        if (grown == SeriesFile.GONE) {
          series.remove(key, file);
        }
      }
      bytes.addAndGet(grown);
      return put;
    } catch (IOException e) {
      throw new StoreException("metrics cannot be written: " + e, e);
    }
  }

  private Put fits(MetricKey key) {
    Map<MetricKey, SeriesFile> all = all();
    boolean ofUsers = !key.namespace().startsWith(OF_AWS);
    if (!all.containsKey(key)
        && all.size() >= (ofUsers ? limits.seriesOfUsers() : limits.series())) {
      return Put.TOO_MANY_SERIES;
    }
    return bytes.get() >= limits.bytes() ? Put.NO_SPACE : Put.KEPT;
  }

  private SeriesFile file(MetricKey key) throws IOException {
    SeriesFile known = series.get(key);
    if (known == null) {
      Path path = folder.file(name(key));
      known = series.computeIfAbsent(key, absent -> SeriesFile.of(path, absent));
    }
    return known;
  }

  private static String name(MetricKey key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.text().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every series of an account and region, in the order of {@link MetricKey#place}. */
  public List<ListedMetric> list(String scope) {
    sources.forEach(Runnable::run);
    return all().values().stream()
        .filter(file -> file.key().scope().equals(scope))
        .map(file -> new ListedMetric(file.key(), file.lastWrittenMillis()))
        .sorted(Comparator.comparing(metric -> metric.key().place()))
        .toList();
  }

  /**
   * The values of a series by their unit and the start of their period; periods without values are
   * left out.
   *
   * @throws StoreException if they cannot be read
   */
  public Map<String, NavigableMap<Long, Distribution>> read(MetricKey key, MetricRange range) {
    sources.forEach(Runnable::run);
    Map<String, NavigableMap<Long, Distribution>> byUnit = new HashMap<>();
    SeriesFile file = all().get(key);
    if (file == null) {
      return byUnit;
    }
    long now = clock.instant().getEpochSecond();
    try {
      file.read(range.from(), point -> add(point, range, now, byUnit));
    } catch (IOException e) {
      throw new StoreException("metrics cannot be read: " + e, e);
    }
    return byUnit;
  }

  private static void add(
      MetricPoint point,
      MetricRange range,
      long now,
      Map<String, NavigableMap<Long, Distribution>> byUnit) {
    int period = Retention.period(point.period(), point.start(), now);
    if (period == 0
        || range.period() % period != 0
        || (range.unit() != null && !range.unit().equals(point.unit()))) {
      return;
    }
    long start = Retention.floor(point.start(), period);
    if (start >= range.from() && start < range.to()) {
      byUnit
          .computeIfAbsent(point.unit(), unit -> new TreeMap<>())
          .computeIfAbsent(
              range.from() + Retention.floor(start - range.from(), range.period()),
              absent -> new Distribution())
          .add(point.values());
    }
  }

  /** Makes points of longer periods of old ones, and forgets those that are too old. */
  public void sweep() {
    long now = clock.instant().getEpochSecond();
    for (SeriesFile file : all().values()) {
      try {
        if (file.isToBeCompacted(now)) {
          bytes.addAndGet(file.compact(now));
        }
        if (file.isGone()) {
          series.remove(file.key(), file);
        }
      } catch (IOException | RuntimeException e) {
        LOG.error("metrics: {} cannot be written anew", file.key(), e);
      }
    }
  }

  private Map<MetricKey, SeriesFile> all() {
    synchronized (series) {
      if (!loaded) {
        load();
        loaded = true;
      }
    }
    return series;
  }

  private void load() {
    try {
      for (Path path : folder.files()) {
        SeriesFile file = SeriesFile.found(path);
        if (file == null || !folder.file(name(file.key())).equals(path)) {
          LOG.warn("metrics: {} does not say of what it is; it is not used", path);
        } else {
          series.put(file.key(), file);
          bytes.addAndGet(Files.size(path));
        }
      }
    } catch (IOException e) {
      throw new StoreException("metrics cannot be read: " + e, e);
    }
  }

  @Override
  public void close() {
    sources.forEach(Runnable::run);
    folder.close();
  }
}
