package io.portico.lambda.model;

/**
 * The payload of an asynchronous invocation, apart from its event so that events can be listed
 * without it.
 *
 * @param payload JSON as it was sent; whoever holds the array does not change it
 */
@SuppressWarnings("ArrayRecordComponent")
public record AsyncPayloadRecord(byte[] payload) {}
