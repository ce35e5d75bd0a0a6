package io.portico.gateway.model;

/**
 * To whom an API's id belongs. Ids are unique over all accounts and regions, because the data plane
 * finds an API by its id alone.
 */
public record ApiScopeRecord(String accountId, String region) {

  /** The parent of the API's record. */
  public String scope() {
    return accountId + "/" + region;
  }
}
