package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.metrics.Distribution;
import io.portico.gateway.metrics.MetricRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Statistics of one metric. */
final class MetricStatistics {
  /** AWS: source: documented, GetMetricStatistics. */
  private static final int MOST_POINTS = 1440;

  private final CloudWatchEnvironment environment;

  MetricStatistics(CloudWatchEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("GetMetricStatistics", this::getMetricStatistics);
  }

  ObjectNode getMetricStatistics(OperationCall call) {
    Input input = call.input();
    List<Stat> simple = stats(input, "Statistics");
    List<Stat> extended = stats(input, "ExtendedStatistics");
    if (simple.isEmpty() && extended.isEmpty()) {
      throw CloudWatchErrors.combination("Must specify either Statistics or ExtendedStatistics");
    }
    MetricRange range = range(input);
    Map<String, NavigableMap<Long, Distribution>> values =
        environment.metrics().read(MetricInputs.key(call.caller(), input), range);
    ObjectNode answer = Json.object().put("Label", input.string("MetricName"));
    ArrayNode points = answer.putArray("Datapoints");
    values.forEach(
        (unit, byTime) ->
            byTime.forEach(
                (time, distribution) -> add(points, time, unit, distribution, simple, extended)));
    return answer;
  }

  private static void add(
      ArrayNode points,
      long time,
      String unit,
      Distribution values,
      List<Stat> simple,
      List<Stat> extended) {
    ObjectNode point = Json.object().put("Timestamp", time).put("Unit", unit);
    simple.forEach(stat -> point.put(stat.name(), stat.of().applyAsDouble(values)));
    ObjectNode percentiles = Json.object();
    extended.stream()
        .filter(stat -> stat.isKnownOf(values))
        .forEach(stat -> percentiles.put(stat.name(), stat.of().applyAsDouble(values)));
    if (!percentiles.isEmpty()) {
      point.set("ExtendedStatistics", percentiles);
    }
    if (!simple.isEmpty() || !percentiles.isEmpty()) {
      points.add(point);
    }
  }

  private static List<Stat> stats(Input input, String member) {
    List<Stat> stats = new ArrayList<>();
    for (String name : Objects.requireNonNullElse(input.stringsOrNull(member), List.<String>of())) {
      Stat stat = Stat.find(name);
      if (stat == null || member.startsWith("Extended") != stat.isPercentile()) {
        throw CloudWatchErrors.invalidValue(name, member + ".member." + (stats.size() + 1));
      }
      stats.add(stat);
    }
    return stats;
  }

  private MetricRange range(Input input) {
    int period = Objects.requireNonNull(input.integerOrNull("Period"));
    if (!MetricInputs.isPeriod(period)) {
      // AWS: its words are inferred.
      throw CloudWatchErrors.invalid(
          "The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.");
    }
    long start = MetricInputs.seconds(input, "StartTime");
    long end = MetricInputs.seconds(input, "EndTime");
    if (start >= end) {
      throw CloudWatchErrors.startNotBeforeEnd();
    }
    long points = Math.ceilDiv(end - start, (long) period);
    if (points > MOST_POINTS) {
      throw CloudWatchErrors.combination(
          String.format(
              Locale.ROOT,
              "You have requested up to %,d datapoints, which exceeds the limit of %,d. You may"
                  + " reduce the datapoints requested by increasing Period, or decreasing the time"
                  + " range.",
              points,
              MOST_POINTS));
    }
    return new MetricRange(
        MetricInputs.rounded(start, period, environment.clock()),
        end,
        period,
        input.stringOrNull("Unit"));
  }
}
