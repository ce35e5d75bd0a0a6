package io.portico.gateway.execute.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.ExecutionTrace;
import io.portico.gateway.execute.ExecutionTraces;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.Requests;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may listen to a call, and what that changes of it. */
final class ListenersTest {
  private static final Headers PNG = Headers.of("Content-Type", "image/png", "Accept", "image/png");

  private final List<String> heard = new ArrayList<>();
  private final Arriving sent = new Arriving("to the backend");
  private final Arriving answered = new Arriving("from the backend");

  @Test
  void bodiesPassUnreadByWhoeverDoesNotTakeThem() {
    HttpResponse response = answer((id, stage, request) -> new Listener("light", false));

    assertThat(heard)
        .containsExactly(
            "light routed /pets",
            "light authorized",
            "light method unread",
            "light to the endpoint unread",
            "light from the endpoint unread",
            "light answered unread");
    assertThat(response.body()).isSameAs(answered);
    assertThat(sent.isRead || answered.isRead).isFalse();
  }

  @Test
  void bodiesAreInMemoryForBothOfTwoWhereOneTakesThem() {
    HttpResponse response =
        answer(
            ((ExecutionTraces) (id, stage, request) -> new Listener("light", false))
                .and((id, stage, request) -> new Listener("log", true)));

    assertThat(heard)
        .containsExactly(
            "light routed /pets",
            "log routed /pets",
            "light authorized",
            "log authorized",
            "light method in memory",
            "log method in memory",
            "light to the endpoint in memory",
            "log to the endpoint in memory",
            "light from the endpoint unread",
            "log from the endpoint unread",
            "light content from the backend",
            "log content from the backend",
            "light answered in memory",
            "log answered in memory");
    assertThat(response.body()).isInstanceOf(Body.Buffered.class);
  }

  @Test
  void whoListensIsAskedForEachCallByItsIdAndStage() {
    List<String> asked = new ArrayList<>();

    answer(
        (id, stage, request) -> {
          asked.add(stage.apiId() + "/" + stage.stageName() + " " + request.target());
          return new Listener(id, false);
        });

    assertThat(asked).containsExactly(CaseApi.ID + "/" + CaseApi.STAGE + " /prod/pets");
    assertThat(heard)
        .first()
        .asString()
        .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} routed.*");
  }

  @Test
  void nothingIsMadeOfTwoWhereOneDoesNotListen() {
    ExecutionTrace one = new Listener("one", false);

    assertThat(ExecutionTrace.both(ExecutionTrace.OFF, one)).isSameAs(one);
    assertThat(ExecutionTrace.both(one, ExecutionTrace.OFF)).isSameAs(one);
    assertThat(ExecutionTrace.both(ExecutionTrace.OFF, ExecutionTrace.OFF))
        .isSameAs(ExecutionTrace.OFF);
  }

  private HttpResponse answer(ExecutionTraces traces) {
    CaseApi api = new CaseApi();
    api.api("binaryMediaTypes: [image/png]");
    api.method("POST", "/pets", "{}");
    return TestGateway.of(
            api,
            request -> new UpstreamResponse(200, PNG, answered),
            new Invocations(Clock.systemUTC(), Carrier.UNSHARED, Overruns.UNTOLD, traces))
        .handle(Requests.request("POST", "/pets", PNG, sent));
  }

  private static String state(Body body) {
    return body instanceof Body.Streamed ? "unread" : "in memory";
  }

  private final class Listener implements ExecutionTrace {
    private final String name;
    private final boolean takesBodies;

    Listener(String name, boolean takesBodies) {
      this.name = name;
      this.takesBodies = takesBodies;
    }

    private void hear(String what) {
      heard.add(name + " " + what);
    }

    @Override
    public boolean isOn() {
      return true;
    }

    @Override
    public boolean takesBodies() {
      return takesBodies;
    }

    @Override
    public void routed(MethodMatch match) {
      hear("routed " + match.method().resourcePath());
    }

    @Override
    public void authorized(Caller caller, MethodMatch match) {
      hear("authorized");
    }

    @Override
    public void methodRequest(MethodRequest request, MethodMatch match) {
      hear("method " + state(request.body()));
    }

    @Override
    public void endpointRequest(UpstreamRequest request) {
      hear("to the endpoint " + state(request.body()));
    }

    @Override
    public void endpointResponse(UpstreamResponse response, long nanos) {
      hear("from the endpoint " + state(response.body()));
    }

    @Override
    public void endpointBody(byte[] body) {
      hear("content " + new String(body, StandardCharsets.UTF_8));
    }

    @Override
    public void methodResponse(HttpResponse response) {
      hear("answered " + state(response.body()));
    }

    @Override
    public void failed(GatewayFault fault, HttpResponse response, Invocation invocation) {
      hear("failed " + fault.reason());
    }
  }

  /** Content that may be read once. */
  private static final class Arriving implements Body.Streamed {
    private final byte[] content;
    private boolean isRead;

    Arriving(String content) {
      this.content = content.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public long length() {
      return content.length;
    }

    @Override
    public byte[] readAll(long limit) {
      isRead = true;
      return content;
    }

    @Override
    public byte[] readAll(long limit, long deadlineNanos) {
      return readAll(limit);
    }

    @Override
    public Body gather(long limit, long deadlineNanos) {
      return Body.of(readAll(limit));
    }

    @Override
    public Body gatherText(long limit, long deadlineNanos) {
      return Body.of(readAll(limit));
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(readAll(content.length));
    }

    @Override
    public void discard() {}

    @Override
    public void limitTo(long bytes) {}
  }
}
