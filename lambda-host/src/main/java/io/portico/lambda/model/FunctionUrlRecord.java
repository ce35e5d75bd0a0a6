package io.portico.lambda.model;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The URL of a function or an alias.
 *
 * @param qualifier what it calls: {@code $LATEST} or an alias
 * @param authType {@code NONE} or {@code AWS_IAM}
 * @param cors as it was sent, or null where nothing is said of it
 * @param invokeMode {@code BUFFERED} or {@code RESPONSE_STREAM}
 * @param creationTime as AWS writes it
 * @param lastModifiedTime likewise
 */
public record FunctionUrlRecord(
    String qualifier,
    String authType,
    @Nullable ObjectNode cors,
    String invokeMode,
    String creationTime,
    String lastModifiedTime) {}
