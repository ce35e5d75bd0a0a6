package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.PageToken;
import io.portico.gateway.json.Json;
import io.portico.gateway.metrics.Dimension;
import io.portico.gateway.metrics.ListedMetric;
import io.portico.gateway.metrics.MetricKey;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which metrics there are. */
final class MetricLists {
  /** AWS: source: documented, ListMetrics; as is what follows. */
  private static final int PAGE = 500;

  private static final Duration LISTED = Duration.ofDays(14);
  private static final Duration RECENT = Duration.ofHours(3);

  private final CloudWatchEnvironment environment;

  MetricLists(CloudWatchEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("ListMetrics", this::listMetrics);
  }

  ObjectNode listMetrics(OperationCall call) {
    Input input = call.input();
    String after = PageToken.key(input.stringOrNull("NextToken"));
    if (after == null) {
      throw CloudWatchErrors.invalid("Invalid nextToken");
    }
    Predicate<MetricKey> asked = asked(input);
    long since =
        environment
            .clock()
            .instant()
            .minus(input.has("RecentlyActive") ? RECENT : LISTED)
            .toEpochMilli();
    List<MetricKey> found =
        environment.metrics().list(call.caller().scope()).stream()
            .filter(metric -> metric.lastWrittenMillis() >= since)
            .map(ListedMetric::key)
            .filter(key -> key.place().compareTo(after) > 0)
            .filter(asked)
            .limit(PAGE + 1L)
            .toList();
    ObjectNode answer = Json.object();
    ArrayNode metrics = answer.putArray("Metrics");
    found.stream().limit(PAGE).map(MetricLists::metric).forEach(metrics::add);
    if (found.size() > PAGE) {
      answer.put("NextToken", PageToken.of(found.get(PAGE - 1).place()));
    }
    if (input.bool("IncludeLinkedAccounts")) {
      ArrayNode owners = answer.putArray("OwningAccounts");
      metrics.forEach(metric -> owners.add(call.caller().accountId()));
    }
    return answer;
  }

  private static Predicate<MetricKey> asked(Input input) {
    String namespace = input.stringOrNull("Namespace");
    String name = input.stringOrNull("MetricName");
    List<Input> dimensions = input.structures("Dimensions");
    return key ->
        (namespace == null || namespace.equals(key.namespace()))
            && (name == null || name.equals(key.name()))
            && dimensions.stream()
                .allMatch(filter -> has(key, filter.string("Name"), filter.stringOrNull("Value")));
  }

  private static boolean has(MetricKey key, String name, @Nullable String value) {
    return key.dimensions().stream()
        .anyMatch(
            dimension ->
                dimension.name().equals(name)
                    && (value == null || value.equals(dimension.value())));
  }

  /** A metric as outputs have it. */
  static ObjectNode metric(MetricKey key) {
    ObjectNode metric =
        Json.object().put("Namespace", key.namespace()).put("MetricName", key.name());
    metric.set("Dimensions", dimensions(key.dimensions()));
    return metric;
  }

  static ArrayNode dimensions(List<Dimension> dimensions) {
    ArrayNode all = Json.array();
    dimensions.forEach(
        dimension -> all.addObject().put("Name", dimension.name()).put("Value", dimension.value()));
    return all;
  }
}
