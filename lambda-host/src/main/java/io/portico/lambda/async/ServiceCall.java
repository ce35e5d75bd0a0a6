package io.portico.lambda.async;

import io.portico.gateway.http.Headers;

/**
 * A call of one of AWS's services, before anybody has said where it is.
 *
 * @param partition {@code aws}, {@code aws-cn}, ...
 * @param region whose endpoint is meant
 * @param service its name in endpoints, such as {@code sqs}
 * @param path begins with a slash
 * @param headers without {@code Host} and without a signature
 */
@SuppressWarnings("ArrayRecordComponent")
public record ServiceCall(
    String partition,
    String region,
    String service,
    String method,
    String path,
    Headers headers,
    byte[] body) {}
