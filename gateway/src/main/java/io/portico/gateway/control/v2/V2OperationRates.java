package io.portico.gateway.control.v2;

import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.Rates;
import java.util.Map;

/** API Gateway v2 for clients: no more often than AWS lets them ask. */
// AWS: that both APIs have the rates of domain names and of all operations in common is assumed.
public final class V2OperationRates {
  private static final Map<String, Quota> OF_OPERATIONS =
      Map.of(
          "CreateDomainName", Quota.CREATE_DOMAIN_NAME_RATE,
          "DeleteDomainName", Quota.DELETE_DOMAIN_NAME_RATE,
          "UpdateDomainName", Quota.UPDATE_DOMAIN_NAME_RATE,
          "CreateVpcLink", Quota.CREATE_VPC_LINK_V2_RATE,
          "DeleteVpcLink", Quota.DELETE_VPC_LINK_V2_RATE);

  private V2OperationRates() {}

  /** The operations, each within its rate and that of all together. */
  public static Operations limited(Operations operations, Rates rates) {
    return rates.limiting(operations, call -> OF_OPERATIONS.get(call.operation()));
  }
}
