package io.portico.gateway.control.rules;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.V2RecordTypes;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.store.RecordReader;

/**
 * How many APIs an account may have in a region, of each endpoint type. HTTP and WebSocket APIs are
 * regional.
 */
public final class ApiCount {
  private static final String REGIONAL = "REGIONAL";

  private ApiCount() {}

  /**
   * Whether there is room for a REST API that is stored already.
   *
   * @throws io.portico.gateway.control.protocol.ServiceException if there is none
   */
  public static void check(RecordReader records, RestApiRecord api, Quotas quotas) {
    check(records, api.accountId() + "/" + api.region(), type(api), quotas);
  }

  /**
   * The same of an HTTP or WebSocket API.
   *
   * @param scope account and region
   */
  // AWS: that regional APIs of all kinds are counted together is assumed: the quota stands among
  // those of the account.
  public static void checkRegional(RecordReader records, String scope, Quotas quotas) {
    check(records, scope, REGIONAL, quotas);
  }

  private static void check(RecordReader records, String scope, String type, Quotas quotas) {
    Quota quota =
        switch (type) {
          case EndpointRules.PRIVATE -> Quota.PRIVATE_APIS;
          case EndpointRules.EDGE -> Quota.EDGE_APIS;
          default -> Quota.REGIONAL_APIS;
        };
    quotas.check(quota, scope, () -> count(records, scope, type, quotas.setting(quota).limit()));
  }

  /** No type has more than all together: each API is looked at only where these are too many. */
  private static long count(RecordReader records, String scope, String type, long limit) {
    long others = type.equals(REGIONAL) ? records.count(V2RecordTypes.API, scope) : 0;
    long all = records.count(RecordTypes.REST_API, scope) + others;
    return all <= limit
        ? all
        : others
            + records.list(RecordTypes.REST_API, scope).stream()
                .filter(api -> type(api).equals(type))
                .count();
  }

  private static String type(RestApiRecord api) {
    return api.endpointConfiguration().types().getFirst();
  }
}
