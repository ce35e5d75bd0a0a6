package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.portico.gateway.metrics.Dimension;
import io.portico.gateway.metrics.Distribution;
import io.portico.gateway.metrics.MetricBatch;
import io.portico.gateway.metrics.MetricExports;
import io.portico.lambda.async.NoEndpointException;
import io.portico.lambda.async.ServiceCall;
import io.portico.lambda.async.ServiceCalls;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Puts metrics into another CloudWatch, at the endpoint at which integrations call it, by signed
 * calls of PutMetricData in the Query protocol, which every one of its kind understands.
 */
final class PutMetricDataCalls implements MetricExports.MetricExporter {
  private static final int FIRST_OF_REDIRECTS = 300;
  private static final int FIRST_OF_SERVER_ERRORS = 500;

  /** Credentials may be renewed, and a server may have time again. */
  private static final Set<Integer> MAY_PASS = Set.of(401, 403, 408, 429);

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
    ServiceCall call =
        new ServiceCall(
            "aws",
            batch.scope().split("/", 2)[1],
            "monitoring",
            "POST",
            "/",
            QueryForm.HEADERS,
            form(batch.all(), batch.minute()).bytes());
    try {
      check(services.call(call));
    } catch (NoEndpointException e) {
      throw new MetricExports.RefusedException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * AWS: who is throttled is answered by status 400, and whose credentials have expired by 403.
   * Source: documented, "Common errors".
   */
  private static void check(ServiceCalls.Answer answer) throws IOException {
    int status = answer.status();
    if (status < FIRST_OF_REDIRECTS) {
      return;
    }
    String said = "it was answered by status " + status;
    boolean refused =
        status < FIRST_OF_SERVER_ERRORS
            && !MAY_PASS.contains(status)
            && !new String(answer.body(), UTF_8).contains("Throttling");
    throw refused ? new MetricExports.RefusedException(said) : new IOException(said);
  }

  private QueryForm form(List<MetricBatch.Measured> metrics, long minute) {
    QueryForm form = new QueryForm("PutMetricData", "2010-08-01");
    form.add("Namespace", namespace);
    int number = 0;
    for (MetricBatch.Measured measured : metrics) {
      String member = "MetricData.member." + ++number + ".";
      form.add(member + "MetricName", measured.key().name());
      form.add(member + "Unit", measured.unit());
      form.add(member + "Timestamp", Instant.ofEpochSecond(minute).toString());
      int dimensions = 0;
      for (Dimension dimension : measured.key().dimensions()) {
        String of = member + "Dimensions.member." + ++dimensions + ".";
        form.add(of + "Name", dimension.name());
        form.add(of + "Value", dimension.value());
      }
      Distribution values = measured.values();
      form.add(member + "StatisticValues.SampleCount", Double.toString(values.count()));
      form.add(member + "StatisticValues.Sum", Double.toString(values.sum()));
      form.add(member + "StatisticValues.Minimum", Double.toString(values.minimum()));
      form.add(member + "StatisticValues.Maximum", Double.toString(values.maximum()));
    }
    return form;
  }
}
