package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.AwsApiHandler;
import io.portico.gateway.control.protocol.CallerResolver;
import io.portico.gateway.control.protocol.ControlHosts;
import io.portico.gateway.control.protocol.ServiceModel;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.quota.QuotaMode;
import io.portico.gateway.control.quota.QuotaModes;
import io.portico.gateway.control.quota.QuotaSetting;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a client is told where it goes beyond a quota. */
class QuotaWireTest {
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4566);

  private static AwsApiHandler with(Quota quota, long limit, QuotaMode mode) {
    Quotas quotas =
        Quotas.of(
            QuotaModes.STANDARD,
            Map.of(quota, new QuotaSetting(limit, mode)),
            TestControlPlane.CLOCK);
    return new AwsApiHandler(
        ServiceModel.of(AwsApi.API_GATEWAY),
        new TestControlPlane(quotas, () -> 0).operations(),
        new CallerResolver("111122223333", "eu-west-1", new ControlHosts(List.of())));
  }

  private static HttpResponse post(AwsApiHandler service, String target, String body) {
    return service.handle(
        new HttpRequest(
            "POST",
            target,
            "HTTP/1.1",
            Headers.empty(),
            Body.of(body),
            new ClientConnection(LOOPBACK, LOOPBACK, null),
            0));
  }

  private static String text(HttpResponse response) throws IOException {
    return new String(response.body().readAll(1_000), StandardCharsets.UTF_8);
  }

  @Test
  void tooManyRequestsAreRefusedWithoutATimeToComeBack() throws IOException {
    AwsApiHandler service = with(Quota.CREATE_API_KEY_RATE, 1, QuotaMode.ENFORCE);

    assertThat(post(service, "/apikeys", "{}").status()).isEqualTo(201);
    HttpResponse refusal = post(service, "/apikeys", "{}");

    assertThat(refusal.status()).isEqualTo(429);
    assertThat(refusal.headers().first("x-amzn-ErrorType")).isEqualTo("TooManyRequestsException");
    assertThat(refusal.headers().first("Retry-After")).isNull();
    assertThat(text(refusal))
        .isEqualTo("{\"message\":\"Too Many Requests\",\"retryAfterSeconds\":null}");
  }

  @Test
  void oneThingTooManyIsRefused() throws IOException {
    AwsApiHandler service = with(Quota.API_KEYS, 1, QuotaMode.ENFORCE);

    assertThat(post(service, "/apikeys", "{}").status()).isEqualTo(201);
    HttpResponse refusal = post(service, "/apikeys", "{}");

    assertThat(refusal.status()).isEqualTo(429);
    assertThat(refusal.headers().first("x-amzn-ErrorType")).isEqualTo("LimitExceededException");
    assertThat(text(refusal))
        .isEqualTo(
            "{\"message\":\"Maximum number of API Keys has been reached.  Please contact AWS if you"
                + " need additional API Keys.\",\"retryAfterSeconds\":null}");
  }

  @Test
  void aDefinitionBeyondItsQuotaIsNotRead() throws IOException {
    String definition = QuotaScene.openApi("'paths': {}") + " ".repeat(1_000);

    HttpResponse refused =
        post(
            with(Quota.DEFINITION_SIZE, 1_000, QuotaMode.ENFORCE),
            "/restapis?mode=import",
            definition);
    HttpResponse taken =
        post(
            with(Quota.DEFINITION_SIZE, 1_000, QuotaMode.WARN),
            "/restapis?mode=import",
            definition);

    assertThat(refused.status()).isEqualTo(413);
    assertThat(text(refused))
        .isEqualTo(
            "{\"message\":\"Request must be smaller than 1000 bytes for the ImportRestApi"
                + " operation\"}");
    assertThat(taken.status()).isEqualTo(201);
    assertThat(text(taken)).contains("exceeds the limit of 1000 bytes");
  }

  @Test
  void aDefinitionMayBeLongerThanOtherRequests() throws IOException {
    String definition = QuotaScene.openApi("'paths': {}") + " ".repeat(7 << 20);

    HttpResponse taken =
        post(
            with(Quota.DEFINITION_SIZE, 8 << 20, QuotaMode.ENFORCE),
            "/restapis?mode=import",
            definition);

    assertThat(taken.status()).isEqualTo(201);
  }
}
