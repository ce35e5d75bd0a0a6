package io.portico.gateway.execute;

import org.jspecify.annotations.Nullable;

/**
 * How an authorizer was asked, for access logs and events.
 *
 * @param status 200 where it gave an answer, else that of the gateway response
 * @param functionStatus what Lambda answered; 0 where no function was called, or none answered
 * @param nanos in all
 * @param functionStartNanos {@link System#nanoTime} when the function was called; 0 where it was
 *     not
 * @param functionNanos from the call of the function, or from when it was to be called, to its
 *     answer; 0 where an answer was kept
 * @param requestId of the function's invocation; empty where there was none
 * @param error what went wrong, or null
 */
public record AuthorizerCall(
    int status,
    int functionStatus,
    long nanos,
    long functionStartNanos,
    long functionNanos,
    String requestId,
    @Nullable String error) {}
