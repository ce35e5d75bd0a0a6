package io.portico.server.config;

import java.time.Duration;

/** What clients of WebSocket APIs may do on their connections, how long, and how many there are. */
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
                    + " with websocket.overflow-code. No less than a message.",
            byDefault = "1048576",
            unit = "bytes",
            min = 1,
            max = 1_000_000_000)
        int maxUnsent,
    @Setting(
            value =
                "Close code of a connection that ends by websocket.max-unsent: 1008 (policy"
                    + " violation), 1013 (try again later) or one of an application's own. AWS does"
                    + " not say which it is there.",
            byDefault = "1008",
            pattern = "1008|1013|4[0-9]{3}",
            allowed = "1008, 1013 or a code from 4000 to 4999")
        String overflowCode,
    @Setting(
            value =
                "Most messages of a connection that wait while another of its messages is handled;"
                    + " beyond, nothing more is read from its client until it is their turn. Nor do"
                    + " more bytes wait than a message may have.",
            byDefault = "16",
            unit = "messages",
            min = 1,
            max = 10_000)
        int maxWaiting,
    @Setting(
            value =
                "Longest time that a connection's opening, one of its messages or its end is handled"
                    + " in all, authorizer and integration included; then the integration has timed"
                    + " out. Each integration has its timeoutInMillis besides, 29 seconds at most on"
                    + " AWS.",
            byDefault = "330s",
            min = 1,
            max = 3_600_000)
        Duration handlingTimeout,
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
        Duration maxDuration,
    @Setting(
            value =
                "Longest time that a client takes to answer a close frame; then its connection is"
                    + " reset. Its messages that are not handled yet have as long before the frame"
                    + " is sent.",
            byDefault = "10s",
            min = 1,
            max = 3_600_000)
        Duration closeTimeout,
    @Setting(
            value =
                "Whether messages are compressed where a client offers it (permessage-deflate). AWS"
                    + " does not.",
            byDefault = "false")
        boolean compression,
    @Setting(
            value =
                "Whether clients may send binary messages, which functions are given as base64. AWS"
                    + " takes none: without it, one ends its connection with 1003.",
            byDefault = "false")
        boolean binaryFrames,
    @Setting(
            value =
                "Most connections of WebSocket APIs at once, on all ports together; a handshake"
                    + " beyond is answered with 503. As they never give way to others, it is less"
                    + " than http.max-connections. 0 takes nine tenths of that.",
            byDefault = "0",
            unit = "connections",
            max = 1_000_000)
        int maxConnections,
    @Setting(
            value =
                "Most connections of WebSocket APIs that a client's address has at once, on all"
                    + " ports together; a handshake beyond is answered with 429. 0 for no limit,"
                    + " which is the default, and AWS's. Of an IPv6 address the first half counts."
                    + " Behind a proxy all clients have its address.",
            byDefault = "0",
            unit = "connections",
            max = 1_000_000)
        int maxConnectionsPerAddress,
    @Setting(
            value =
                "New connections a second that an account may have in a region, over all of its"
                    + " WebSocket APIs; a handshake beyond is answered with 429. 0 for no limit,"
                    + " which is the default: AWS's 500 protect hardware that others share.",
            byDefault = "0",
            unit = "connections a second",
            max = 1_000_000_000)
        int connectionRateLimit,
    @Setting(
            value = "Most groups (@groups) that a connection is in; beyond, the answer is 429.",
            byDefault = "100",
            unit = "groups",
            max = 10_000)
        int maxGroups,
    @Setting(
            value = "Longest name of a group; beyond, the answer is 400.",
            byDefault = "64",
            unit = "characters",
            min = 1,
            max = 1_024)
        int maxGroupName) {}
