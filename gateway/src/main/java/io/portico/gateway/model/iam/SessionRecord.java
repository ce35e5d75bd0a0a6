package io.portico.gateway.model.iam;

import java.time.Instant;

/**
 * Temporary credentials that were given out, without their secret.
 *
 * @param arn of whoever they stand for
 * @param userId the same as an id
 */
public record SessionRecord(
    String accessKeyId, String accountId, String arn, String userId, Instant expiration) {}
