package io.portico.server.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** How calls of stages with tracing ({@code tracingEnabled}) are recorded. */
public record TracingConfig(
    @Setting(
            value =
                "Host and port of an X-Ray daemon, or of a collector that takes its segments, by UDP:"
                    + " 127.0.0.1:2000. Without it, AWS_XRAY_DAEMON_ADDRESS of the environment; without"
                    + " either, no segments are sent.",
            byDefault = "",
            pattern = "\\[?[0-9A-Za-z._:-]{1,253}\\]?:[0-9]{1,5}",
            allowed = "a host and a port")
        @Nullable String xrayDaemon,
    @Setting(
            value =
                "Calls in each second that are recorded in any case, of those on which whoever calls"
                    + " has not decided. The default is AWS's.",
            byDefault = "1",
            unit = "requests a second",
            max = 1_000_000)
        int samplingReservoir,
    @Setting(
            value = "Share of the calls beyond that are recorded. The default is AWS's.",
            byDefault = "5",
            unit = "percent",
            max = 100)
        int samplingRate,
    @Setting(
            value =
                "URL that spans of the calls that are recorded are sent to by OTLP over HTTP, its path"
                    + " included: http://127.0.0.1:4318/v1/traces. Without it, none are.",
            byDefault = "")
        @Nullable URI otlpEndpoint,
    @Setting(
            value =
                "Header fields that tracing.otlp-endpoint is sent, such as a key:"
                    + " Authorization=Bearer%20…,x-tenant=shop, as in OTEL_EXPORTER_OTLP_HEADERS. They"
                    + " are not shown, and belong into the environment (PORTICO_TRACING_OTLP_HEADERS):"
                    + " by http:// anybody on the way reads them.",
            byDefault = "",
            allowed =
                "name=value pairs, separated by commas, values as in a URL (%2C for a comma);"
                    + " each name once, and none of Host, Content-Type and what else frames a request",
            secret = true)
        @Nullable OtlpHeaders otlpHeaders,
    @Setting(
            value =
                "Whether W3C's traceparent says which trace a call belongs to that has no"
                    + " X-Amzn-Trace-Id, and HTTP backends are given it; AWS takes none.",
            byDefault = "false")
        boolean traceContext) {}
