package io.portico.gateway.aws.policy;

/**
 * What somebody wants.
 *
 * @param action such as {@code lambda:InvokeFunction}
 * @param resource the ARN of what he wants it with
 */
public record AccessRequest(
    Requester requester, String action, String resource, RequestContext context) {}
