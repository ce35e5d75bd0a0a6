package io.portico.gateway.execute.websocket;

import io.portico.gateway.execute.authorizer.LambdaAuthorizers;
import io.portico.gateway.execute.authorizer.SignedCallers;
import io.portico.gateway.execute.throttle.Throttles;
import io.portico.gateway.execute.usage.UsageMeters;
import io.portico.gateway.snapshot.ThrottleLimit;
import org.jspecify.annotations.Nullable;

/**
 * What the stages of WebSocket APIs keep while they serve, and share with those of other APIs.
 *
 * @param connections that are open
 * @param authorizers that are functions
 * @param signed those who sign
 * @param throttles token buckets
 * @param usage of API keys
 * @param accountThrottle for each account in a region, over all its APIs; or null
 */
public record WebSocketState(
    OpenConnections connections,
    LambdaAuthorizers authorizers,
    SignedCallers signed,
    Throttles throttles,
    UsageMeters usage,
    @Nullable ThrottleLimit accountThrottle) {}
