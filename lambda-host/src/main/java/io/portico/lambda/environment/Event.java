package io.portico.lambda.environment;

import org.jspecify.annotations.Nullable;

/**
 * What a function is called with.
 *
 * @param requestId names the invocation
 * @param functionArn as the caller named the function: with a qualifier or without
 * @param payload JSON; whoever holds the array does not change it
 * @param traceId of X-Ray, as in {@code X-Amzn-Trace-Id}
 * @param clientContext JSON of a mobile client, or null
 * @param tail whether the end of the log is wanted
 */
@SuppressWarnings("ArrayRecordComponent")
public record Event(
    String requestId,
    String functionArn,
    byte[] payload,
    String traceId,
    @Nullable String clientContext,
    boolean tail) {}
