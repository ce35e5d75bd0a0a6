package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.control.cloudwatch.math.MathValue;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.metrics.Distribution;
import io.portico.gateway.metrics.MetricStore;
import io.portico.gateway.model.cloudwatch.AlarmHistoryRecord;
import io.portico.gateway.model.cloudwatch.AlarmRecord;
import io.portico.gateway.model.cloudwatch.AlarmState;
import io.portico.gateway.store.RecordWriter;
import io.portico.gateway.store.Records;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks at what alarms watch, brings them to the state that follows, and has those told who are to
 * hear of it.
 *
 * <p>A period ends with a full minute, or with a full period where that is shorter; it is looked at
 * once a minute. AWS: looks at those of less than a minute every ten seconds; source: documented,
 * PutMetricAlarm.
 */
public final class AlarmWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlarmWatch.class);
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(5), Duration.ofSeconds(30));
  private static final int MINUTE = 60;
  private static final int LOOKS_BETWEEN_SWEEPS = 24 * 60;

  private final Records records;
  private final MetricStore metrics;
  private final Clock clock;
  private final AlarmHistory history;
  private final AlarmActions actions;
  private int looks;

  /**
   * @param notifier reaches those who are to hear of alarms
   */
  public AlarmWatch(Records records, MetricStore metrics, Clock clock, AlarmNotifier notifier) {
    this(records, metrics, clock, notifier, PAUSES);
  }

  AlarmWatch(
      Records records,
      MetricStore metrics,
      Clock clock,
      AlarmNotifier notifier,
      List<Duration> pauses) {
    this.records = records;
    this.metrics = metrics;
    this.clock = clock;
    this.history = new AlarmHistory(records, clock);
    this.actions = new AlarmActions(records, history, notifier, pauses);
  }

  /** How many actions were neither told nor written down, as too many waited. */
  public long untold() {
    return actions.untold();
  }

  AlarmHistory history() {
    return history;
  }

  /** Looks at all alarms: one that cannot be evaluated keeps it from no other. */
  public void look() {
    if (looks++ % LOOKS_BETWEEN_SWEEPS == 0) {
      sweep();
    }
    records
        .read(reader -> reader.all(AlarmRecord.TYPE))
        .forEach(located -> look(located.key().parent(), located.value()));
  }

  private void sweep() {
    try {
      history.sweep();
    } catch (RuntimeException e) {
      LOG.error("the history of alarms cannot be swept", e);
    }
  }

  private void look(String scope, AlarmRecord alarm) {
    try {
      AlarmPlace place = AlarmPlace.ofScope(scope);
      Found found = found(place, alarm);
      if (found != null) {
        settle(place, alarm, found);
      }
    } catch (ServiceException e) {
      LOG.warn("the alarm {} cannot be evaluated: {}", alarm.name(), e.toString());
    } catch (RuntimeException e) {
      LOG.error("the alarm {} cannot be evaluated", alarm.name(), e);
    }
  }

  /** A state that follows from values. */
  private record Found(String state, String reason, @Nullable String data) {}

  /**
   * @return null where it stays as it is
   */
  private @Nullable Found found(AlarmPlace place, AlarmRecord alarm) {
    AlarmSettings settings = AlarmSettings.of(alarm.settings());
    int period = settings.period();
    long now = clock.millis();
    long unit = Math.min(period, MINUTE);
    long end = Math.floorDiv(now / 1000, unit) * unit;
    long from = end - (long) period * (settings.evaluationPeriods() + AlarmEvaluation.MORE_PERIODS);
    List<MetricQuery> queries = settings.queries();
    QueryEvaluation evaluation = new QueryEvaluation(metrics, place.scope(), queries, from, end);
    MetricQuery watched =
        queries.stream().filter(MetricQuery::returnData).findFirst().orElseThrow();
    NavigableMap<Long, Distribution> counted =
        watched.metric() == null ? new TreeMap<>() : evaluation.values(watched.metric());
    AlarmEvaluation.Outcome outcome =
        AlarmEvaluation.of(settings, values(evaluation, watched, counted), end);
    if (outcome.state() == null || hasTooFew(settings, outcome, counted)) {
      return null;
    }
    return new Found(
        outcome.state(),
        outcome.reason(),
        AlarmTexts.reasonData(settings, outcome, counted, from, now));
  }

  private static NavigableMap<Long, Double> values(
      QueryEvaluation evaluation, MetricQuery watched, NavigableMap<Long, Distribution> counted) {
    if (watched.metric() == null) {
      return switch (evaluation.value(watched.id())) {
        case MathValue.Series series -> series.points();
        case MathValue.SeriesList list when list.all().size() == 1 ->
            list.all().getFirst().points();
        case MathValue.SeriesList list -> new TreeMap<>();
        case MathValue.Scalar scalar -> new TreeMap<>();
      };
    }
    Stat stat = Objects.requireNonNull(Stat.find(watched.metric().stat()));
    return stat.byTime(counted);
  }

  /**
   * Whether a percentile is of too few values to say something.
   *
   * <p>AWS: of at least ten divided by the part that is beyond; source: documented,
   * "Percentile-based CloudWatch alarms and low data samples".
   */
  private static boolean hasTooFew(
      AlarmSettings settings,
      AlarmEvaluation.Outcome outcome,
      NavigableMap<Long, Distribution> counted) {
    Stat percentile = settings.percentileOfEnoughValues();
    if (percentile == null || percentile.percent() == null) {
      return false;
    }
    double part = percentile.percent() / 100;
    // What a double makes of a tenth is not to ask for one value more.
    double enough = Math.rint(10 / (part >= 0.5 ? 1 - part : part));
    return outcome.evaluated().stream()
        .map(Map.Entry::getKey)
        .anyMatch(
            time -> {
              Distribution values = counted.get(time);
              return values != null && values.count() < enough;
            });
  }

  private void settle(AlarmPlace place, AlarmRecord looked, Found found) {
    if (found.state.equals(looked.state().value())) {
      return;
    }
    records.write(
        writer -> {
          AlarmRecord alarm =
              writer.find(AlarmRecord.TYPE, place.scope(), looked.name()).orElse(null);
          // Who was changed meanwhile is looked at the next time.
          if (alarm != null && alarm.equals(looked)) {
            enter(writer, place, alarm, found.state, found.reason, found.data);
          }
          return looked;
        });
  }

  /** An alarm comes to a state; if it is another than before, those are told who are to hear. */
  void enter(
      RecordWriter writer,
      AlarmPlace place,
      AlarmRecord alarm,
      String state,
      String reason,
      @Nullable String data) {
    AlarmState before = alarm.state();
    AlarmRecord entered = alarm.with(before.changed(state, reason, data, clock.millis()));
    writer.put(AlarmRecord.TYPE, place.scope(), alarm.name(), entered);
    if (state.equals(before.value())) {
      return;
    }
    history.add(
        writer,
        place,
        alarm.name(),
        AlarmHistoryRecord.Type.STATE_UPDATE,
        "Alarm updated from %s to %s".formatted(before.value(), state),
        AlarmTexts.stateUpdate(before, entered.state()));
    AlarmSettings settings = AlarmSettings.of(alarm.settings());
    if (settings.actionsEnabled()) {
      ObjectNode message = AlarmTexts.message(entered, before, place);
      String subject = AlarmTexts.subject(entered, place);
      writer.afterCommit(() -> tell(place, entered, settings.actions(state), subject, message));
    }
  }

  private void tell(
      AlarmPlace place, AlarmRecord alarm, List<String> arns, String subject, ObjectNode message) {
    String text = Json.text(message);
    for (String arn : arns) {
      actions.tell(
          place,
          alarm.name(),
          new AlarmNotifier.Notice(arn, subject, text),
          message,
          alarm.state().updatedMillis());
    }
  }

  @Override
  public void close() {
    actions.close();
  }
}
