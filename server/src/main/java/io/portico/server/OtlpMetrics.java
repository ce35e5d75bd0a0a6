package io.portico.server;

import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.json.Json;
import io.portico.gateway.metrics.Distribution;
import io.portico.gateway.metrics.MetricBatch;
import io.portico.gateway.metrics.MetricExports;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hands metrics to an OpenTelemetry collector, by OTLP over HTTP in JSON: a summary a metric, in
 * the form in which CloudWatch's metric streams have them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-metric-streams-formats-opentelemetry-100.html">Metric
 *     streams in the OpenTelemetry 1.0.0 format</a>
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp">OTLP/HTTP</a>
 */
final class OtlpMetrics implements MetricExports.MetricExporter {
  private static final int MINUTE = 60;
  private static final List<Double> PERCENTS = List.of(0.0, 50.0, 90.0, 95.0, 99.0, 100.0);

  private final EndpointUrl url;
  private final Map<String, String> headers;
  private final Upstream upstream;

  /**
   * @param url of the collector's metrics, its path included
   * @param headers that it wants, such as a key: values by name
   */
  OtlpMetrics(EndpointUrl url, Map<String, String> headers, Upstream upstream) {
    this.url = url;
    this.headers = headers;
    this.upstream = upstream;
  }

  @Override
  public void export(MetricBatch batch) throws IOException {
    int status = JsonPost.send(upstream, url, headers, Body.of(Json.bytes(request(batch))));
    switch (OtlpStatus.of(status)) {
      case TAKEN -> {}
      case LATER -> throw new IOException(OtlpStatus.told(status));
      case REFUSED -> throw new MetricExports.RefusedException(OtlpStatus.told(status));
    }
  }

  private static ObjectNode request(MetricBatch batch) {
    ObjectNode request = Json.object();
    ObjectNode resource = request.putArray("resourceMetrics").addObject();
    String[] parts = batch.scope().split("/", 2);
    ArrayNode attributes = resource.putObject("resource").putArray("attributes");
    attribute(attributes, "service.name", "portico");
    attribute(attributes, "cloud.provider", "aws");
    attribute(attributes, "cloud.account.id", parts[0]);
    attribute(attributes, "cloud.region", parts[1]);
    ObjectNode ofScope = resource.putArray("scopeMetrics").addObject();
    ofScope.putObject("scope").put("name", "portico");
    ArrayNode metrics = ofScope.putArray("metrics");
    batch.all().forEach(measured -> metrics.add(metric(measured, batch.minute())));
    return request;
  }

  private static ObjectNode metric(MetricBatch.Measured measured, long minute) {
    String namespace = measured.key().namespace();
    ObjectNode metric =
        Json.object()
            .put("name", "amazonaws.com/" + namespace + "/" + measured.key().name())
            .put("unit", unit(measured.unit()));
    ObjectNode point = metric.putObject("summary").putArray("dataPoints").addObject();
    ArrayNode attributes = point.putArray("attributes");
    attribute(attributes, "Namespace", namespace);
    attribute(attributes, "MetricName", measured.key().name());
    ObjectNode dimensions = attributes.addObject().put("key", "Dimensions");
    ArrayNode values = dimensions.putObject("value").putObject("kvlistValue").putArray("values");
    measured
        .key()
        .dimensions()
        .forEach(dimension -> attribute(values, dimension.name(), dimension.value()));
    Distribution of = measured.values();
    point
        .put("startTimeUnixNano", nanos(minute))
        .put("timeUnixNano", nanos(minute + MINUTE))
        .put("count", Long.toString(Math.round(of.count())))
        .put("sum", of.sum());
    ArrayNode quantiles = point.putArray("quantileValues");
    for (double percent : PERCENTS) {
      boolean extreme = percent == 0 || percent == 100;
      if (extreme || of.hasPercentiles()) {
        quantiles
            .addObject()
            .put("quantile", percent / 100)
            .put(
                "value",
                percent == 0
                    ? of.minimum()
                    : percent == 100 ? of.maximum() : of.percentile(percent));
      }
    }
    return metric;
  }

  private static void attribute(ArrayNode attributes, String key, String value) {
    attributes.addObject().put("key", key).putObject("value").put("stringValue", value);
  }

  /** As the Unified Code for Units of Measure has it. */
  private static String unit(String unit) {
    return switch (unit) {
      case "Milliseconds" -> "ms";
      case "Bytes" -> "By";
      case "Count" -> "{Count}";
      default -> unit;
    };
  }

  private static String nanos(long seconds) {
    return seconds + "000000000";
  }
}
