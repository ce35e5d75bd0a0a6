package io.portico.lambda.environment;

import org.jspecify.annotations.Nullable;

/**
 * What became of an invocation.
 *
 * @param payload what the function returned, or its error document; empty for what it has streamed
 * @param failed whether it is the latter
 * @param tail the end of its log, or null where it is not wanted
 */
@SuppressWarnings("ArrayRecordComponent")
public record Invoked(byte[] payload, boolean failed, @Nullable String tail) {}
