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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Puts metrics into another CloudWatch, at the endpoint at which integrations call it, by signed
 * calls of PutMetricData in the Query protocol, which every one of its kind understands. Values are
 * put as they are spread, so that there are percentiles of them.
 */
final class PutMetricDataCalls implements MetricExports.MetricExporter {
  private static final String ACTION = "PutMetricData";
  private static final String VERSION = "2010-08-01";
  private static final int FIRST_OF_REDIRECTS = 300;
  private static final int FIRST_OF_SERVER_ERRORS = 500;

  /** Credentials may be renewed, and a server may have time again. */
  private static final Set<Integer> MAY_PASS = Set.of(401, 403, 408, 429);

  /**
   * AWS: no more values of a datum, data of a request, bytes; source: documented, its reference.
   */
  private static final int MOST_VALUES = 150;

  private static final int MOST_DATA = 1_000;

  /** Of a megabyte; the rest is for what stands before the data. */
  private static final int MOST_BYTES = 990_000;

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
            form(batch).bytes());
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

  /** Metrics of many different values are of several data, and long. */
  @Override
  public List<MetricBatch> divided(MetricBatch batch) {
    List<MetricBatch> parts = new ArrayList<>();
    List<MetricBatch.Measured> part = new ArrayList<>();
    int data = 0;
    int bytes = 0;
    for (MetricBatch.Measured measured : batch.all()) {
      QueryForm alone = new QueryForm(ACTION, VERSION);
      int ofIt = add(alone, MOST_DATA, measured, batch.minute()) - MOST_DATA;
      boolean isTooMuch = data + ofIt > MOST_DATA || bytes + alone.length() > MOST_BYTES;
      if (isTooMuch && !part.isEmpty()) {
        parts.add(new MetricBatch(batch.scope(), batch.minute(), List.copyOf(part)));
        part.clear();
        data = 0;
        bytes = 0;
      }
      part.add(measured);
      data += ofIt;
      bytes += alone.length();
    }
    parts.add(new MetricBatch(batch.scope(), batch.minute(), List.copyOf(part)));
    return parts;
  }

  private QueryForm form(MetricBatch batch) {
    QueryForm form = new QueryForm(ACTION, VERSION);
    form.add("Namespace", namespace);
    int number = 0;
    for (MetricBatch.Measured measured : batch.all()) {
      number = add(form, number, measured, batch.minute());
    }
    return form;
  }

  /**
   * Adds the data of a metric.
   *
   * @param before the number of the datum before
   * @return the number of the last
   */
  private static int add(QueryForm form, int before, MetricBatch.Measured measured, long minute) {
    Distribution values = measured.values();
    int number = before;
    if (!values.hasPercentiles()) {
      String member = begin(form, ++number, measured, minute);
      form.add(member + "StatisticValues.SampleCount", Double.toString(values.count()));
      form.add(member + "StatisticValues.Sum", Double.toString(values.sum()));
      form.add(member + "StatisticValues.Minimum", Double.toString(values.minimum()));
      form.add(member + "StatisticValues.Maximum", Double.toString(values.maximum()));
      return number;
    }
    List<Distribution.Group> groups = values.groups();
    for (int from = 0; from < groups.size(); from += MOST_VALUES) {
      String member = begin(form, ++number, measured, minute);
      int of = 0;
      for (Distribution.Group group :
          groups.subList(from, Math.min(from + MOST_VALUES, groups.size()))) {
        of++;
        form.add(member + "Values.member." + of, Double.toString(group.value()));
        form.add(member + "Counts.member." + of, Double.toString(group.count()));
      }
    }
    return number;
  }

  /** What names the members of a datum. */
  private static String begin(
      QueryForm form, int number, MetricBatch.Measured measured, long minute) {
    String member = "MetricData.member." + number + ".";
    form.add(member + "MetricName", measured.key().name());
    form.add(member + "Unit", measured.unit());
    form.add(member + "Timestamp", Instant.ofEpochSecond(minute).toString());
    int dimensions = 0;
    for (Dimension dimension : measured.key().dimensions()) {
      String of = member + "Dimensions.member." + ++dimensions + ".";
      form.add(of + "Name", dimension.name());
      form.add(of + "Value", dimension.value());
    }
    return member;
  }
}
