package io.portico.gateway.control.protocol;

import org.jspecify.annotations.Nullable;

/**
 * On whose behalf an operation runs.
 *
 * @param accountId twelve digits: the configured account, or the access key id where that is one
 * @param region from the signature's credential scope, else the configured one
 * @param accessKeyId who signed, or null for an unsigned request
 * @param sourceArn the API's method for which API Gateway calls ({@link
 *     io.portico.gateway.aws.SourceArn}), or null where somebody calls for himself
 */
public record Caller(
    String accountId, String region, @Nullable String accessKeyId, @Nullable String sourceArn) {

  /** Somebody who calls for himself. */
  public Caller(String accountId, String region, @Nullable String accessKeyId) {
    this(accountId, region, accessKeyId, null);
  }

  /** The store's parent of what belongs to an account and region. */
  public String scope() {
    return accountId + "/" + region;
  }
}
