package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.control.rules.EndpointRules;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.store.RecordReader;

/** How many APIs an account may have in a region, of each endpoint type. */
final class ApiCount {
  private ApiCount() {}

  /**
   * Whether there is room for an API that is stored already.
   *
   * @throws io.portico.gateway.control.protocol.ServiceException if there is none
   */
  static void check(RecordReader records, RestApiRecord api, Quotas quotas) {
    String type = type(api);
    Quota quota =
        switch (type) {
          case EndpointRules.PRIVATE -> Quota.PRIVATE_APIS;
          case EndpointRules.EDGE -> Quota.EDGE_APIS;
          default -> Quota.REGIONAL_APIS;
        };
    String scope = api.accountId() + "/" + api.region();
    quotas.check(quota, scope, () -> count(records, scope, type, quotas.setting(quota).limit()));
  }

  /** No type has more than all together: each API is looked at only where these are too many. */
  private static long count(RecordReader records, String scope, String type, long limit) {
    long all = records.count(RecordTypes.REST_API, scope);
    return all <= limit
        ? all
        : records.list(RecordTypes.REST_API, scope).stream()
            .filter(api -> type(api).equals(type))
            .count();
  }

  private static String type(RestApiRecord api) {
    return api.endpointConfiguration().types().getFirst();
  }
}
