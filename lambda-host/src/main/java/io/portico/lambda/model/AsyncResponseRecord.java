package io.portico.lambda.model;

/**
 * How a function has answered an asynchronous invocation last.
 *
 * @param executedVersion the version that ran
 * @param failed whether the payload is an error document
 * @param payload what the function returned, or its error document; whoever holds the array does
 *     not change it
 */
@SuppressWarnings("ArrayRecordComponent")
public record AsyncResponseRecord(String executedVersion, boolean failed, byte[] payload) {}
