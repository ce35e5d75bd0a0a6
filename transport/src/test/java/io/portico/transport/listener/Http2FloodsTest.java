package io.portico.transport.listener;

import static io.portico.transport.support.Eventually.eventually;
import static io.portico.transport.support.FrameClient.CONTINUATION;
import static io.portico.transport.support.FrameClient.DATA;
import static io.portico.transport.support.FrameClient.END_HEADERS;
import static io.portico.transport.support.FrameClient.END_STREAM;
import static io.portico.transport.support.FrameClient.GOAWAY;
import static io.portico.transport.support.FrameClient.HEADERS;
import static io.portico.transport.support.FrameClient.PING;
import static io.portico.transport.support.FrameClient.PRIORITY;
import static io.portico.transport.support.FrameClient.RST_STREAM;
import static io.portico.transport.support.FrameClient.SETTINGS;
import static io.portico.transport.support.FrameClient.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.HttpHandler;
import io.portico.transport.support.Answers;
import io.portico.transport.support.Certificates;
import io.portico.transport.support.FrameClient;
import io.portico.transport.support.FrameClient.Frame;
import io.portico.transport.support.Interruption;
import io.portico.transport.support.Transport;
import io.portico.transport.tls.ServerTls;
import io.portico.transport.tls.TlsLibrary;
import io.portico.transport.wire.Http2Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients that send what costs us and nothing else. One event loop serves the attacker and an
 * honest client, which is answered before, meanwhile and afterwards.
 */
final class Http2FloodsTest {
  private static final int ENHANCE_YOUR_CALM = 11;
  private static final int REFUSED_STREAM = 7;
  private static final int CANCEL = 8;
  private static final Duration SHORT = Duration.ofMillis(300);

  /** In which whoever connects has greeted, also on a busy machine. */
  private static final Duration FAIR = Duration.ofSeconds(2);

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Http2Limits LIMITS = new Http2Limits(8, 20, 50);

  private final Transport transport = new Transport(Transport.Mode.BEST, 1, config -> config);
  private final AtomicInteger started = new AtomicInteger();
  private final BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
  private @Nullable ServerTls tls;
  private HttpListener listener;
  private FrameClient honest;
  private int honestStream = 1;

  private final HttpHandler handler =
      request -> {
        if (request.target().equals("/wait")) {
          started.incrementAndGet();
          interrupted.add(Interruption.awaited());
        }
        try {
          return Answers.text("read " + request.body().readAll(1_000_000).length);
        } catch (IOException e) {
          return Answers.text(599, "unreadable");
        }
      };

  @BeforeEach
  void listen() throws IOException {
    listen(LONG, LONG);
  }

  private void listen(Duration header, Duration body) throws IOException {
    ListenerConfig config = Transport.patient();
    listener =
        transport.listen(
            new ListenerConfig(
                config.address(),
                config.limits(),
                header,
                body,
                LONG,
                Duration.ofSeconds(2),
                100,
                0,
                LIMITS),
            handler,
            tls);
    honest = greeting();
    honestIsAnswered();
  }

  @AfterEach
  void close() throws IOException {
    honest.close();
    transport.close();
    if (tls != null) {
      tls.close();
    }
  }

  private FrameClient greeting() throws IOException {
    if (tls == null) {
      return FrameClient.greeting(address());
    }
    FrameClient encrypted =
        new FrameClient(Certificates.connectHttp2(Certificates.client(), address()));
    encrypted.greet();
    return encrypted;
  }

  private InetSocketAddress address() {
    return listener.address();
  }

  private void honestIsAnswered() throws IOException {
    honest.post(honestStream, "/").frame(DATA, END_STREAM, honestStream, new byte[5]);
    assertThat(honest.send().answer(honestStream).body()).isEqualTo("read 5");
    honestStream += 2;
  }

  /** What an attacker sends over and over. */
  enum Flood {
    PINGS {
      @Override
      void add(FrameClient client, int round) {
        client.frame(PING, 0, 0, new byte[8]);
      }
    },
    SETTINGS_FRAMES {
      @Override
      void add(FrameClient client, int round) {
        client.frame(SETTINGS, 0, 0);
      }
    },
    PRIORITIES {
      @Override
      void add(FrameClient client, int round) {
        client.frame(PRIORITY, 0, 2 * round + 1, new byte[5]);
      }
    },
    WINDOW_UPDATES {
      @Override
      void add(FrameClient client, int round) {
        client.number(WINDOW_UPDATE, 0, 1);
      }
    },
    EMPTY_DATA {
      @Override
      void add(FrameClient client, int round) {
        if (round == 0) {
          client.post(1, "/");
        }
        client.frame(DATA, 0, 1);
      }
    },
    PADDING {
      @Override
      void add(FrameClient client, int round) {
        if (round == 0) {
          client.post(1, "/");
        }
        byte[] padding = new byte[256];
        padding[0] = (byte) 255;
        client.frame(DATA, 8, 1, padding);
      }
    },
    CONTINUATIONS {
      @Override
      void add(FrameClient client, int round) {
        if (round == 0) {
          client.frame(HEADERS, END_STREAM, 1, FrameClient.block(FrameClient.usual("GET", "/")));
        }
        client.frame(CONTINUATION, 0, 1);
      }
    },
    CONTINUATIONS_WITH_FIELDS {
      @Override
      void add(FrameClient client, int round) {
        if (round == 0) {
          client.frame(HEADERS, END_STREAM, 1, FrameClient.block(FrameClient.usual("GET", "/")));
        }
        String[] field = {"x-" + round, "y".repeat(1_000)};
        client.frame(CONTINUATION, 0, 1, FrameClient.block(field));
      }
    },
    UNKNOWN_FRAMES {
      @Override
      void add(FrameClient client, int round) {
        client.frame(99, 0, 0, new byte[3]);
      }
    },
    RAPID_RESETS {
      @Override
      void add(FrameClient client, int round) {
        client.get(2 * round + 1, "/wait").number(RST_STREAM, 2 * round + 1, CANCEL);
      }
    },
    BROKEN_REQUESTS {
      @Override
      void add(FrameClient client, int round) {
        client.head(END_STREAM, 2 * round + 1, FrameClient.block(new String[] {":method", "GET"}));
      }
    },
    OVERFLOWING_WINDOWS {
      @Override
      void add(FrameClient client, int round) {
        int stream = 2 * round + 1;
        client.get(stream, "/wait").number(WINDOW_UPDATE, stream, Integer.MAX_VALUE);
      }
    };

    abstract void add(FrameClient client, int round);
  }

  @ParameterizedTest
  @EnumSource(Flood.class)
  void aFloodEndsTheConnectionAndHarmsNobodyElse(Flood flood) throws Exception {
    isRefused(flood);
  }

  @ParameterizedTest
  @EnumSource(Flood.class)
  void aFloodByTlsDoesSoToo(Flood flood) throws Exception {
    honest.close();
    tls = Certificates.tls(TlsLibrary.best());
    listen(LONG, LONG);

    isRefused(flood);
  }

  private void isRefused(Flood flood) throws Exception {
    try (FrameClient attacker = greeting()) {
      attackUntilRefused(attacker, flood);

      assertThat(goodbye(attacker)).isEqualTo(ENHANCE_YOUR_CALM);
    }
    eventually("only the honest one is left", () -> listener.connections() == 1);
    for (int i = started.get(); i > 0; i--) {
      assertThat(interrupted.poll(20, TimeUnit.SECONDS)).isTrue();
    }
    honestIsAnswered();
  }

  private void attackUntilRefused(FrameClient attacker, Flood flood) throws IOException {
    for (int round = 0; round < 2000; round++) {
      flood.add(attacker, round);
      if (round % 50 == 49) {
        boolean refused = !sends(attacker);
        honestIsAnswered();
        if (refused) {
          return;
        }
      }
    }
  }

  /** False where the other side has closed; what it said before can still be read. */
  private static boolean sends(FrameClient attacker) throws IOException {
    try {
      attacker.send();
      return true;
    } catch (SocketException _) {
      return false;
    }
  }

  /** The reason of the server's last word. */
  private static int goodbye(FrameClient client) throws IOException {
    return client.next(GOAWAY).number(4);
  }

  @Test
  void aFewOfEachInTimeAreNoFlood() throws Exception {
    try (FrameClient client = greeting()) {
      for (int i = 0; i < 10; i++) {
        client.frame(PING, 0, 0, new byte[8]).number(WINDOW_UPDATE, 0, 1);
        client.get(2 * i + 1, "/wait").number(RST_STREAM, 2 * i + 1, CANCEL);
      }
      assertThat(client.get(99, "/").send().answer(99).body()).isEqualTo("read 0");
    }
  }

  @Test
  void refusesMoreRequestsAtOnceThanAllowed() throws Exception {
    try (FrameClient client = greeting()) {
      for (int i = 0; i < 9; i++) {
        client.get(2 * i + 1, "/wait");
      }
      Frame refused = client.send().next(RST_STREAM);
      assertThat(refused.stream()).isEqualTo(17);
      assertThat(refused.number(0)).isEqualTo(REFUSED_STREAM);
      honestIsAnswered();
    }
    for (int i = 0; i < 8; i++) {
      assertThat(interrupted.poll(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(started).hasValue(8);
  }

  @Test
  void aBombOfHeadersIsNeverUnpacked() throws Exception {
    try (FrameClient attacker = greeting()) {
      // One field of 4,000 bytes goes into the table, and 4,000 references to it make 16 MB.
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      block.writeBytes(FrameClient.block(FrameClient.usual("GET", "/")));
      block.write(0x40);
      byte[] field = FrameClient.block(new String[] {"x", "y".repeat(4000)});
      block.write(field, 1, field.length - 1);
      for (int i = 0; i < 4000; i++) {
        block.write(0xbe);
      }
      attacker.head(END_STREAM, 1, block.toByteArray()).send();
      Frame answer = attacker.next(HEADERS);
      assertThat(attacker.fields(answer).status()).hasToString("431");
      honestIsAnswered();
    }
  }

  @Test
  void headersThatNeverEndRunIntoTheirTime() throws Exception {
    listen(FAIR, SHORT);
    List<FrameClient> attackers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      attackers.add(greeting());
    }
    byte[] block = FrameClient.block(FrameClient.usual("GET", "/"));
    attackers.get(0).frame(HEADERS, END_STREAM, 1, block).send();
    attackers.get(1).header(100, HEADERS, END_STREAM | END_HEADERS, 1).send();
    attackers.get(2).bytes(new byte[] {0, 0}).send();
    for (FrameClient attacker : attackers) {
      assertThat(goodbye(attacker)).isEqualTo(ENHANCE_YOUR_CALM);
      attacker.close();
    }
    honestIsAnswered();
  }

  @Test
  void contentThatDoesNotGoOnIsAnswered408() throws Exception {
    listen(FAIR, SHORT);
    try (FrameClient client = greeting()) {
      client.post(1, "/").frame(DATA, 0, 1, new byte[3]);
      assertThat(client.send().answer(1).status()).isEqualTo(408);
      assertThat(client.get(3, "/").send().answer(3).status()).isEqualTo(200);
      honestIsAnswered();
    }
  }

  @Test
  void anAnswerThatNobodyTakesIsReset() throws Exception {
    listen(FAIR, SHORT);
    try (FrameClient client = greeting()) {
      client.frame(SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 0, 0}).get(1, "/");
      Frame reset = client.send().next(RST_STREAM);
      assertThat(reset.stream()).isEqualTo(1);
      honestIsAnswered();
    }
  }

  @Test
  void aClientThatReadsNothingIsGivenUp() throws Exception {
    listen(FAIR, SHORT);
    HttpListener big =
        transport.listen(
            new ListenerConfig(
                Transport.patient().address(),
                Transport.patient().limits(),
                LONG,
                SHORT,
                LONG,
                SHORT,
                100,
                0,
                LIMITS),
            _ -> Answers.bytes(new byte[30_000_000]));
    try (FrameClient client = FrameClient.greeting(big.address())) {
      client.number(WINDOW_UPDATE, 0, 1_000_000_000).get(1, "/");
      client.number(WINDOW_UPDATE, 1, 1_000_000_000).send();
      eventually("the connection is given up", () -> big.connections() == 0);
      honestIsAnswered();
    }
  }

  @Test
  void connectionsBeyondTheMostAreClosedAndOthersAnswered() throws Exception {
    List<FrameClient> attackers = new ArrayList<>();
    for (int i = 0; i < 99; i++) {
      attackers.add(greeting());
    }
    try (java.net.Socket beyond = new java.net.Socket()) {
      beyond.connect(address());
      beyond.setSoTimeout(20_000);
      assertThat(beyond.getInputStream().read()).isNegative();
    }
    honestIsAnswered();
    attackers.getFirst().close();
    eventually("there is room again", () -> listener.connections() < 100);
    try (FrameClient late = greeting()) {
      assertThat(late.get(1, "/").send().answer(1).status()).isEqualTo(200);
    }
    for (FrameClient attacker : attackers) {
      attacker.close();
    }
  }
}
