package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.metrics.Dimension;
import io.portico.gateway.metrics.Distribution;
import io.portico.gateway.metrics.MetricKey;
import io.portico.gateway.metrics.MetricPoint;
import io.portico.gateway.metrics.MetricStore;
import io.portico.gateway.metrics.MetricUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Values of users' own. What was acknowledged is written. */
final class MetricPublishing {
  /** AWS: source: documented, PutMetricData; as is what follows. */
  private static final int MOST_METRICS = 1000;

  private static final int MOST_VALUES = 150;
  private static final double GREATEST = Math.pow(2, 360);
  private static final long OLDEST = 14 * 24 * 3600;
  private static final long NEWEST = 2 * 3600;
  private static final int MINUTE = 60;

  private final CloudWatchEnvironment environment;

  MetricPublishing(CloudWatchEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("PutMetricData", this::putMetricData);
  }

  ObjectNode putMetricData(OperationCall call) {
    Input input = call.input();
    String namespace = input.string("Namespace");
    if (namespace.startsWith("AWS/")) {
      throw CloudWatchErrors.invalidValue(namespace, "Namespace");
    }
    Map<MetricKey, List<MetricPoint>> all = new LinkedHashMap<>();
    int count = add(call.caller(), namespace, input.structures("MetricData"), "MetricData", all);
    int number = 0;
    for (Input entity : input.structures("EntityMetricData")) {
      String path = "EntityMetricData.member." + ++number + ".MetricData";
      count += add(call.caller(), namespace, entity.structures("MetricData"), path, all);
    }
    if (count == 0) {
      throw CloudWatchErrors.missing("MetricData");
    }
    if (count > MOST_METRICS) {
      throw CloudWatchErrors.tooMany("MetricData", MOST_METRICS);
    }
    all.forEach(this::put);
    return Json.object();
  }

  private void put(MetricKey key, List<MetricPoint> points) {
    MetricStore store = environment.metrics();
    switch (store.put(key, points)) {
      case KEPT -> {}
      // AWS: has no such limits; their words are ours.
      case TOO_MANY_SERIES ->
          throw new ServiceException(
              "LimitExceededFault",
              400,
              "Portico keeps no more than %d series (metrics.max-series)."
                  .formatted(store.limits().seriesOfUsers()));
      case NO_SPACE ->
          throw new ServiceException(
              "LimitExceededFault",
              400,
              "Portico keeps no more than %d bytes of metrics (metrics.max-size)."
                  .formatted(store.limits().bytes()));
    }
  }

  private int add(
      Caller caller,
      String namespace,
      List<Input> data,
      String collection,
      Map<MetricKey, List<MetricPoint>> all) {
    int number = 0;
    for (Input datum : data) {
      String path = collection + ".member." + ++number + ".";
      List<Dimension> dimensions = MetricInputs.dimensions(datum);
      Set<String> names = new HashSet<>();
      dimensions.forEach(
          dimension -> {
            if (!names.add(dimension.name())) {
              throw CloudWatchErrors.invalid(
                  "No Metric may specify the same dimension name twice.");
            }
          });
      all.computeIfAbsent(
              new MetricKey(caller.scope(), namespace, datum.string("MetricName"), dimensions),
              key -> new ArrayList<>())
          .add(point(datum, path));
    }
    return number;
  }

  private MetricPoint point(Input datum, String path) {
    Integer resolution = datum.integerOrNull("StorageResolution");
    int period = resolution == null ? MINUTE : resolution;
    if (period != 1 && period != MINUTE) {
      throw CloudWatchErrors.invalidValue(period, path + "StorageResolution");
    }
    String unit = datum.stringOrNull("Unit");
    long time = time(datum, path);
    return new MetricPoint(
        period,
        Math.floorDiv(time, period) * period,
        unit == null ? MetricUnit.NONE : unit,
        values(datum, path));
  }

  private long time(Input datum, String path) {
    long now = environment.clock().instant().getEpochSecond();
    Long time = MetricInputs.secondsOrNull(datum, "Timestamp");
    if (time == null) {
      return now;
    }
    if (time < now - OLDEST) {
      throw CloudWatchErrors.invalid(
          "The parameter %sTimestamp must specify a time no more than two weeks in the past."
              .formatted(path));
    }
    if (time > now + NEWEST) {
      // AWS: its words are inferred from those above.
      throw CloudWatchErrors.invalid(
          "The parameter %sTimestamp must specify a time no more than two hours in the future."
              .formatted(path));
    }
    return time;
  }

  private static Distribution values(Input datum, String path) {
    Double value = MetricInputs.numberOrNull(datum, "Value");
    Input statistics = datum.structureOrNull("StatisticValues");
    List<Double> values = numbers(datum, "Values", path);
    if (values.isEmpty() && datum.has("Counts")) {
      throw CloudWatchErrors.missing(path + "Values");
    }
    refuseTwo(path, value != null ? "Value" : null, statistics != null ? "StatisticValues" : null);
    refuseTwo(path, value != null ? "Value" : null, values.isEmpty() ? null : "Values");
    refuseTwo(
        path, statistics != null ? "StatisticValues" : null, values.isEmpty() ? null : "Values");
    if (value != null) {
      return Distribution.of(checked(value, path + "Value"), 1);
    }
    if (statistics != null) {
      return statistics(statistics, path + "StatisticValues.");
    }
    if (values.isEmpty()) {
      throw CloudWatchErrors.missing(path + "Value");
    }
    List<Double> counts = numbers(datum, "Counts", path);
    if (datum.has("Counts") && counts.size() != values.size()) {
      throw CloudWatchErrors.invalid(
          "The parameters %sValues and %sCounts must be of the same size.".formatted(path, path));
    }
    Distribution distribution = new Distribution();
    for (int i = 0; i < values.size(); i++) {
      double times = counts.isEmpty() ? 1 : counts.get(i);
      if (times < 0) {
        throw CloudWatchErrors.invalidValue(times, path + "Counts.member." + (i + 1));
      }
      distribution.add(values.get(i), times);
    }
    if (distribution.isEmpty()) {
      throw CloudWatchErrors.invalidValue(counts, path + "Counts");
    }
    return distribution;
  }

  private static void refuseTwo(String path, @Nullable String one, @Nullable String other) {
    if (one != null && other != null) {
      throw CloudWatchErrors.combination(
          "The parameters %s%s and %s%s are mutually exclusive and you have specified both."
              .formatted(path, one, path, other));
    }
  }

  private static Distribution statistics(Input statistics, String path) {
    double[] all = new double[4];
    String[] names = {"SampleCount", "Sum", "Minimum", "Maximum"};
    for (int i = 0; i < names.length; i++) {
      Double number = MetricInputs.numberOrNull(statistics, names[i]);
      if (number == null) {
        throw CloudWatchErrors.missing(path + names[i]);
      }
      all[i] = checked(number, path + names[i]);
    }
    if (all[0] <= 0) {
      throw CloudWatchErrors.invalidValue(all[0], path + "SampleCount");
    }
    if (all[2] > all[3]) {
      throw CloudWatchErrors.invalid(
          "The parameter %sMaximum must be greater than %sMinimum.".formatted(path, path));
    }
    return Distribution.ofStatistics(all[0], all[1], all[2], all[3]);
  }

  private static List<Double> numbers(Input datum, String member, String path) {
    List<Double> numbers = new ArrayList<>();
    JsonNode all = datum.json().get(member);
    if (all != null) {
      if (all.size() > MOST_VALUES) {
        throw CloudWatchErrors.tooMany(path + member, MOST_VALUES);
      }
      for (JsonNode number : all) {
        numbers.add(
            checked(number.doubleValue(), path + member + ".member." + (numbers.size() + 1)));
      }
    }
    return numbers;
  }

  private static double checked(double number, String path) {
    if (!(Math.abs(number) <= GREATEST)) {
      throw CloudWatchErrors.invalidValue(number, path);
    }
    return number;
  }
}
