package io.portico.lambda.model;

import org.jspecify.annotations.Nullable;

/**
 * How a function, a version or an alias is invoked asynchronously.
 *
 * @param qualifier what it is for: {@code $LATEST}, a number or an alias
 * @param maximumRetryAttempts how often an invocation that failed is repeated, or null for AWS's
 *     default
 * @param maximumEventAgeInSeconds how long an event may wait, or null for AWS's default
 * @param onSuccess the ARN of where a record of a successful invocation goes, or null for nowhere
 * @param onFailure the same for one that has failed for good
 * @param lastModified milliseconds since 1970
 */
public record EventInvokeRecord(
    String qualifier,
    @Nullable Integer maximumRetryAttempts,
    @Nullable Integer maximumEventAgeInSeconds,
    @Nullable String onSuccess,
    @Nullable String onFailure,
    long lastModified) {}
