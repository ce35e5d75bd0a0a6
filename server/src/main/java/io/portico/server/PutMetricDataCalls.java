package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portico.gateway.http.Headers;
import io.portico.gateway.metrics.Dimension;
import io.portico.gateway.metrics.Distribution;
import io.portico.gateway.metrics.MetricBatch;
import io.portico.gateway.metrics.MetricExports;
import io.portico.lambda.async.ServiceCall;
import io.portico.lambda.async.ServiceCalls;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Puts metrics into another CloudWatch, at the endpoint at which integrations call it, by signed
 * calls of PutMetricData in the Query protocol, which every one of its kind understands.
 */
final class PutMetricDataCalls implements MetricExports.MetricExporter {
  /** A form of so many metrics is far shorter than the megabyte that AWS takes. */
  private static final int MOST_METRICS = 200;

  private static final int FIRST_OF_REDIRECTS = 300;

  private final String namespace;
  private final ServiceCalls services;

  /**
   * @param namespace AWS does not let anybody put values into its own
   * @param services where CloudWatch is reached
   */
  PutMetricDataCalls(String namespace, ServiceCalls services) {
    this.namespace = namespace;
    this.services = services;
  }

  @Override
  public void export(MetricBatch batch) throws IOException {
    Map<String, List<MetricBatch.Measured>> byScope =
        batch.all().stream().collect(Collectors.groupingBy(measured -> measured.key().scope()));
    for (Map.Entry<String, List<MetricBatch.Measured>> each : byScope.entrySet()) {
      List<MetricBatch.Measured> all = each.getValue();
      for (int from = 0; from < all.size(); from += MOST_METRICS) {
        put(
            each.getKey().split("/", 2)[1],
            form(all.subList(from, Math.min(from + MOST_METRICS, all.size())), batch.minute()));
      }
    }
  }

  private void put(String region, String form) throws IOException {
    int status =
        services
            .call(
                new ServiceCall(
                    "aws",
                    region,
                    "monitoring",
                    "POST",
                    "/",
                    Headers.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                    form.getBytes(UTF_8)))
            .status();
    if (status >= FIRST_OF_REDIRECTS) {
      throw new IOException("it was answered by status " + status);
    }
  }

  private String form(List<MetricBatch.Measured> metrics, long minute) {
    StringBuilder form = new StringBuilder();
    add(form, "Action", "PutMetricData");
    add(form, "Version", "2010-08-01");
    add(form, "Namespace", namespace);
    int number = 0;
    for (MetricBatch.Measured measured : metrics) {
      String member = "MetricData.member." + ++number + ".";
      add(form, member + "MetricName", measured.key().name());
      add(form, member + "Unit", measured.unit());
      add(form, member + "Timestamp", Instant.ofEpochSecond(minute).toString());
      int dimensions = 0;
      for (Dimension dimension : measured.key().dimensions()) {
        String of = member + "Dimensions.member." + ++dimensions + ".";
        add(form, of + "Name", dimension.name());
        add(form, of + "Value", dimension.value());
      }
      Distribution values = measured.values();
      add(form, member + "StatisticValues.SampleCount", Double.toString(values.count()));
      add(form, member + "StatisticValues.Sum", Double.toString(values.sum()));
      add(form, member + "StatisticValues.Minimum", Double.toString(values.minimum()));
      add(form, member + "StatisticValues.Maximum", Double.toString(values.maximum()));
    }
    return form.toString();
  }

  private static void add(StringBuilder form, String name, String value) {
    form.append(form.isEmpty() ? "" : "&")
        .append(name)
        .append('=')
        .append(URLEncoder.encode(value, UTF_8));
  }
}
