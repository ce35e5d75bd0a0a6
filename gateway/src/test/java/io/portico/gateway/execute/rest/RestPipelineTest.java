package io.portico.gateway.execute.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.DataPlane;
import io.portico.gateway.execute.Requests;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RestPipelineTest {
  private static final long TEN_MEGABYTES = 10L * 1024 * 1024;

  private static final Headers PNG = Headers.of("Content-Type", "image/png", "Accept", "image/png");

  private final List<UpstreamRequest> sent = new ArrayList<>();

  @Test
  void handsBytesOnUnread() {
    UnreadStream request = new UnreadStream(TEN_MEGABYTES);
    UnreadStream answer = new UnreadStream(TEN_MEGABYTES);

    HttpResponse response = proxied(PNG, request, answer);

    assertThat(sent.getFirst().body()).isSameAs(request);
    assertThat(response.body()).isSameAs(answer);
    assertThat(answer.discarded).isFalse();
  }

  @Test
  void countsBytesOfUnknownLengthOnTheirWay() {
    UnreadStream request = new UnreadStream(-1);

    proxied(PNG, request, Body.EMPTY);

    assertThat(request.limit).isEqualTo(TEN_MEGABYTES);
  }

  @Test
  void handsTextOnUncopiedOnceItIsKnownToBeSome() {
    for (long length : new long[] {-1, TEN_MEGABYTES}) {
      sent.clear();
      TextStream request = new TextStream(length);
      TextStream answer = new TextStream(length);

      HttpResponse response = proxied(request, answer);

      assertThat(sent.getFirst().body()).isSameAs(request);
      assertThat(response.body()).isSameAs(answer);
      assertThat(List.of(request.gathered, answer.gathered)).containsOnly(TEN_MEGABYTES);
      assertThat(answer.limit).isEqualTo(TEN_MEGABYTES);
    }
  }

  @Test
  void aRequestsTextIsThereBeforeItsBackendHearsOfIt() throws IOException {
    HttpResponse tooLong = proxied(new TooLongStream(TEN_MEGABYTES), Body.EMPTY);
    HttpResponse tooLate = proxied(new LateStream(), Body.EMPTY);

    assertThat(tooLong.status()).isEqualTo(413);
    assertThat(tooLate.status()).isEqualTo(400);
    assertThat(sent).isEmpty();
  }

  @Test
  void handsOnAnAnswerThatIsStreamedWhateverItsLength() {
    for (long length : new long[] {-1, TEN_MEGABYTES + 1}) {
      UnreadStream answer = new UnreadStream(length);

      HttpResponse response =
          proxied(
              "{type: HTTP_PROXY, uri: 'http://backend.test/', responseTransferMode: STREAM}",
              answer);

      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).isSameAs(answer);
      assertThat(answer.limit).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void aStreamMayTakeAQuarterOfAnHourButNotStandStill() {
    String stream =
        """
        {type: HTTP_PROXY, uri: 'http://backend.test/', responseTransferMode: STREAM,
         timeoutInMillis: 900000}
        """;

    proxied(stream, Body.EMPTY);
    CaseApi edge = new CaseApi();
    edge.api("endpointConfiguration: {types: [EDGE]}");
    edge.integration(stream);
    answering(edge, new UpstreamResponse(200, Headers.empty(), Body.EMPTY))
        .handle(Requests.get("/pets"));

    assertThat(sent)
        .extracting(UpstreamRequest::timeout)
        .containsExactly(Duration.ofMinutes(15), Duration.ofMinutes(15));
    assertThat(sent)
        .extracting(UpstreamRequest::idleTimeout)
        .containsExactly(Duration.ofMinutes(5), Duration.ofSeconds(30));
  }

  @Test
  void aGatheredAnswerIsReadOnlyUpToItsLimitAndOnlyForItsTime() throws IOException {
    HttpResponse tooLong = proxied(Body.EMPTY, new TooLongStream(TEN_MEGABYTES));
    LateStream late = new LateStream();
    long before = System.nanoTime();
    HttpResponse tooLate =
        proxied("{type: HTTP_PROXY, uri: 'http://backend.test/', timeoutInMillis: 1000}", late);

    assertThat(tooLong.status()).isEqualTo(500);
    assertThat(text(tooLong)).isEqualTo("{\"message\": \"Internal server error\"}");
    assertThat(tooLate.status()).isEqualTo(504);
    assertThat(text(tooLate)).isEqualTo("{\"message\": \"Endpoint request timed out\"}");
    assertThat(late.deadlineNanos - before)
        .isBetween(
            Duration.ofMillis(900).toNanos(),
            System.nanoTime() - before + Duration.ofMillis(1000).toNanos());
  }

  @Test
  void refusesALongerRequestBeforeTheBackendHearsOfIt() throws IOException {
    HttpResponse response = proxied(new UnreadStream(TEN_MEGABYTES + 1), Body.EMPTY);

    assertThat(response.status()).isEqualTo(413);
    assertThat(text(response)).isEqualTo("HTTP content length exceeded 10485760 bytes.");
    assertThat(sent).isEmpty();
  }

  @Test
  void givesUpALongerAnswerAsAFaultOfTheConfiguration() throws IOException {
    UnreadStream answer = new UnreadStream(TEN_MEGABYTES + 1);

    HttpResponse response = proxied(Body.EMPTY, answer);

    assertThat(response.status()).isEqualTo(500);
    assertThat(text(response)).isEqualTo("{\"message\": \"Internal server error\"}");
    assertThat(answer.discarded).isTrue();
  }

  private HttpResponse proxied(String integration, Body answer) {
    CaseApi api = new CaseApi();
    api.integration(integration);
    return answering(api, new UpstreamResponse(200, Headers.empty(), answer))
        .handle(Requests.get("/pets"));
  }

  private HttpResponse proxied(Body request, Body answer) {
    return proxied(Headers.empty(), request, answer);
  }

  /** Of an API to which PNG is bytes. */
  private HttpResponse proxied(Headers headers, Body request, Body answer) {
    CaseApi api = new CaseApi();
    api.api("binaryMediaTypes: ['image/png']");
    api.method("POST", "/pets", "{}");
    DataPlane gateway = answering(api, new UpstreamResponse(200, headers, answer));
    return gateway.handle(Requests.request("POST", "/pets", headers, request));
  }

  @Test
  void refusesABufferedBodyBeyondTheLimit() throws IOException {
    CaseApi api = new CaseApi();
    api.method("POST", "/pets", "{}");
    api.integration(
        """
        {type: HTTP, httpMethod: POST, uri: 'http://backend.test/',
         integrationResponses: {'200': {}}}
        """);
    DataPlane gateway = answering(api, new UpstreamResponse(200, Headers.empty(), Body.EMPTY));

    HttpResponse response =
        gateway.handle(
            Requests.request("POST", "/pets", Headers.empty(), new TooLongStream(TEN_MEGABYTES)));

    assertThat(response.status()).isEqualTo(413);
    assertThat(text(response)).isEqualTo("HTTP content length exceeded 10485760 bytes.");
    assertThat(sent).isEmpty();
  }

  @Test
  void anAnswerThatIsNotThereInTimeIsATimeout() throws IOException {
    CaseApi api = new CaseApi();
    api.method("POST", "/pets", "{methodResponses: {'200': {}}}");
    api.integration(
        """
        {type: HTTP, httpMethod: POST, uri: 'http://backend.test/', timeoutInMillis: 1000,
         integrationResponses: {'200': {}}}
        """);
    LateStream late = new LateStream();
    long before = System.nanoTime();

    HttpResponse response =
        answering(api, new UpstreamResponse(200, Headers.empty(), late))
            .handle(Requests.request("POST", "/pets", Headers.empty(), Body.EMPTY));

    assertThat(response.status()).isEqualTo(504);
    assertThat(text(response)).isEqualTo("{\"message\": \"Endpoint request timed out\"}");
    assertThat(late.deadlineNanos - before)
        .isBetween(
            Duration.ofMillis(900).toNanos(),
            System.nanoTime() - before + Duration.ofMillis(1000).toNanos());
  }

  @Test
  void isNotReachedByWhoOpensAWebSocketConnection() throws IOException {
    HttpRequest get = Requests.get("/pets");
    HttpRequest opening =
        new HttpRequest(
            get.method(),
            get.target(),
            "HTTP/2.0",
            get.headers(),
            Body.EMPTY,
            get.connection(),
            get.arrivalNanos(),
            true);
    DataPlane gateway =
        answering(new CaseApi(), new UpstreamResponse(200, Headers.empty(), Body.EMPTY));

    HttpResponse response = gateway.handle(opening);

    assertThat(response.status()).isEqualTo(400);
    assertThat(text(response)).isEqualTo("{\"message\": \"There is no WebSocket API here\"}");
    assertThat(sent).isEmpty();
  }

  @Test
  void tellsNothingOfABug() throws IOException {
    DataPlane gateway =
        TestGateway.of(
            new CaseApi(),
            request -> {
              throw new IllegalStateException("a secret of ours");
            });

    HttpResponse response = gateway.handle(Requests.get("/pets"));

    assertThat(response.status()).isEqualTo(500);
    assertThat(text(response)).isEqualTo("{\"message\": \"Internal server error\"}");
    assertThat(response.headers().toString()).doesNotContain("secret");
    assertThat(response.headers().first("x-amzn-RequestId")).isNotNull();
  }

  @Test
  void saysHonestlyThatNoLambdaEndpointIsConfigured() throws IOException {
    CaseApi api = new CaseApi();
    api.integration(
        """
        type: AWS_PROXY
        httpMethod: POST
        uri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/\
        arn:aws:lambda:us-east-1:000000000000:function:pets/invocations
        """);
    api.noFunctions();
    DataPlane gateway = answering(api, new UpstreamResponse(200, Headers.empty(), Body.EMPTY));

    HttpResponse response = gateway.handle(Requests.get("/pets"));

    assertThat(response.status()).isEqualTo(500);
    assertThat(text(response)).isEqualTo("{\"message\": \"Internal server error\"}");
    assertThat(sent).isEmpty();
  }

  @Test
  void answersBrieflyWhereACustomisedBodyGrowsBeyondTheLimit() throws IOException {
    CaseApi api = new CaseApi();
    api.gatewayResponses(
        "DEFAULT_4XX: {statusCode: '418', responseTemplates: {text/plain: '%s'}}"
            .formatted("$method.request.header.X".repeat(2000)));
    DataPlane gateway = answering(api, new UpstreamResponse(200, Headers.empty(), Body.EMPTY));
    Headers headers = Headers.of("X", "x".repeat(10_000));

    HttpResponse response =
        gateway.handle(Requests.request("GET", "/nowhere", headers, Body.EMPTY));

    assertThat(response.status()).isEqualTo(418);
    assertThat(response.headers().first("Content-Type")).isEqualTo("application/json");
    assertThat(text(response)).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
  }

  private DataPlane answering(CaseApi api, UpstreamResponse answer) {
    return TestGateway.of(
        api,
        request -> {
          sent.add(request);
          return answer;
        });
  }

  private static String text(HttpResponse response) throws IOException {
    return new String(response.body().readAll(TEN_MEGABYTES), StandardCharsets.UTF_8);
  }

  /** Whoever reads it fails the test. */
  private static class UnreadStream implements Body.Streamed {
    private final long length;
    long limit = Long.MAX_VALUE;
    boolean discarded;

    UnreadStream(long length) {
      this.length = length;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public byte[] readAll(long most, long deadlineNanos) {
      return readAll(most);
    }

    @Override
    public byte[] readAll(long most) {
      throw new AssertionError("a stream to be handed on was read");
    }

    @Override
    public Body gather(long most, long deadlineNanos) {
      throw new AssertionError("a stream to be handed on was gathered");
    }

    @Override
    public Body gatherText(long most, long deadlineNanos) {
      throw new AssertionError("bytes were taken for text");
    }

    @Override
    public InputStream open() {
      throw new AssertionError("read piece by piece");
    }

    @Override
    public void discard() {
      discarded = true;
    }

    @Override
    public void limitTo(long bytes) {
      limit = bytes;
    }
  }

  /** Text, however long it is. */
  private static final class TextStream extends UnreadStream {
    long gathered;

    TextStream(long length) {
      super(length);
    }

    @Override
    public Body gatherText(long most, long deadlineNanos) {
      gathered = most;
      return this;
    }
  }

  /** One byte more than the limit it is read with. */
  private record TooLongStream(long limit) implements Body.Streamed {
    @Override
    public long length() {
      return -1;
    }

    @Override
    public byte[] readAll(long most, long deadlineNanos) throws BodyTooLargeException {
      return readAll(most);
    }

    @Override
    public byte[] readAll(long most) throws BodyTooLargeException {
      assertThat(most).isEqualTo(limit);
      throw new BodyTooLargeException(most);
    }

    @Override
    public Body gather(long most, long deadlineNanos) throws BodyTooLargeException {
      return Body.of(readAll(most));
    }

    @Override
    public Body gatherText(long most, long deadlineNanos) throws BodyTooLargeException {
      return gather(most, deadlineNanos);
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

  /** Never there in time. */
  private static final class LateStream implements Body.Streamed {
    private long deadlineNanos;

    @Override
    public long length() {
      return -1;
    }

    @Override
    public byte[] readAll(long most) {
      throw new AssertionError("the wait has no bound");
    }

    @Override
    public byte[] readAll(long most, long deadline) throws SocketTimeoutException {
      deadlineNanos = deadline;
      throw new SocketTimeoutException("late");
    }

    @Override
    public Body gather(long most, long deadline) throws SocketTimeoutException {
      return Body.of(readAll(most, deadline));
    }

    @Override
    public Body gatherText(long most, long deadline) throws SocketTimeoutException {
      return gather(most, deadline);
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
