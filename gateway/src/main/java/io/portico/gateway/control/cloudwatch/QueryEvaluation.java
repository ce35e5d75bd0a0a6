package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.control.cloudwatch.math.MathException;
import io.portico.gateway.control.cloudwatch.math.MathExpression;
import io.portico.gateway.control.cloudwatch.math.MathValue;
import io.portico.gateway.control.cloudwatch.math.PointBudget;
import io.portico.gateway.metrics.Distribution;
import io.portico.gateway.metrics.MetricKey;
import io.portico.gateway.metrics.MetricRange;
import io.portico.gateway.metrics.MetricStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** Works queries out, each when it is asked for. */
final class QueryEvaluation {
  /** What expressions begin with at most: a series of a year and a half by minutes. */
  private static final long MOST_POINTS = 750_000;

  /** What they make of it at most, all together. */
  private static final long MOST_MADE = 2 * MOST_POINTS;

  private final MetricStore metrics;
  private final String scope;
  private final Map<String, MetricQuery> queries = new LinkedHashMap<>();
  private final long from;
  private final long to;
  private final boolean kept;
  private final Map<String, MathValue> known = new HashMap<>();
  private final PointBudget budget = new PointBudget(MOST_MADE);

  /**
   * @param queries that refer to each other alone, and not in a circle
   * @param from seconds since 1970, rounded
   * @param to excluded
   */
  QueryEvaluation(
      MetricStore metrics, String scope, List<MetricQuery> queries, long from, long to) {
    this.metrics = metrics;
    this.scope = scope;
    this.from = from;
    this.to = to;
    queries.forEach(query -> this.queries.put(query.id(), query));
    this.kept = queries.stream().anyMatch(query -> query.expression() != null);
    if (kept) {
      checkSize(queries);
    }
  }

  /** AWS: has a limit of its own, which is not known; the words are ours. */
  private void checkSize(List<MetricQuery> all) {
    long points = 0;
    for (MetricQuery query : all) {
      points += query.metric() == null ? 0 : (to - from) / query.metric().period();
    }
    if (points > MOST_POINTS) {
      throw CloudWatchErrors.validation(
          "The expressions are of up to %d data points, which exceeds the limit of %d: ask for longer periods or less time."
              .formatted(points, MOST_POINTS));
    }
  }

  /**
   * The value of a query. What it refers to is worked out before it, one after the other, as they
   * may stand behind each other as many as there are.
   *
   * @throws io.portico.gateway.control.protocol.ServiceException {@code ValidationException} where
   *     an expression has no value
   */
  MathValue value(String id) {
    Deque<MetricQuery> open = new ArrayDeque<>();
    if (query(id).expression() != null) {
      open.push(query(id));
    }
    while (!open.isEmpty()) {
      MetricQuery query = open.peek();
      if (known.containsKey(query.id())) {
        open.pop();
      } else {
        MathExpression expression =
            MetricQueries.expression(query.id(), Objects.requireNonNull(query.expression()));
        List<MetricQuery> missing = missing(expression);
        missing.forEach(open::push);
        if (missing.isEmpty()) {
          known.put(query.id(), ofExpression(query, expression));
        }
      }
    }
    return found(id);
  }

  private MetricQuery query(String id) {
    return Objects.requireNonNull(queries.get(id));
  }

  private List<MetricQuery> missing(MathExpression expression) {
    return expression.references().stream()
        .filter(id -> !known.containsKey(id))
        .map(this::query)
        .filter(query -> query.expression() != null)
        .toList();
  }

  /** The value of a metric, or of an expression that is known by now. */
  private MathValue found(String id) {
    MathValue value = known.get(id);
    if (value == null) {
      MetricQuery query = query(id);
      value = ofMetric(query, Objects.requireNonNull(query.metric()));
      if (kept) {
        known.put(id, value);
      }
    }
    return value;
  }

  private MathValue ofExpression(MetricQuery query, MathExpression expression) {
    List<String> ids =
        queries.values().stream()
            .filter(each -> each.metric() != null)
            .map(MetricQuery::id)
            .toList();
    try {
      return expression.value(this::found, ids, from, to, budget);
    } catch (MathException e) {
      throw MetricQueries.wrong(query.id(), e.text());
    }
  }

  private MathValue ofMetric(MetricQuery query, MetricQuery.OfMetric metric) {
    Stat stat = Objects.requireNonNull(Stat.find(metric.stat()));
    return new MathValue.Series(
        query.label() == null ? metric.name() : query.label(),
        stat.byTime(values(metric)),
        metric.period());
  }

  /** The values of a metric by time, of whatever units are asked for. */
  NavigableMap<Long, Distribution> values(MetricQuery.OfMetric metric) {
    Map<String, NavigableMap<Long, Distribution>> byUnit =
        metrics.read(
            new MetricKey(scope, metric.namespace(), metric.name(), metric.dimensions()),
            new MetricRange(from, to, metric.period(), metric.unit()));
    NavigableMap<Long, Distribution> all = new TreeMap<>();
    byUnit
        .values()
        .forEach(
            ofUnit ->
                ofUnit.forEach(
                    (time, values) ->
                        all.computeIfAbsent(time, absent -> new Distribution()).add(values)));
    return all;
  }
}
