package io.portico.gateway.aws;

/**
 * Whom an access key stands for.
 *
 * @param arn of an account's root or of a role's session
 * @param userId the same as an id
 */
public record AwsPrincipal(String accountId, String arn, String userId) {}
