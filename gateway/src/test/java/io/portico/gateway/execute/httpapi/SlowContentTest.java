package io.portico.gateway.execute.httpapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.cache.Eventually;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.cases.CaseGateway;
import io.portico.gateway.execute.cases.HttpCaseDefinition;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import java.io.InputStream;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content that comes slowly, of a call that goes on as an assumed role. */
final class SlowContentTest {
  private static final String FUNCTION =
      """
      {integrationType: AWS_PROXY, payloadFormatVersion: '2.0', timeoutInMillis: 50,
       credentialsArn: 'arn:aws:iam::000000000000:role/api',
       integrationUri: 'arn:aws:lambda:us-east-1:000000000000:function:pets'}
      """;

  private static final String ACTION =
      """
      {integrationType: AWS_PROXY, payloadFormatVersion: '1.0', timeoutInMillis: 50,
       credentialsArn: 'arn:aws:iam::000000000000:role/api', integrationSubtype: SQS-SendMessage,
       requestParameters: {QueueUrl: 'http://sqs.test/000000000000/q', MessageBody: $request.body}}
      """;

  private static final Duration SLOW = Duration.ofSeconds(2);

  /** What happened, in order. */
  private final List<String> events = new CopyOnWriteArrayList<>();

  private final List<Duration> timeouts = new CopyOnWriteArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {FUNCTION, ACTION})
  void theRoleIsAskedForOnceItIsThere(String integration)
      throws UnknownHostException, InterruptedException {
    int _ = post(gateway(integration), new LateContent(0));

    Eventually.holds(() -> events.contains("sts"));
    assertThat(events).startsWith("content", "sts");
  }

  @ParameterizedTest
  @ValueSource(strings = {FUNCTION, ACTION})
  void itTakesNothingOfTheIntegrationsTime(String integration) throws UnknownHostException {
    HttpHandler gateway =
        gateway(integration.replace("timeoutInMillis: 50", "timeoutInMillis: 10000"));
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (post(gateway, Body.of("at once")) != 200) {
      assertThat(System.nanoTime() - deadline).as("time over").isNegative();
    }

    int _ = post(gateway, new LateContent(SLOW.toNanos()));

    Duration timeout = Duration.ofSeconds(10);
    assertThat(timeouts.getLast()).isGreaterThan(timeout.minus(SLOW)).isLessThanOrEqualTo(timeout);
  }

  private HttpHandler gateway(String integration) {
    HttpCaseDefinition api = new HttpCaseDefinition();
    assertThat(api.take("endpoints", "{SQS: 'http://sqs.test', STS: 'http://sts.test'}")).isTrue();
    assertThat(api.take("route POST /pets", "")).isTrue();
    assertThat(api.take("integration", integration)).isTrue();
    return CaseGateway.of(api.served(), this::answer, line -> {});
  }

  private static int post(HttpHandler gateway, Body content) throws UnknownHostException {
    return gateway
        .handle(
            CaseGateway.fromTheClient(
                "POST",
                "/pets",
                "HTTP/1.1",
                Headers.of("Host", CaseApi.ID + ".execute-api.us-east-1.localhost"),
                content))
        .status();
  }

  private UpstreamResponse answer(UpstreamRequest request) {
    if (!request.origin().host().equals("sts.test")) {
      events.add("service");
      timeouts.add(request.timeout());
      return new UpstreamResponse(200, Headers.empty(), Body.of("{}"));
    }
    events.add("sts");
    return new UpstreamResponse(
        200,
        Headers.of("Content-Type", "text/xml"),
        Body.of(
            """
            <AssumeRoleResponse><AssumeRoleResult><Credentials>
              <AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
              <SessionToken>token</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>
            </Credentials></AssumeRoleResult></AssumeRoleResponse>
            """));
  }

  /** Content that is there after a while. */
  private final class LateContent implements Body.Streamed {
    private final long nanos;

    LateContent(long nanos) {
      this.nanos = nanos;
    }

    @Override
    public long length() {
      return 3;
    }

    @Override
    public byte[] readAll(long most) {
      long there = System.nanoTime() + nanos;
      for (long left = nanos; left > 0; left = there - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      events.add("content");
      return "one".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] readAll(long most, long deadline) {
      return readAll(most);
    }

    @Override
    public Body gather(long most, long deadline) {
      return Body.of(readAll(most));
    }

    @Override
    public Body gatherText(long most, long deadline) {
      return Body.of(readAll(most));
    }

    @Override
    public InputStream open() {
      throw new AssertionError("read piece by piece");
    }

    @Override
    public void discard() {}

    @Override
    public void limitTo(long bytes) {}
  }
}
