package io.portico.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.conformance.MeteredApi.ApiKey;
import io.portico.conformance.MeteredApi.Usage;
import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.AwsFailure;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Quotas of usage plans: what is counted, shown and given. */
@Portico
final class UsageTest {
  /** A month: no test sees it end but the one that runs then. */
  private static final Map<String, Object> TWO_A_MONTH =
      Map.of("quota", Map.of("limit", 2, "period", "MONTH"));

  @EveryClient
  void aQuotaIsCountedForEachKeyAndShown(AwsClient client, Endpoint endpoint) {
    MeteredApi api = MeteredApi.build(client, TWO_A_MONTH);
    ApiKey one = api.key(client);
    ApiKey other = api.key(client);

    List<Integer> statuses = api.call(endpoint, one, 2);
    HttpResponse<String> exhausted = api.call(endpoint, one);
    int ofOther = api.call(endpoint, other).statusCode();

    assertThat(statuses).containsExactly(200, 200);
    assertThat(exhausted.statusCode()).isEqualTo(429);
    assertThat(exhausted.body()).isEqualTo("{\"message\":\"Limit Exceeded\"}");
    assertThat(exhausted.headers().firstValue("x-amzn-ErrorType"))
        .hasValue("LimitExceededException");
    assertThat(ofOther).isEqualTo(200);
    assertThat(api.usage(client, one)).isEqualTo(new Usage(2, 0));
    assertThat(api.usage(client, other)).isEqualTo(new Usage(1, 1));
  }

  @EveryClient
  void whatIsLeftCanBeExtendedAndIsSeenAtOnce(AwsClient client, Endpoint endpoint) {
    MeteredApi api = MeteredApi.build(client, TWO_A_MONTH);
    ApiKey key = api.key(client);
    List<Integer> before = api.call(endpoint, key, 3);

    api.leave(client, key, 1);
    Usage extended = api.usage(client, key);
    List<Integer> after = api.call(endpoint, key, 2);
    api.leave(client, key, 5);
    api.leave(client, key, 0);

    assertThat(before).containsExactly(200, 200, 429);
    assertThat(extended).isEqualTo(new Usage(2, 1));
    assertThat(after).containsExactly(200, 429);
    assertThat(api.call(endpoint, key).statusCode()).isEqualTo(429);
    assertThat(api.usage(client, key)).isEqualTo(new Usage(3, 0));
  }

  @EveryClient
  void aPlanWithoutAQuotaCountsToo(AwsClient client, Endpoint endpoint) {
    MeteredApi api = MeteredApi.build(client, Map.of());
    ApiKey key = api.key(client);

    api.call(endpoint, key, 3);
    Usage without = api.usage(client, key);
    client.call(
        "UpdateUsagePlan",
        Map.of(
            "usagePlanId",
            api.plan(),
            "patchOperations",
            List.of(
                SmallApi.replace("/quota/limit", "4"),
                SmallApi.replace("/quota/period", "MONTH"))));

    assertThat(without.used()).isEqualTo(3);
    assertThat(api.call(endpoint, key, 2)).containsExactly(200, 429);
    assertThat(api.usage(client, key)).isEqualTo(new Usage(4, 0));
  }

  @EveryClient
  void usageOfTheFutureOrOfNobodyIsRefused(AwsClient client, Endpoint endpoint) {
    MeteredApi api = MeteredApi.build(client, TWO_A_MONTH);
    Map<String, Object> future =
        Map.of("usagePlanId", api.plan(), "startDate", "2999-01-01", "endDate", "2999-01-02");
    Map<String, Object> ofNobody = new HashMap<>(future);
    ofNobody.put("keyId", "none");

    AwsFailure early =
        catchThrowableOfType(AwsFailure.class, () -> client.call("GetUsage", future));
    AwsFailure nobody =
        catchThrowableOfType(AwsFailure.class, () -> client.call("GetUsage", ofNobody));

    assertThat(early.type()).isEqualTo("BadRequestException");
    assertThat(early.text()).isEqualTo("Usage start date cannot be in the future");
    assertThat(nobody.type()).isEqualTo("NotFoundException");
    assertThat(nobody.text()).isEqualTo("Invalid Key identifier specified");
  }
}
