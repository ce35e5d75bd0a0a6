package io.portico.server;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.portico.gateway.control.cloudwatch.AlarmNotifier;
import io.portico.gateway.control.cloudwatch.AlarmWatch;
import io.portico.gateway.control.cloudwatch.CloudWatchEnvironment;
import io.portico.gateway.control.cloudwatch.CloudWatchOperations;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.execute.telemetry.MetricFeed;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.metrics.MetricExports;
import io.portico.gateway.metrics.MetricFolder;
import io.portico.gateway.metrics.MetricKey;
import io.portico.gateway.metrics.MetricLimits;
import io.portico.gateway.metrics.MetricPoint;
import io.portico.gateway.metrics.MetricStore;
import io.portico.gateway.metrics.MinuteSlots;
import io.portico.gateway.metrics.MinuteTimer;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.store.Records;
import io.portico.gateway.store.StoreException;
import io.portico.server.config.GatewayConfig;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CloudWatch in this process: what APIs are counted by is written each minute, and before anybody
 * reads it.
 */
final class CloudWatchHost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CloudWatchHost.class);
  private static final int MINUTE = 60;
  private static final int MINUTES_BETWEEN_SWEEPS = 60;

  private final MetricFeed feed;
  private final MetricStore metrics;
  private final List<MetricExports> exports;
  private final MinuteSlots slots;
  private final AlarmWatch alarms;
  private final MinuteTimer timer;

  /** Of its own: alarms are looked at whatever becomes of metrics, and the other way round. */
  private final MinuteTimer alarmTimer;

  private final Operations operations;
  private final Clock clock;
  private int minutesToSweep = 1;
  private volatile boolean failing;

  private CloudWatchHost(
      MetricFeed feed,
      Records records,
      MetricStore metrics,
      AlarmWatch alarms,
      List<MetricExports> exports,
      Clock clock) {
    this.feed = feed;
    this.metrics = metrics;
    this.exports = exports;
    this.clock = clock;
    this.slots = new MinuteSlots(clock);
    this.timer = MinuteTimer.start("metrics", clock);
    this.alarmTimer = MinuteTimer.start("alarms", clock);
    this.alarms = alarms;
    this.operations =
        CloudWatchOperations.of(new CloudWatchEnvironment(records, metrics, alarms, clock));
  }

  /**
   * @param snapshot whose stages are counted
   * @param records where alarms are
   * @param notifier reaches those who are to hear of alarms
   * @param exports hand metrics of APIs on
   * @param meters count what is not kept
   */
  static CloudWatchHost start(
      GatewayConfig config,
      CurrentSnapshot snapshot,
      Records records,
      AlarmNotifier notifier,
      List<MetricExports> exports,
      MeterRegistry meters,
      Clock clock) {
    MetricFolder folder =
        config.ephemeral()
            ? MetricFolder.temporary()
            : MetricFolder.at(config.data().resolve("metrics"));
    MetricLimits limits =
        new MetricLimits(config.metrics().maxSeries(), config.metrics().maxBytes());
    MetricStore metrics = new MetricStore(folder, limits, clock);
    FunctionCounter.builder("portico.metrics.refused", metrics, MetricStore::refused)
        .description("Values that were not kept, as there are too many series or bytes of them.")
        .register(meters);
    AlarmWatch alarms = new AlarmWatch(records, metrics, clock, notifier);
    FunctionCounter.builder("portico.alarms.untold", alarms, AlarmWatch::untold)
        .description("Actions of alarms that are not told, as too many wait.")
        .register(meters);
    CloudWatchHost host =
        new CloudWatchHost(new MetricFeed(snapshot), records, metrics, alarms, exports, clock);
    metrics.addSource(host::write);
    host.timer.everyMinute(host::write);
    host.timer.everyMinute(host::handOn);
    host.timer.everyMinute(host::sweep);
    host.alarmTimer.everyMinute(alarms::look);
    return host;
  }

  /** Hears of calls. */
  Telemetry.Listener listener() {
    return feed;
  }

  Operations operations() {
    return operations;
  }

  /** Whoever reads meanwhile waits, and misses nothing of what is on its way. */
  private synchronized void write() {
    long minute = slots.next();
    feed.drain(
        (key, unit, values) -> {
          write(key, new MetricPoint(MINUTE, minute, unit, values));
          exports.forEach(export -> export.add(key, unit, values));
        });
  }

  /** What was measured in the minute that has just ended. */
  private void handOn() {
    handOn(clock.millis() / 1000 / MINUTE - 1);
  }

  private void handOn(long minute) {
    exports.forEach(export -> export.end(minute * MINUTE));
  }

  /** Nobody waits for it: a failure is said once. */
  private void write(MetricKey key, MetricPoint point) {
    try {
      MetricStore.Put _ = metrics.put(key, List.of(point));
      failing = false;
    } catch (StoreException e) {
      if (!failing) {
        failing = true;
        LOG.error("metrics of APIs are lost", e);
      }
    }
  }

  private void sweep() {
    if (--minutesToSweep == 0) {
      minutesToSweep = MINUTES_BETWEEN_SWEEPS;
      metrics.sweep();
    }
  }

  /** The last minute is written and handed on, as far as it has begun. */
  @Override
  public void close() {
    timer.close();
    alarmTimer.close();
    write();
    handOn(clock.millis() / 1000 / MINUTE);
    exports.forEach(MetricExports::close);
    alarms.close();
    metrics.close();
  }
}
