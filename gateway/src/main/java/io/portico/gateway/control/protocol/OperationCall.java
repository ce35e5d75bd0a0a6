package io.portico.gateway.control.protocol;

/**
 * One call of an operation.
 *
 * @param operation AWS's name, such as {@code CreateRestApi}
 * @param caller on whose behalf
 * @param requestId what the answer's {@code x-amzn-RequestId} says
 * @param input validated against the operation's input shape
 */
public record OperationCall(String operation, Caller caller, String requestId, Input input) {}
