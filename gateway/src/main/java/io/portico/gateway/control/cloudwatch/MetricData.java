package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.control.cloudwatch.math.MathValue;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.PageToken;
import io.portico.gateway.json.Json;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Statistics of many metrics, and expressions over them. */
final class MetricData {
  /** AWS: source: documented, GetMetricData; as is what follows. */
  private static final int MOST_QUERIES = 500;

  private static final int MOST_POINTS = 100_800;
  private static final long KEPT = 456L * 24 * 3600;
  private static final long AHEAD = 3 * 3600;

  private final CloudWatchEnvironment environment;

  MetricData(CloudWatchEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("GetMetricData", this::getMetricData);
  }

  /** Where a page ends: so many results, and so many points of the next. */
  private record Place(int result, int point) {
    private static final Place START = new Place(0, 0);

    static Place of(@Nullable String token) {
      String text = PageToken.key(token);
      if (text != null && text.isEmpty()) {
        return START;
      }
      if (text != null && text.matches("\\d{1,4} \\d{1,9}")) {
        String[] parts = text.split(" ", 2);
        return new Place(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
      }
      throw CloudWatchErrors.invalidToken();
    }

    String token() {
      return PageToken.of(result + " " + point);
    }
  }

  ObjectNode getMetricData(OperationCall call) {
    Input input = call.input();
    List<Input> sent = input.structures("MetricDataQueries");
    if (sent.isEmpty()) {
      throw CloudWatchErrors.validation("The parameter MetricDataQueries is required.");
    }
    if (sent.size() > MOST_QUERIES) {
      throw CloudWatchErrors.validation(
          "The collection MetricDataQueries must not have a size greater than %d."
              .formatted(MOST_QUERIES));
    }
    List<MetricQuery> queries = MetricQueries.read(sent, "MetricDataQueries");
    QueryEvaluation evaluation = evaluation(call, queries);
    Page page =
        new Page(
            Place.of(input.stringOrNull("NextToken")),
            mostPoints(input),
            "TimestampAscending".equals(input.stringOrNull("ScanBy")));
    for (MetricQuery query : queries) {
      if (query.returnData() && !page.isFull()) {
        page.add(query, evaluation);
      }
    }
    return page.answer();
  }

  private static int mostPoints(Input input) {
    Integer asked = input.integerOrNull("MaxDatapoints");
    int most = asked == null ? MOST_POINTS : asked;
    if (most < 1 || most > MOST_POINTS) {
      throw CloudWatchErrors.validation(
          "The value %d for parameter MaxDatapoints is invalid: it must be from 1 to %d."
              .formatted(most, MOST_POINTS));
    }
    return most;
  }

  private QueryEvaluation evaluation(OperationCall call, List<MetricQuery> queries) {
    long start = MetricInputs.seconds(call.input(), "StartTime");
    long end = MetricInputs.seconds(call.input(), "EndTime");
    if (start >= end) {
      throw CloudWatchErrors.validation(
          "The parameter StartTime must be less than the parameter EndTime.");
    }
    int shortest =
        queries.stream()
            .map(MetricQuery::metric)
            .filter(Objects::nonNull)
            .mapToInt(MetricQuery.OfMetric::period)
            .min()
            .orElse(60);
    long now = environment.clock().instant().getEpochSecond();
    return new QueryEvaluation(
        environment.metrics(),
        call.caller().scope(),
        queries,
        MetricInputs.rounded(Math.max(start, now - KEPT), shortest, environment.clock()),
        Math.min(end, now + AHEAD));
  }

  /** Puts an answer together, as long as it may be. */
  private static final class Page {
    private final ArrayNode results = Json.array();
    private final Place from;
    private final boolean ascending;
    private int left;
    private int result;
    private @Nullable Place next;

    Page(Place from, int most, boolean ascending) {
      this.from = from;
      this.left = most;
      this.ascending = ascending;
    }

    boolean isFull() {
      return next != null;
    }

    void add(MetricQuery query, QueryEvaluation evaluation) {
      int number = result++;
      if (number < from.result) {
        return;
      }
      int sentBefore = number == from.result ? from.point : 0;
      int passed = 0;
      for (MathValue.Series series : series(query, evaluation.value(query.id()))) {
        int size = series.points().size();
        int skipped = Math.clamp(sentBefore - passed, 0, size);
        if (skipped < size || passed >= sentBefore) {
          if (skipped < size && left == 0) {
            next = new Place(number, passed + skipped);
            return;
          }
          int taken = Math.min(size - skipped, left);
          write(query, series, skipped, taken);
          left -= taken;
          if (skipped + taken < size) {
            next = new Place(number, passed + skipped + taken);
            return;
          }
        }
        passed += size;
      }
    }

    private void write(MetricQuery query, MathValue.Series series, int skipped, int taken) {
      NavigableMap<Long, Double> points =
          ascending ? series.points() : series.points().descendingMap();
      ObjectNode written = results.addObject().put("Id", query.id());
      written.put("Label", label(query, series));
      ArrayNode times = written.putArray("Timestamps");
      ArrayNode values = written.putArray("Values");
      points.entrySet().stream()
          .skip(skipped)
          .limit(taken)
          .forEach(
              point -> {
                times.add(point.getKey());
                values.add(point.getValue());
              });
      written.put("StatusCode", skipped + taken < points.size() ? "PartialData" : "Complete");
    }

    private static String label(MetricQuery query, MathValue.Series series) {
      String own = query.label();
      return own != null ? own : series.label().isEmpty() ? query.id() : series.label();
    }

    private static List<MathValue.Series> series(MetricQuery query, MathValue value) {
      return switch (value) {
        case MathValue.Series one when query.metric() == null ->
            List.of(new MathValue.Series("", one.points(), one.period()));
        case MathValue.Series one -> List.of(one);
        case MathValue.SeriesList list -> list.all();
        case MathValue.Scalar scalar ->
            throw MetricQueries.wrong(
                query.id(), "The result must be a time series, and is a single number");
      };
    }

    ObjectNode answer() {
      ObjectNode answer = Json.object();
      answer.set("MetricDataResults", results);
      answer.putArray("Messages");
      if (next != null) {
        answer.put("NextToken", next.token());
      }
      return answer;
    }
  }
}
