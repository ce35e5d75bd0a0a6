package io.portico.transport.upstream;

import static io.portico.transport.support.Eventually.eventually;
import static io.portico.transport.support.FrameClient.DATA;
import static io.portico.transport.support.FrameClient.END_STREAM;
import static io.portico.transport.support.FrameClient.GOAWAY;
import static io.portico.transport.support.FrameClient.HEADERS;
import static io.portico.transport.support.FrameClient.PING;
import static io.portico.transport.support.FrameClient.RST_STREAM;
import static io.portico.transport.support.FrameClient.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.UpstreamException.Reason;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.transport.support.FrameBackend;
import io.portico.transport.support.FrameClient;
import io.portico.transport.support.FrameClient.Frame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that share a connection: what is read, and what is sent again when it is refused. */
final class Http2CallsTest extends Http2Calls {
  private static final int NO_ERROR = 0;
  private static final int INTERNAL_ERROR = 2;
  private static final int REFUSED_STREAM = 7;

  /** SETTINGS_MAX_CONCURRENT_STREAMS of one. */
  private static final byte[] ONE_AT_ONCE = {0, 3, 0, 0, 0, 1};

  @Test
  void tellsItsSettingsAndTakesNoPushes() throws Exception {
    BlockingQueue<Frame> told = new LinkedBlockingQueue<>();
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              told.add(connection.welcome());
              answer(connection, connection.next(HEADERS).stream(), "hello");
              connection.send().next(GOAWAY);
            })) {
      assertThat(text(get(backend.origin(), "/"))).isEqualTo("hello");

      byte[] settings = told.take().payload();
      List<String> pairs = new ArrayList<>();
      for (int i = 0; i < settings.length; i += 6) {
        pairs.add(settings[i + 1] + "=" + new Frame(0, 0, 0, settings).number(i + 2));
      }
      // ENABLE_PUSH, INITIAL_WINDOW_SIZE, MAX_HEADER_LIST_SIZE
      assertThat(pairs).containsExactlyInAnyOrder("2=0", "4=262144", "6=55808");
    }
  }

  @Test
  void ignoresInterimAnswersAndTrailers() throws Exception {
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              int stream = connection.next(HEADERS).stream();
              connection.status(0, stream, 100).status(0, stream, 103, "link", "x").send();
              connection.status(0, stream, 200, "content-length", "5", "set-cookie", "a");
              connection.frame(DATA, 0, stream, "hello".getBytes(StandardCharsets.US_ASCII));
              connection.head(
                  END_STREAM, stream, FrameClient.block(new String[] {"x-trailer", "1"}));
              connection.send().next(GOAWAY);
            })) {
      UpstreamResponse response = get(backend.origin(), "/");
      assertThat(response.headers().toString()).isEqualTo("content-length: 5\nset-cookie: a\n");
      assertThat(text(response)).isEqualTo("hello");
    }
  }

  @Test
  void readsNoBodyWhereThereIsNone() throws Exception {
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              int head = connection.next(HEADERS).stream();
              connection.status(END_STREAM, head, 200, "content-length", "5").send();
              int late = connection.next(HEADERS).stream();
              connection.status(0, late, 304, "content-length", "5").send();
              connection.frame(DATA, END_STREAM, late).send();
              connection.status(END_STREAM, connection.next(HEADERS).stream(), 204).send();
              connection.next(GOAWAY);
            })) {
      UpstreamResponse head = send(backend.origin(), "HEAD", "/", Body.EMPTY, LONG);
      assertThat(head.body()).isEqualTo(Body.EMPTY);
      assertThat(head.headers().first("content-length")).isEqualTo("5");
      assertThat(get(backend.origin(), "/").body()).isEqualTo(Body.EMPTY);
      assertThat(get(backend.origin(), "/").status()).isEqualTo(204);
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void answersComeInAnyOrder() throws Exception {
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              List<Frame> heads = new ArrayList<>();
              for (int i = 0; i < 20; i++) {
                heads.add(connection.next(HEADERS));
              }
              List<String> paths = heads.stream().map(head -> path(connection, head)).toList();
              for (int i = 19; i >= 0; i--) {
                connection.status(0, heads.get(i).stream(), 200);
              }
              for (int i = 0; i < 20; i += 2) {
                connection.data(heads.get(i).stream(), paths.get(i));
              }
              for (int i = 1; i < 20; i += 2) {
                connection.data(heads.get(i).stream(), paths.get(i));
              }
              connection.send().next(GOAWAY);
            })) {
      List<CompletableFuture<String>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        calls.add(async(backend.origin(), "/" + i));
      }
      for (int i = 0; i < 20; i++) {
        assertThat(outcome(calls.get(i))).isEqualTo("/" + i);
      }
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void whatABackendThatLeavesHasNotBegunIsSentToAnotherConnection(String method) throws Exception {
    try (FrameBackend backend =
        new FrameBackend(
            (connection, number) -> {
              connection.welcome();
              Frame first = connection.next(HEADERS);
              if (number == 1) {
                Frame second = connection.next(HEADERS);
                String begun = path(connection, first);
                events.add(begun);
                events.add(path(connection, second));
                connection.frame(
                    GOAWAY, 0, 0, new byte[] {0, 0, 0, (byte) first.stream(), 0, 0, 0, 0});
                connection.send();
                assertThat(events.poll()).isNotNull();
                answer(connection, first.stream(), "finished " + begun);
                connection.send();
                events.add("end " + connection.next());
              } else {
                answer(connection, first.stream(), "again " + path(connection, first));
                connection.send().next(GOAWAY);
              }
            })) {
      CompletableFuture<String> one = async(backend.origin(), method, "/1", LONG);
      CompletableFuture<String> two = async(backend.origin(), method, "/2", LONG);

      assertThat(List.of(outcome(one), outcome(two)))
          .satisfiesAnyOf(
              both -> assertThat(both).isEqualTo(List.of("finished /1", "again /2")),
              both -> assertThat(both).isEqualTo(List.of("again /1", "finished /2")));
      eventually("the first connection ends", () -> events.contains("end null"));
      assertThat(backend.connections()).isEqualTo(2);
    }
  }

  @Test
  void aBackendThatIsAboutToLeaveGetsNoFurtherCalls() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    try (FrameBackend backend =
        new FrameBackend(
            (connection, number) -> {
              connection.welcome();
              int stream = connection.next(HEADERS).stream();
              if (number == 1) {
                byte[] anyStream = {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0, 0, 0, 0};
                connection.frame(GOAWAY, 0, 0, anyStream).frame(PING, 0, 0, new byte[8]).send();
                connection.next(PING);
                events.add("told");
                await(second);
              }
              answer(connection, stream, "from " + number);
              connection.send();
              events.add("end " + connection.next());
            })) {
      CompletableFuture<String> first = async(backend.origin(), "/");
      assertThat(event()).isEqualTo("told");

      assertThat(text(get(backend.origin(), "/"))).isEqualTo("from 2");
      second.countDown();

      assertThat(outcome(first)).isEqualTo("from 1");
      assertThat(event()).isEqualTo("end null");
    }
  }

  @Test
  void aRefusedStreamIsSentAgainWhateverItsMethod() throws Exception {
    AtomicInteger refusals = new AtomicInteger();
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              while (true) {
                int stream = connection.next(HEADERS).stream();
                if (refusals.incrementAndGet() <= 3) {
                  connection.number(RST_STREAM, stream, REFUSED_STREAM).send();
                } else {
                  answer(connection, stream, "at last");
                  connection.send();
                }
              }
            })) {
      assertThat(text(send(backend.origin(), "POST", "/", Body.of("x"), LONG)))
          .isEqualTo("at last");
      assertThat(refusals).hasValue(4);
    }
  }

  @Test
  void whoRefusesEveryStreamIsNotAskedForEver() throws Exception {
    AtomicInteger refusals = new AtomicInteger();
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              while (true) {
                int stream = connection.next(HEADERS).stream();
                refusals.incrementAndGet();
                connection.number(RST_STREAM, stream, REFUSED_STREAM).send();
              }
            })) {
      assertThat(failure(() -> get(backend.origin(), "/"))).isEqualTo(Reason.CONNECTION_LOST);
      assertThat(refusals).hasValue(4);
    }
  }

  @Test
  void aStreamThatIsResetIsNotSentAgainAndLeavesTheOthersAlone() throws Exception {
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              while (true) {
                Frame head = connection.next(HEADERS);
                String path = path(connection, head);
                events.add(path);
                if (path.equals("/good")) {
                  answer(connection, head.stream(), "hello");
                } else if (path.equals("/begun")) {
                  connection
                      .status(0, head.stream(), 200)
                      .frame(DATA, 0, head.stream(), new byte[9])
                      .number(RST_STREAM, head.stream(), NO_ERROR);
                } else {
                  connection.number(RST_STREAM, head.stream(), INTERNAL_ERROR);
                }
                connection.send();
              }
            })) {
      assertThat(outcome(async(backend.origin(), "/good"))).isEqualTo("hello");
      assertThat(outcome(async(backend.origin(), "/bad"))).isEqualTo("CONNECTION_LOST");
      assertThat(outcome(async(backend.origin(), "/begun"))).isEqualTo("CONNECTION_LOST");
      assertThat(outcome(async(backend.origin(), "/good"))).isEqualTo("hello");
      assertThat(events).containsExactly("/good", "/bad", "/begun", "/good");
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void repeatsAnIdempotentRequestOnceWhenAnIdleConnectionWasClosed() throws Exception {
    try (FrameBackend backend =
        new FrameBackend(
            (connection, number) -> {
              connection.welcome();
              answer(connection, connection.next(HEADERS).stream(), "from " + number);
              connection.send();
              connection.next(HEADERS);
            })) {
      assertThat(text(get(backend.origin(), "/"))).isEqualTo("from 1");
      assertThat(text(get(backend.origin(), "/"))).isEqualTo("from 2");
      assertThat(failure(() -> send(backend.origin(), "POST", "/", Body.EMPTY, LONG)))
          .isEqualTo(Reason.CONNECTION_LOST);
      assertThat(backend.connections()).isEqualTo(2);
    }
  }

  @Test
  void sendsAsManyAtOnceAsTheBackendSaysNow() throws Exception {
    CountDownLatch more = new CountDownLatch(1);
    configured(
        c ->
            new UpstreamConfig(
                c.limits(),
                c.connectTimeout(),
                c.tlsTimeout(),
                c.idleTimeout(),
                1,
                9,
                c.trust(),
                HTTP_2));
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome(ONE_AT_ONCE);
              int first = connection.next(HEADERS).stream();
              connection.frame(PING, 0, 0, new byte[8]).send().next(PING);
              events.add("one");
              await(more);
              connection.frame(SETTINGS, 0, 0, new byte[] {0, 3, 0, 0, 0, 2}).send();
              answer(connection, connection.next(HEADERS).stream(), "hello");
              answer(connection, first, "hello");
              connection.send().next(GOAWAY);
            })) {
      CompletableFuture<String> first = async(backend.origin(), "/");
      CompletableFuture<String> second = async(backend.origin(), "/");
      assertThat(event()).isEqualTo("one");

      more.countDown();

      assertThat(outcome(first)).isEqualTo("hello");
      assertThat(outcome(second)).isEqualTo("hello");
    }
  }
}
