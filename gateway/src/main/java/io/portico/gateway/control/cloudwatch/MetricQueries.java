package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.control.cloudwatch.math.MathException;
import io.portico.gateway.control.cloudwatch.math.MathExpression;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.json.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads queries, and refuses what cannot be asked. AWS: most of the words are inferred. */
final class MetricQueries {
  private static final Pattern ID = Pattern.compile("[a-z][a-zA-Z0-9_]*");

  private final String collection;
  private final Set<String> ids = new HashSet<>();

  /** Those whose references are known to be good, and need no second look. */
  private final Set<String> sound = new HashSet<>();

  private MetricQueries(String collection) {
    this.collection = collection;
  }

  /**
   * @param collection the member that has them, for refusals
   */
  static List<MetricQuery> read(List<Input> inputs, String collection) {
    MetricQueries reader = new MetricQueries(collection);
    List<MetricQuery> queries = new ArrayList<>();
    for (Input input : inputs) {
      queries.add(reader.query(input, collection + ".member." + (queries.size() + 1)));
    }
    Map<String, MetricQuery> byId =
        queries.stream().collect(Collectors.toMap(MetricQuery::id, query -> query));
    for (MetricQuery query : queries) {
      reader.checkReferences(query, byId);
    }
    return queries;
  }

  private MetricQuery query(Input input, String path) {
    String id = input.string("Id");
    if (!ID.matcher(id).matches()) {
      throw CloudWatchErrors.validation(
          "The value %s for parameter %s.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$."
              .formatted(id, path));
    }
    if (!ids.add(id)) {
      throw CloudWatchErrors.validation(
          "The values for parameter id in %s are not unique.".formatted(collection));
    }
    String expression = input.stringOrNull("Expression");
    Input metric = input.structureOrNull("MetricStat");
    if ((expression == null) == (metric == null)) {
      throw CloudWatchErrors.validation(
          "Exactly one of %s.MetricStat and %s.Expression must be specified."
              .formatted(path, path));
    }
    return new MetricQuery(
        id,
        metric == null ? null : metric(metric, path + ".MetricStat"),
        expression,
        input.stringOrNull("Label"),
        !input.has("ReturnData") || input.bool("ReturnData"),
        input.integerOrNull("Period"));
  }

  private static MetricQuery.OfMetric metric(Input input, String path) {
    Input metric = input.structureOrNull("Metric");
    String namespace = metric == null ? null : metric.stringOrNull("Namespace");
    String name = metric == null ? null : metric.stringOrNull("MetricName");
    if (metric == null || namespace == null) {
      throw CloudWatchErrors.validation(
          "The parameter %s.Metric.Namespace is required.".formatted(path));
    }
    if (name == null) {
      throw CloudWatchErrors.validation(
          "The parameter %s.Metric.MetricName is required.".formatted(path));
    }
    Integer period = input.integerOrNull("Period");
    if (period == null || !MetricInputs.isPeriod(period)) {
      throw CloudWatchErrors.validation(
          "The value %s for parameter %s.Period is invalid: it must be 1, 5, 10, 20, 30 or a multiple of 60."
              .formatted(period, path));
    }
    String stat = input.string("Stat");
    if (Stat.find(stat) == null) {
      throw CloudWatchErrors.validation(
          "The value %s for parameter %s.Stat is not supported.".formatted(stat, path));
    }
    return new MetricQuery.OfMetric(
        namespace, name, MetricInputs.dimensions(metric), period, stat, input.stringOrNull("Unit"));
  }

  /** A query may refer to as many others, one behind the other, as there are. */
  private void checkReferences(MetricQuery first, Map<String, MetricQuery> all) {
    Deque<MetricQuery> open = new ArrayDeque<>(List.of(first));
    Set<String> begun = new HashSet<>();
    while (!open.isEmpty()) {
      MetricQuery query = open.peek();
      if (query.expression() == null || sound.contains(query.id())) {
        open.pop();
      } else if (begun.add(query.id())) {
        for (String id : references(query, query.expression(), all)) {
          if (begun.contains(id)) {
            throw wrong(id, "it refers to itself");
          }
          open.push(Objects.requireNonNull(all.get(id)));
        }
      } else {
        begun.remove(query.id());
        sound.add(query.id());
        open.pop();
      }
    }
  }

  private static Set<String> references(
      MetricQuery query, String text, Map<String, MetricQuery> all) {
    Set<String> references = expression(query.id(), text).references();
    List<String> unknown = references.stream().filter(id -> !all.containsKey(id)).toList();
    if (!unknown.isEmpty()) {
      throw wrong(query.id(), "The following ids were not found in the request: " + unknown);
    }
    return references;
  }

  static MathExpression expression(String id, String text) {
    try {
      return MathExpression.of(text);
    } catch (MathException e) {
      throw wrong(id, e.text());
    }
  }

  static RuntimeException wrong(String id, String why) {
    return CloudWatchErrors.validation("Error in expression '%s': %s".formatted(id, why));
  }

  /** Queries as outputs have them. */
  static ArrayNode written(List<MetricQuery> queries) {
    ArrayNode all = Json.array();
    queries.forEach(query -> all.add(written(query)));
    return all;
  }

  private static ObjectNode written(MetricQuery query) {
    ObjectNode written = Json.object().put("Id", query.id());
    MetricQuery.OfMetric metric = query.metric();
    if (metric != null) {
      ObjectNode stat = written.putObject("MetricStat");
      ObjectNode named = stat.putObject("Metric");
      named.put("Namespace", metric.namespace()).put("MetricName", metric.name());
      named.set("Dimensions", MetricLists.dimensions(metric.dimensions()));
      stat.put("Period", metric.period()).put("Stat", metric.stat());
      put(stat, "Unit", metric.unit());
    }
    put(written, "Expression", query.expression());
    put(written, "Label", query.label());
    written.put("ReturnData", query.returnData());
    if (query.period() != null) {
      written.put("Period", query.period());
    }
    return written;
  }

  private static void put(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }
}
