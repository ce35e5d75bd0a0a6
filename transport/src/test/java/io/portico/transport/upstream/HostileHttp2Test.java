package io.portico.transport.upstream;

import static io.portico.transport.support.FrameClient.ACK;
import static io.portico.transport.support.FrameClient.CONTINUATION;
import static io.portico.transport.support.FrameClient.DATA;
import static io.portico.transport.support.FrameClient.END_HEADERS;
import static io.portico.transport.support.FrameClient.END_STREAM;
import static io.portico.transport.support.FrameClient.GOAWAY;
import static io.portico.transport.support.FrameClient.HEADERS;
import static io.portico.transport.support.FrameClient.PING;
import static io.portico.transport.support.FrameClient.PRIORITY;
import static io.portico.transport.support.FrameClient.PUSH_PROMISE;
import static io.portico.transport.support.FrameClient.RST_STREAM;
import static io.portico.transport.support.FrameClient.SETTINGS;
import static io.portico.transport.support.FrameClient.WINDOW_UPDATE;
import static io.portico.transport.support.FrameClient.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamException.Reason;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.transport.support.FrameBackend;
import io.portico.transport.support.FrameClient;
import io.portico.transport.support.Http2Backend;
import java.io.ByteArrayOutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Backends that speak HTTP/2 as it must not be spoken: a bad answer ends its stream, what only
 * costs us ends the connection, and calls to an honest backend by the same loop go on.
 */
final class HostileHttp2Test extends Http2Calls {
  private static final int ENHANCE_YOUR_CALM = 11;
  private static final int COMPRESSION_ERROR = 9;
  private static final int PROTOCOL_ERROR = 1;

  private static byte[] status(String... fields) {
    return block(new String[] {":status", "200"}, fields);
  }

  /** Answers that are none. */
  enum BadAnswer {
    NO_STATUS(block(new String[] {"x", "y"})),
    TWO_STATUSES(block(new String[] {":status", "200", ":status", "200"})),
    SHORT_STATUS(block(new String[] {":status", "20"})),
    SIGNED_STATUS(block(new String[] {":status", "+20"})),
    SWITCHING(block(new String[] {":status", "101"})),
    PSEUDO_FIELD_OF_REQUESTS(block(new String[] {":status", "200", ":path", "/"})),
    PSEUDO_FIELD_BEHIND(block(new String[] {"x", "y", ":status", "200"})),
    UPPER_CASE(status("X-Y", "1")),
    NO_NAME(status("", "1")),
    SPACE_IN_NAME(status("x y", "1")),
    LINE_IN_VALUE(status("x", "1\r\ny: 2")),
    NUL_IN_VALUE(status("x", "1\0")),
    SPACE_AT_AN_END(status("x", " 1")),
    CONNECTION(status("connection", "close")),
    TRANSFER_ENCODING(status("transfer-encoding", "chunked")),
    TWO_LENGTHS(status("content-length", "5", "content-length", "5")),
    SIGNED_LENGTH(status("content-length", "+5")),
    TOO_MANY_FIELDS(status(fields(300, "x"))),
    TOO_LONG_FIELDS(status(fields(9, "x".repeat(4000))));

    @SuppressWarnings("ImmutableEnumChecker") // Changed by nobody
    private final byte[] block;

    BadAnswer(byte[] block) {
      this.block = block;
    }

    private static String[] fields(int count, String value) {
      String[] fields = new String[2 * count];
      for (int i = 0; i < count; i++) {
        fields[2 * i] = "x-" + i;
        fields[2 * i + 1] = value;
      }
      return fields;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBadAnswerEndsItsStreamOnly(BadAnswer bad) throws Exception {
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              int stream = connection.next(HEADERS).stream();
              connection.head(0, stream, bad.block).send();
              events.add("reset " + connection.next(RST_STREAM).stream());
              int next = connection.next(HEADERS).stream();
              connection.status(0, next, 200).data(next, "hello").send().next(GOAWAY);
            })) {
      assertThat(failure(() -> get(backend.origin(), "/"))).isEqualTo(Reason.INVALID_RESPONSE);
      assertThat(event()).startsWith("reset ");
      assertThat(text(get(backend.origin(), "/"))).isEqualTo("hello");
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  /** What follows a good head on its stream and makes the answer bad. */
  enum BadContent {
    LONGER_THAN_IT_SAYS {
      @Override
      void add(FrameClient connection, int stream) {
        connection.frame(DATA, 0, stream, new byte[11]);
      }
    },
    SHORTER_THAN_IT_SAYS {
      @Override
      void add(FrameClient connection, int stream) {
        connection.frame(DATA, END_STREAM, stream, new byte[9]);
      }
    },
    SHORTER_BEFORE_TRAILERS {
      @Override
      void add(FrameClient connection, int stream) {
        connection.head(END_STREAM, stream, block(new String[] {"x", "y"}));
      }
    },
    TRAILERS_THAT_DO_NOT_END_IT {
      @Override
      void add(FrameClient connection, int stream) {
        connection.head(0, stream, block(new String[] {"x", "y"}));
      }
    },
    TRAILERS_WITH_A_STATUS {
      @Override
      void add(FrameClient connection, int stream) {
        connection.frame(DATA, 0, stream, new byte[10]).head(END_STREAM, stream, status());
      }
    },
    INTERIM_ANSWER_BEHIND {
      @Override
      void add(FrameClient connection, int stream) {
        connection.status(0, stream, 103);
      }
    },
    NO_WINDOW_FOR_IT {
      @Override
      void add(FrameClient connection, int stream) {
        connection.number(WINDOW_UPDATE, stream, Integer.MAX_VALUE);
      }
    };

    abstract void add(FrameClient connection, int stream);
  }

  @ParameterizedTest
  @EnumSource
  void badContentEndsItsStreamOnly(BadContent bad) throws Exception {
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              int stream = connection.next(HEADERS).stream();
              connection.status(0, stream, 200, "content-length", "10").send();
              // The head goes on its way before the rest comes.
              connection.frame(PING, 0, 0, new byte[8]).send().next(PING);
              bad.add(connection, stream);
              connection.send();
              events.add("reset " + connection.next(RST_STREAM).stream());
              int next = connection.next(HEADERS).stream();
              connection.status(0, next, 200).data(next, "hello").send().next(GOAWAY);
            })) {
      UpstreamResponse response = get(backend.origin(), "/");
      assertThatThrownBy(() -> response.body().readAll(100))
          .isInstanceOfSatisfying(
              UpstreamException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_RESPONSE));
      assertThat(event()).startsWith("reset ");
      assertThat(text(get(backend.origin(), "/"))).isEqualTo("hello");
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  /** What breaks the connection. */
  enum BadConnection {
    ANSWER_NOBODY_ASKED_FOR(PROTOCOL_ERROR) {
      @Override
      void add(FrameClient connection, int open, int round) {
        connection.status(0, 2, 200);
      }
    },
    ANSWER_TO_A_LATER_REQUEST(PROTOCOL_ERROR) {
      @Override
      void add(FrameClient connection, int open, int round) {
        connection.status(0, 77, 200);
      }
    },
    CONTENT_NOBODY_ASKED_FOR(PROTOCOL_ERROR) {
      @Override
      void add(FrameClient connection, int open, int round) {
        connection.frame(DATA, 0, 77, new byte[5]);
      }
    },
    PUSH(PROTOCOL_ERROR) {
      @Override
      void add(FrameClient connection, int open, int round) {
        if (round == 0) {
          String[] request = {":method", "GET", ":scheme", "https", ":path", "/x"};
          ByteArrayOutputStream promise = new ByteArrayOutputStream();
          promise.writeBytes(new byte[] {0, 0, 0, 2});
          promise.writeBytes(block(request));
          connection.frame(PUSH_PROMISE, END_HEADERS, open, promise.toByteArray());
        }
      }
    },
    PUSH_BY_SETTINGS(PROTOCOL_ERROR) {
      @Override
      void add(FrameClient connection, int open, int round) {
        if (round == 0) {
          connection.frame(SETTINGS, 0, 0, new byte[] {0, 2, 0, 0, 0, 1});
        }
      }
    },
    BROKEN_TABLE(COMPRESSION_ERROR) {
      @Override
      void add(FrameClient connection, int open, int round) {
        connection.frame(HEADERS, END_HEADERS, open, (byte) 0xff);
      }
    },
    FAR_TOO_LONG_FIELDS(PROTOCOL_ERROR) {
      @Override
      void add(FrameClient connection, int open, int round) {
        if (round == 0) {
          connection.head(0, open, status("x", "y".repeat(120_000)));
        }
      }
    },
    MANY_SETTINGS(ENHANCE_YOUR_CALM) {
      @Override
      void add(FrameClient connection, int open, int round) {
        connection.frame(SETTINGS, 0, 0);
      }
    },
    MANY_PINGS(ENHANCE_YOUR_CALM) {
      @Override
      void add(FrameClient connection, int open, int round) {
        connection.frame(PING, 0, 0, new byte[8]);
      }
    },
    MANY_PING_ANSWERS(ENHANCE_YOUR_CALM) {
      @Override
      void add(FrameClient connection, int open, int round) {
        connection.frame(PING, ACK, 0, new byte[8]);
      }
    },
    MANY_PRIORITIES(ENHANCE_YOUR_CALM) {
      @Override
      void add(FrameClient connection, int open, int round) {
        connection.frame(PRIORITY, 0, open, new byte[5]);
      }
    },
    MANY_WINDOW_UPDATES(ENHANCE_YOUR_CALM) {
      @Override
      void add(FrameClient connection, int open, int round) {
        connection.number(WINDOW_UPDATE, 0, 1);
      }
    },
    MANY_UNKNOWN_FRAMES(ENHANCE_YOUR_CALM) {
      @Override
      void add(FrameClient connection, int open, int round) {
        connection.frame(99, 0, 0, new byte[3]);
      }
    },
    MANY_RESETS_OF_ENDED_STREAMS(ENHANCE_YOUR_CALM) {
      @Override
      void add(FrameClient connection, int open, int round) {
        connection.number(RST_STREAM, open - 2, 8);
      }
    },
    CONTENT_OF_AN_ENDED_STREAM(ENHANCE_YOUR_CALM) {
      @Override
      void add(FrameClient connection, int open, int round) {
        connection.frame(DATA, 0, open - 2, new byte[100]);
      }
    },
    MANY_EMPTY_PIECES(ENHANCE_YOUR_CALM) {
      @Override
      void add(FrameClient connection, int open, int round) {
        if (round == 0) {
          connection.status(0, open, 200);
        }
        connection.frame(DATA, 0, open);
      }
    },
    FIELDS_THAT_NEVER_END(ENHANCE_YOUR_CALM) {
      @Override
      void add(FrameClient connection, int open, int round) {
        if (round == 0) {
          connection.frame(HEADERS, 0, open, status());
        }
        connection.frame(CONTINUATION, 0, open);
      }
    };

    private final int reason;

    BadConnection(int reason) {
      this.reason = reason;
    }

    /** One of what is too much by the two hundredth, while a call is open. */
    abstract void add(FrameClient connection, int open, int round);
  }

  @ParameterizedTest
  @EnumSource
  void whatOnlyCostsUsEndsTheConnection(BadConnection bad) throws Exception {
    try (Http2Backend honest = new Http2Backend(100, 0);
        FrameBackend backend =
            new FrameBackend(
                (connection, _) -> {
                  connection.welcome();
                  connection.status(END_STREAM, connection.next(HEADERS).stream(), 204).send();
                  int open = connection.next(HEADERS).stream();
                  for (int round = 0; round < 200; round++) {
                    bad.add(connection, open, round);
                  }
                  try {
                    connection.send();
                  } catch (SocketException e) {
                    // Closed before it has read all; what it has said can be read still.
                  }
                  events.add("goodbye " + connection.next(GOAWAY).number(4));
                })) {
      assertThat(get(backend.origin(), "/").status()).isEqualTo(204);
      CompletableFuture<String> attacked = async(backend.origin(), "POST", "/", LONG);
      for (int i = 0; i < 20; i++) {
        assertThat(get(honest.origin(), "/").status()).isEqualTo(200);
      }

      assertThat(outcome(attacked)).isEqualTo("INVALID_RESPONSE");
      assertThat(event()).isEqualTo("goodbye " + bad.reason);
      assertThat(get(honest.origin(), "/").status()).isEqualTo(200);
      assertThat(honest.connections()).isEqualTo(1);
    }
  }

  @Test
  void aFloodOfInterimAnswersEndsTheStream() throws Exception {
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              int stream = connection.next(HEADERS).stream();
              for (int i = 0; i < 17; i++) {
                connection.status(0, stream, 103);
              }
              events.add("reset " + connection.send().next(RST_STREAM).number(0));
              connection.next(GOAWAY);
            })) {
      assertThat(failure(() -> get(backend.origin(), "/"))).isEqualTo(Reason.INVALID_RESPONSE);
      assertThat(event()).isEqualTo("reset " + PROTOCOL_ERROR);
    }
  }

  @Test
  void aBombOfFieldsIsNeverUnpacked() throws Exception {
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              int stream = connection.next(HEADERS).stream();
              // One field of 4,000 bytes goes into the table, and 4,000 references make 16 MB.
              ByteArrayOutputStream bomb = new ByteArrayOutputStream();
              bomb.writeBytes(status());
              bomb.write(0x40);
              byte[] field = block(new String[] {"x", "y".repeat(4000)});
              bomb.write(field, 1, field.length - 1);
              for (int i = 0; i < 4000; i++) {
                bomb.write(0xbe);
              }
              connection.head(END_STREAM, stream, bomb.toByteArray()).send();
              connection.next(GOAWAY);
            })) {
      assertThat(failure(() -> get(backend.origin(), "/"))).isEqualTo(Reason.INVALID_RESPONSE);
    }
  }

  @Test
  void aBackendThatResetsEveryStreamIsLeftByNobodyButItsCallers() throws Exception {
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              while (true) {
                connection.number(RST_STREAM, connection.next(HEADERS).stream(), 2).send();
              }
            })) {
      // Each of them was asked for: far more than a flood is allowed.
      for (int i = 0; i < 100; i++) {
        assertThat(failure(() -> get(backend.origin(), "/"))).isEqualTo(Reason.CONNECTION_LOST);
      }
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void whoTakesNoCallsIsNotConnectedToOverAndOver() throws Exception {
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome(new byte[] {0, 3, 0, 0, 0, 0});
              connection.next(HEADERS);
            })) {
      assertThat(failure(() -> get(backend.origin(), "/"))).isEqualTo(Reason.CONNECTION_LOST);
      assertThat(backend.connections()).isEqualTo(1);
    }
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection.welcome();
              connection.frame(GOAWAY, 0, 0, new byte[8]).send().next(HEADERS);
            })) {
      assertThat(failure(() -> get(backend.origin(), "/"))).isEqualTo(Reason.CONNECTION_LOST);
      assertThat(backend.connections()).isEqualTo(4);
    }
  }

  @Test
  void whoSpeaksHttp11AfterChoosingHttp2IsRefused() throws Exception {
    try (FrameBackend backend =
        new FrameBackend(
            (connection, _) -> {
              connection
                  .bytes("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                  .send();
              connection.next(GOAWAY);
            })) {
      assertThat(failure(() -> get(backend.origin(), "/"))).isEqualTo(Reason.INVALID_RESPONSE);
    }
  }
}
