package io.portico.server.config;

import java.time.Duration;

/** What a client of a WebSocket API may do on its connection, and how long. */
public record WebSocketConfig(
    @Setting(
            value =
                "Longest payload of a frame that a client sends; beyond, its connection ends with"
                    + " 1009. The default is AWS's.",
            byDefault = "32768",
            unit = "bytes",
            min = 1,
            max = 16_777_216)
        int maxFrame,
    @Setting(
            value =
                "Longest message that a client sends, in one frame or in several, or that a backend"
                    + " posts to it; beyond, the connection ends with 1009, or the answer is 413."
                    + " The default is AWS's.",
            byDefault = "131072",
            unit = "bytes",
            min = 1,
            max = 16_777_216)
        int maxMessage,
    @Setting(
            value =
                "Most that may wait for a client that reads too slowly; beyond, its connection ends"
                    + " with 1008. No less than a message.",
            byDefault = "1048576",
            unit = "bytes",
            min = 1,
            max = 1_000_000_000)
        int maxUnsent,
    @Setting(
            value =
                "Longest time without a frame of the client's or a message to it; then its"
                    + " connection ends with 1001. The default is AWS's.",
            byDefault = "10m",
            min = 1,
            max = 86_400_000)
        Duration idleTimeout,
    @Setting(
            value =
                "Longest time that a connection lasts in all; then it ends with 1001. The default"
                    + " is AWS's.",
            byDefault = "2h",
            min = 1,
            max = 2_592_000_000L)
        Duration maxDuration) {}
