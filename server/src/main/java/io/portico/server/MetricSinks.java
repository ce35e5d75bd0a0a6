package io.portico.server;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.metrics.MetricExports;
import io.portico.lambda.async.ServiceCalls;
import io.portico.server.config.MetricsConfig;
import io.portico.server.config.OtlpHeaders;
import java.util.ArrayList;
import java.util.List;

/** Who keeps metrics of APIs besides this process, as it is configured. */
final class MetricSinks {
  private MetricSinks() {}

  /**
   * @param services where CloudWatch is reached
   * @param meters count what is handed on, and what is not
   */
  static List<MetricExports> of(
      MetricsConfig config, Upstream upstream, ServiceCalls services, MeterRegistry meters) {
    List<MetricExports> exports = new ArrayList<>();
    if (config.otlpEndpoint() != null) {
      exports.add(
          counted(
              "otlp",
              new OtlpMetrics(
                  EndpointUrl.of(config.otlpEndpoint()),
                  OtlpHeaders.values(config.otlpHeaders()),
                  upstream),
              meters));
    }
    if (config.putNamespace() != null) {
      exports.add(
          counted("cloudwatch", new PutMetricDataCalls(config.putNamespace(), services), meters));
    }
    return exports;
  }

  private static MetricExports counted(
      String name, MetricExports.MetricExporter exporter, MeterRegistry meters) {
    MetricExports exports = new MetricExports(name, exporter);
    FunctionCounter.builder("portico.metrics.exported", exports, MetricExports::exported)
        .description("Metrics of a minute that a sink has taken.")
        .tag("sink", name)
        .register(meters);
    FunctionCounter.builder("portico.metrics.dropped", exports, MetricExports::dropped)
        .description(
            "Metrics of a minute that a sink has refused, or not taken in a quarter of an hour.")
        .tag("sink", name)
        .register(meters);
    return exports;
  }
}
