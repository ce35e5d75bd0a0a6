package io.portico.server.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How backends are reached, and everything else that is called. */
public record BackendsConfig(
    @Setting(
            value =
                "File with certificates, in PEM, of authorities that are trusted besides those of the"
                    + " JDK where a backend, or whatever else is called by https, shows its"
                    + " certificate. It is looked at again each tls-reload-interval; new connections"
                    + " then trust whom it names.",
            byDefault = "")
        @Nullable Path caFile,
    @Setting(
            value =
                "Longest time until an address of a backend takes a connection; then the next"
                    + " address of its name is tried. An integration's own timeout goes on meanwhile.",
            byDefault = "5s",
            min = 1,
            max = 300_000)
        Duration connectTimeout,
    @Setting(
            value =
                "Most connections of each event loop (http.event-loops) to one host and port at once."
                    + " Calls beyond wait for one.",
            byDefault = "1024",
            unit = "connections",
            min = 1,
            max = 1_000_000)
        int maxConnections,
    @Setting(
            value =
                "Most calls of each event loop that wait for a connection to one host and port; one"
                    + " beyond is answered as if the network had failed.",
            byDefault = "4096",
            unit = "calls",
            max = 1_000_000)
        int maxWaiting) {}
