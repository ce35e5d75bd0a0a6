package io.portico.server.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** How much CloudWatch keeps of metrics, and who else does. */
public record MetricsConfig(
    @Setting(
            value =
                "Most series (a metric with its dimensions) that are kept, of API Gateway and of"
                    + " users; a value of one beyond is refused, or dropped and counted"
                    + " (portico.metrics.refused). A series takes about a kilobyte of memory.",
            byDefault = "10000",
            unit = "series",
            min = 1,
            max = 1_000_000)
        int maxSeries,
    @Setting(
            value =
                "Most series of routes at /_portico/metrics, over all APIs: of a route, one"
                    + " for each method and status, of calls (http.server.request.duration) and of"
                    + " calls of integrations (http.client.request.duration), each of them a"
                    + " histogram of 17 lines. What goes beyond is counted together, as of the"
                    + " route _OVERFLOW; how many series are left out so,"
                    + " portico.metrics.route.series.left.out says. 0 for none of routes.",
            byDefault = "10000",
            unit = "series",
            max = 1_000_000)
        int maxRouteSeries,
    @Setting(
            value =
                "Most that the files of all series may take; values beyond are refused, or dropped"
                    + " and counted. A series that has values each minute grows to about 1 to 5"
                    + " megabytes over the 15 months that it is kept.",
            byDefault = "1024",
            unit = "megabytes",
            min = 1,
            max = 1_000_000)
        int maxSize,
    @Setting(
            value =
                "URL that metrics of APIs are sent to each minute by OTLP over HTTP, its path"
                    + " included: http://127.0.0.1:4318/v1/metrics. They are summaries, in the form of"
                    + " CloudWatch's metric streams.",
            byDefault = "")
        @Nullable URI otlpEndpoint,
    @Setting(
            value =
                "Header fields that metrics.otlp-endpoint is sent, such as a key:"
                    + " Authorization=Bearer%20…,x-tenant=shop, as in OTEL_EXPORTER_OTLP_HEADERS. They"
                    + " are not shown, and belong into the environment (PORTICO_METRICS_OTLP_HEADERS):"
                    + " by http:// anybody on the way reads them.",
            byDefault = "",
            allowed =
                "name=value pairs, separated by commas, values as in a URL (%2C for a comma);"
                    + " each name once, and none of Host, Content-Type and what else frames a request",
            secret = true)
        @Nullable OtlpHeaders otlpHeaders,
    @Setting(
            value =
                "Namespace in which metrics of APIs are put each minute into the CloudWatch that"
                    + " integrations call (aws.endpoints, aws.endpoint, AWS_ENDPOINT_URL_CLOUDWATCH,"
                    + " aws.call-aws); AWS allows none that begins with AWS/. Without it, none are.",
            byDefault = "",
            pattern = "[^:].{0,254}",
            allowed = "up to 255 characters, the first of them no colon")
        @Nullable String putNamespace) {

  /** The same in bytes. */
  public long maxBytes() {
    return maxSize * 1024L * 1024;
  }
}
