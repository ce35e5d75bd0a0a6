package io.portico.lambda.model;

import org.jspecify.annotations.Nullable;

/**
 * When a version's runtime is to be updated: kept and shown, for the runtimes here are this
 * machine's programs and nobody updates them.
 *
 * @param updateRuntimeOn {@code Auto}, {@code FunctionUpdate} or {@code Manual}
 * @param runtimeVersionArn of the runtime to stay on; null unless manual
 */
public record RuntimeManagementRecord(String updateRuntimeOn, @Nullable String runtimeVersionArn) {}
