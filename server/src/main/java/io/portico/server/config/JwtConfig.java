package io.portico.server.config;

import java.time.Duration;

/** What is asked of the issuers of HTTP APIs' JWT authorizers. */
public record JwtConfig(
    @Setting(
            value =
                "Longest time in which an issuer that a JWT authorizer of an HTTP API names has"
                    + " to answer for its OpenID configuration, and again for its keys; then a"
                    + " token of which no keys are known is answered 401. The default is AWS's.",
            byDefault = "1500ms",
            min = 1,
            max = 120_000)
        Duration issuerTimeout) {}
