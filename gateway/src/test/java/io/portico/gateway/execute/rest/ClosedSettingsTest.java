package io.portico.gateway.execute.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.DataPlane;
import io.portico.gateway.execute.Requests;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Closed until built: every setting that restricts access and is not enforced yet, each shown to
 * refuse. Whoever builds one takes it off here and in {@code compile.ClosedSettings}.
 */
final class ClosedSettingsTest {
  private static final Map<String, Consumer<CaseApi>> CLOSED =
      Map.ofEntries(
          Map.entry("an unknown authorizationType", method("{authorizationType: NEW_ONE}")),
          Map.entry("authorizationType none, not as stored", method("{authorizationType: none}")),
          Map.entry(
              "an API key of another source",
              api -> {
                withAKey(api, "{gold: {}}");
                api.api("{apiKeySource: NEW_ONE}");
              }),
          Map.entry("a resource policy that cannot be read", api -> api.api("{policy: '{}'}")),
          Map.entry(
              "a PRIVATE endpoint", api -> api.api("{endpointConfiguration: {types: [PRIVATE]}}")),
          Map.entry(
              "an unknown endpoint type",
              api -> api.api("{endpointConfiguration: {types: [REGIONAL, NEW_ONE]}}")),
          Map.entry("endpointAccessMode STRICT", api -> api.api("{endpointAccessMode: STRICT}")),
          Map.entry("a web ACL", api -> api.stage("{webAclArn: 'arn:aws:wafv2:x'}")));

  private static final String KEY = "a-key-of-twenty-chars";

  private final List<UpstreamRequest> sent = new ArrayList<>();

  @TestFactory
  Stream<DynamicTest> refusesWhoeverCalls() {
    return CLOSED.entrySet().stream()
        .map(
            setting ->
                DynamicTest.dynamicTest(setting.getKey(), () -> refuses(setting.getValue())));
  }

  @Test
  void aKeyOfAPlanThatNothingClosesIsLetThrough() {
    HttpResponse response = call(api -> withAKey(api, "{gold: {}}"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(sent).hasSize(1);
  }

  @Test
  void aMethodThatNothingClosesIsCalled() {
    HttpResponse response = call(api -> api.method("GET", "/pets", "{authorizationType: NONE}"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(sent).hasSize(1);
  }

  private void refuses(Consumer<CaseApi> setting) {
    sent.clear();

    HttpResponse response = call(setting);

    assertThat(response.status()).isIn(401, 403, 429);
    assertThat(sent).isEmpty();
  }

  private HttpResponse call(Consumer<CaseApi> setting) {
    CaseApi api = new CaseApi();
    setting.accept(api);
    DataPlane gateway =
        TestGateway.of(
            api,
            request -> {
              sent.add(request);
              return new UpstreamResponse(200, Headers.empty(), Body.EMPTY);
            });
    return gateway.handle(
        Requests.request(
            "GET",
            "/pets",
            Headers.of("Authorization", "Bearer token", "x-api-key", KEY),
            Body.EMPTY));
  }

  private static void withAKey(CaseApi api, String plans) {
    api.method("GET", "/pets", "{apiKeyRequired: true}");
    api.usagePlans(plans);
    api.apiKeys("{known: {value: %s, plans: [gold]}}".formatted(KEY));
  }

  private static Consumer<CaseApi> method(String yaml) {
    return api -> api.method("GET", "/pets", yaml);
  }
}
