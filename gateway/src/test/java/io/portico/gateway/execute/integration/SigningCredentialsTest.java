package io.portico.gateway.execute.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.snapshot.AwsEndpoint;
import io.portico.gateway.snapshot.SigningIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SigningCredentialsTest {
  private static final long SECONDS = 10;
  private static final Credentials OWN = new Credentials("own", "secret", null);
  private static final SigningIdentity GATEWAY = new SigningIdentity.Gateway();
  private static final SigningIdentity ROLE = role("api");
  private static final AwsEndpoint QUEUES = endpoint("sqs");

  private final AtomicLong passed = new AtomicLong();
  private final AtomicInteger assumed = new AtomicInteger();
  private final CountDownLatch asked = new CountDownLatch(RoleThreads.OF_ONE_STS);
  private final CountDownLatch never = new CountDownLatch(1);

  private static SigningIdentity role(String name) {
    return new SigningIdentity.Role("arn:aws:iam::000000000000:role/" + name, endpoint("sts"), "/");
  }

  private static AwsEndpoint endpoint(String service) {
    String host = service + ".test";
    return new AwsEndpoint(new Origin(false, host, 80, true), host, "eu-west-1", service);
  }

  private SigningCredentials signing() {
    return new SigningCredentials(this::assumed, OWN, Clock.systemUTC(), passed::get);
  }

  private UpstreamResponse assumed(UpstreamRequest request) {
    return new UpstreamResponse(
        200,
        Headers.of("Content-Type", "text/xml"),
        Body.of(
            """
            <AssumeRoleResponse><AssumeRoleResult><Credentials>
              <AccessKeyId>key-%d</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
              <SessionToken>token</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>
            </Credentials></AssumeRoleResult></AssumeRoleResponse>
            """
                .formatted(assumed.incrementAndGet())));
  }

  private UpstreamResponse silent(UpstreamRequest request) throws UpstreamException {
    asked.countDown();
    try {
      boolean _ = never.await(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new UpstreamException(UpstreamException.Reason.CANCELLED, "nobody waits", null);
  }

  private static Signers of(SigningCredentials signing, SigningIdentity signer) throws IOException {
    return signing.of(signer, null, System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS));
  }

  @Test
  void whatSignsIsKept() throws IOException {
    try (SigningCredentials signing = signing()) {
      LambdaInvoke lambda = new LambdaInvoke(this::assumed, OWN, Clock.systemUTC());
      for (SigningIdentity signer : List.of(GATEWAY, ROLE)) {
        assertThat(of(signing, signer).of(QUEUES))
            .isSameAs(of(signing, signer).of(QUEUES))
            .isNotSameAs(of(signing, signer).of(endpoint("sns")));
        assertThat(signing.sign(lambda, signer, null, Long.MAX_VALUE))
            .isSameAs(signing.sign(lambda, signer, null, Long.MAX_VALUE));
      }
      assertThat(of(signing, ROLE).of(QUEUES)).isNotSameAs(of(signing, GATEWAY).of(QUEUES));
    }
  }

  @Test
  void aRoleWhoseSessionAServiceDoesNotTakeIsAssumedAnew() throws IOException {
    try (SigningCredentials signing = signing()) {
      assertThat(of(signing, ROLE).credentials().accessKeyId()).isEqualTo("key-1");
      passed.set(Duration.ofSeconds(5).toNanos());

      UpstreamResponse answer =
          signing.heard(
              ROLE,
              new UpstreamResponse(
                  403, Headers.of("X-Own", "1"), Body.of("<Code>InvalidClientTokenId</Code>")),
              1000,
              Long.MAX_VALUE);

      assertThat(answer.headers().first("X-Own")).isEqualTo("1");
      assertThat(new String(answer.body().readAll(1000), StandardCharsets.UTF_8))
          .isEqualTo("<Code>InvalidClientTokenId</Code>");
      awaitKey(signing, "key-2");
    }
  }

  private static void awaitKey(SigningCredentials signing, String key) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!of(signing, ROLE).credentials().accessKeyId().equals(key)) {
      assertThat(System.nanoTime() - deadline).as("time over").isNegative();
      Thread.onSpinWait();
    }
  }

  @Test
  void whateverElseAServiceAnswersIsHandedOnUnread() throws IOException {
    try (SigningCredentials signing = signing()) {
      assertThat(of(signing, ROLE).credentials().accessKeyId()).isEqualTo("key-1");
      passed.set(Duration.ofSeconds(5).toNanos());
      UpstreamResponse taken =
          new UpstreamResponse(200, Headers.empty(), Body.of("ExpiredToken in a queue"));

      assertThat(signing.heard(ROLE, taken, 1, Long.MAX_VALUE)).isSameAs(taken);
      signing.heard(ROLE, 400, bytes("{\"__type\": \"ValidationException\"}"));
      signing.heard(GATEWAY, 403, bytes("{\"__type\": \"ExpiredTokenException\"}"));

      assertThat(of(signing, ROLE).credentials().accessKeyId()).isEqualTo("key-1");
    }
    assertThat(assumed).hasValue(1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whoeverWaitsForARoleWhenTheGatewayEndsIsTold() throws Exception {
    SigningCredentials signing =
        new SigningCredentials(this::silent, OWN, Clock.systemUTC(), passed::get);
    List<FutureTask<Signers>> waiting =
        IntStream.range(0, 3 * RoleThreads.OF_ONE_STS)
            .mapToObj(i -> new FutureTask<>(() -> of(signing, role("role-" + i))))
            .toList();
    List<Thread> threads = waiting.stream().map(Thread::startVirtualThread).toList();
    assertThat(asked.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    for (Thread thread : threads) {
      assertThat(thread.join(Duration.ZERO)).isFalse();
    }

    signing.close();

    for (FutureTask<Signers> each : waiting) {
      assertThatThrownBy(() -> each.get(SECONDS, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(RoleNotAssumedException.class);
    }
  }
}
