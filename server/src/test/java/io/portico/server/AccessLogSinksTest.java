package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Where access logs go, by configuration, from a listener to the file or delivery stream; and that
 * one that is stuck costs no call more than the configuration says.
 */
@Timeout(180)
final class AccessLogSinksTest {
  private static final String STREAM =
      "arn:aws:firehose:eu-west-1:000000000000:deliverystream/amazon-apigateway-calls";

  private static final String DROPPED = "portico_accesslog_dropped_total";
  private static final String WRITTEN = "portico_accesslog_lines_total";
  private static final String OF_STREAMS = "sink=\"firehose\"";

  /** Lines of more than a hundred thousand characters, of which few fit into memory. */
  private static final String LONG_FORMAT = "$context.requestId" + " $context.path".repeat(30);

  private static final int MOST_WAITING = 16_384;
  private static final int MEGABYTE = 1024 * 1024;

  @TempDir Path folder;

  private final AtomicInteger heard = new AtomicInteger();
  private final HeardBackend backend =
      HeardBackend.answering(
          call -> {
            heard.incrementAndGet();
            return new HeardBackend.Reply(200, "well");
          });

  /** What the delivery stream has taken. */
  private final List<String> delivered = new CopyOnWriteArrayList<>();

  private final CountDownLatch letGo = new CountDownLatch(1);

  @AfterEach
  void end() {
    letGo.countDown();
    backend.close();
  }

  private PassingGateway gateway(Map<String, String> settings, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("PORTICO_ACCESS_LOG_FILE", file().toString());
    return new PassingGateway(folder.resolve("data"), all, environment, Clock.systemUTC());
  }

  private Path file() {
    return folder.resolve("access.log");
  }

  /** Takes records as Firehose does. */
  private HeardBackend.Reply taken(HeardBackend.Call call) {
    JsonNode input = Json.parse(call.body());
    if (!call.header("X-amz-target").equals("Firehose_20150804.PutRecordBatch")
        || !call.header("Content-type").equals("application/x-amz-json-1.1")
        || !call.header("Authorization").contains("/eu-west-1/firehose/aws4_request, ")
        || !input.path("DeliveryStreamName").asString().equals("amazon-apigateway-calls")) {
      return new HeardBackend.Reply(400, "{\"__type\": \"InvalidArgumentException\"}");
    }
    List<String> lines = new ArrayList<>();
    for (JsonNode record : input.path("Records")) {
      lines.add(new String(Base64.getDecoder().decode(record.path("Data").asString()), UTF_8));
    }
    delivered.addAll(lines);
    return new HeardBackend.Reply(
        200,
        Json.text(
            Json.object()
                .put("FailedPutCount", 0)
                .set("RequestResponses", Json.array().addAll(responses(lines.size())))));
  }

  private static List<JsonNode> responses(int number) {
    return IntStream.range(0, number)
        .<JsonNode>mapToObj(i -> Json.object().put("RecordId", "record-" + i))
        .toList();
  }

  /** Answers nobody until it is let go. */
  private HeardBackend.Reply stuck(HeardBackend.Call call) {
    try {
      letGo.await();
    } catch (InterruptedException e) {
      return new HeardBackend.Reply(500, "it ends");
    }
    return taken(call);
  }

  private static Map<String, String> firehose(HeardBackend server) {
    return Map.of("AWS_ENDPOINT_URL_FIREHOSE", server.url());
  }

  /** A path, by a number. */
  private static String path(int number) {
    return "/" + number + "-" + "x".repeat(4_000);
  }

  private static List<String> ids(Stream<String> lines) {
    return lines.map(line -> line.split(" ", 2)[0]).toList();
  }

  /** Nothing where there is none, as while a file is rotated. */
  private static String firstLine(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst().orElse("");
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  /** The length of a line, once one is written. */
  private int length() throws Exception {
    PassingGateway.until(
        "a line is written", () -> Files.exists(file()) && Files.size(file()) > MOST_WAITING);
    return firstLine(file()).length();
  }

  /** Which lines the file has, once it has all of those. */
  private List<String> inFile(int number) throws Exception {
    PassingGateway.until("all is in the file", () -> lines().size() == number);
    return ids(lines().stream());
  }

  /** Those of the file; one that is still being written is none yet. */
  private List<String> lines() throws IOException {
    String written = Files.readString(file());
    return written.substring(0, written.lastIndexOf('\n') + 1).lines().toList();
  }

  @Test
  void aFileIsRotatedAndAsManyAreKeptAsTheConfigurationSays() throws Exception {
    Path one = folder.resolve("access.log.1");
    try (PassingGateway gateway =
        gateway(
            Map.of("PORTICO_ACCESS_LOG_MAX_SIZE", "1", "PORTICO_ACCESS_LOG_MAX_FILES", "1"),
            Map.of())) {
      PassingGateway.Api api = gateway.api("rotated", backend);
      gateway.log(api, "arn:aws:logs:us-east-1:000000000000:log-group:rotated", LONG_FORMAT);
      callUntil(gateway, api, () -> !firstLine(one).isEmpty());
      List<String> first = List.of("", firstLine(one));
      callUntil(gateway, api, () -> !first.contains(firstLine(one)));
    }

    assertThat(Files.size(one)).isGreaterThanOrEqualTo(MEGABYTE);
    assertThat(firstLine(file())).endsWith("x");
    assertThat(folder.resolve("access.log.2")).doesNotExist();
  }

  private static void callUntil(
      PassingGateway gateway, PassingGateway.Api api, Callable<Boolean> end) throws Exception {
    PassingGateway.until(
        "it is rotated",
        () -> {
          assertThat(gateway.call(api, path(0))).isEqualTo(200);
          return end.call();
        });
  }

  @Test
  void aStagesDeliveryStreamIsPutItsLines() throws Exception {
    try (HeardBackend streams = HeardBackend.answering(this::taken);
        PassingGateway gateway = gateway(Map.of(), firehose(streams))) {
      PassingGateway.Api api = gateway.api("streamed", backend);
      gateway.log(api, STREAM, "$context.status $context.path");
      assertThat(gateway.call(api, "/pets")).isEqualTo(200);
      assertThat(gateway.call(api, "/toys")).isEqualTo(200);
      PassingGateway.until("both lines are put", () -> delivered.size() == 2);

      assertThat(delivered).containsExactly("200 /prod/pets\n", "200 /prod/toys\n");
      PassingGateway.until("both are counted", () -> gateway.meter(WRITTEN, OF_STREAMS) == 2);
      assertThat(gateway.meter(DROPPED, OF_STREAMS)).isZero();
      PassingGateway.until("both are in the file", () -> lines().size() == 2);
      assertThat(lines()).containsExactly("200 /prod/pets", "200 /prod/toys");
    }
  }

  @Test
  void whatAStreamThatIsStuckHasNoRoomForIsDropped() throws Exception {
    try (HeardBackend streams = HeardBackend.answering(this::stuck);
        PassingGateway gateway =
            gateway(Map.of("PORTICO_ACCESS_LOG_WHEN_FULL", "drop"), firehose(streams))) {
      PassingGateway.Api api = gateway.api("dropped", backend);
      gateway.log(api, STREAM, LONG_FORMAT);
      AtomicInteger calls = new AtomicInteger();
      PassingGateway.until(
          "some are dropped",
          () -> {
            assertThat(gateway.call(api, path(calls.incrementAndGet()))).isEqualTo(200);
            return gateway.meter(DROPPED, OF_STREAMS) > 0;
          });
      letGo.countDown();

      PassingGateway.until(
          "each is written or dropped",
          () ->
              gateway.meter(WRITTEN, OF_STREAMS) + gateway.meter(DROPPED, OF_STREAMS)
                  == calls.get());
      assertThat(inFile(calls.get())).containsAll(ids(delivered.stream()));
      assertThat(gateway.meter(DROPPED, "sink=\"file\"")).isZero();
    }
  }

  @Test
  void whereAStreamIsStuckCallsWaitForRoomAndNoLineIsLost() throws Exception {
    try (HeardBackend streams = HeardBackend.answering(this::stuck);
        PassingGateway gateway =
            gateway(
                Map.of(
                    "PORTICO_ACCESS_LOG_WHEN_FULL",
                    "block",
                    "PORTICO_ACCESS_LOG_BLOCK_TIMEOUT",
                    "120s"),
                firehose(streams))) {
      PassingGateway.Api api = gateway.api("blocked", backend);
      gateway.log(api, STREAM, LONG_FORMAT);
      PassingGateway.Api other = gateway.api("other", backend);
      assertThat(gateway.call(api, path(0))).isEqualTo(200);
      // A line takes a place, and one more for each 1,024 of its characters and what is beside
      // them.
      int places = 1 + (length() + 64) / 1024;
      int fit = (MOST_WAITING + places - 1) / places;
      int all = fit + 5;

      CompletableFuture<Void> calls = CompletableFuture.runAsync(() -> call(gateway, api, 1, all));
      PassingGateway.until("there is no room", () -> heard.get() >= fit);
      for (int i = 0; i < 5; i++) {
        assertThat(gateway.call(other, "/pets")).isEqualTo(200);
      }
      assertThat(calls).isNotDone();
      assertThat(heard).hasValueLessThan(all + 5);
      letGo.countDown();
      calls.get(60, TimeUnit.SECONDS);

      assertThat(gateway.meter(DROPPED, OF_STREAMS)).isZero();
      PassingGateway.until("all is written", () -> gateway.meter(WRITTEN, OF_STREAMS) == all);
      assertThat(ids(delivered.stream()).stream().distinct()).isEqualTo(inFile(all));
    }
  }

  @Test
  void aCallWaitsForRoomNoLongerThanTheConfigurationSays() throws Exception {
    try (HeardBackend streams = HeardBackend.answering(this::stuck);
        PassingGateway gateway =
            gateway(
                Map.of(
                    "PORTICO_ACCESS_LOG_WHEN_FULL",
                    "block",
                    "PORTICO_ACCESS_LOG_BLOCK_TIMEOUT",
                    "1ms"),
                firehose(streams))) {
      PassingGateway.Api api = gateway.api("blocked", backend);
      gateway.log(api, STREAM, LONG_FORMAT);
      AtomicInteger calls = new AtomicInteger();

      PassingGateway.until(
          "one is dropped",
          () -> {
            assertThat(gateway.call(api, path(calls.incrementAndGet()))).isEqualTo(200);
            return gateway.meter(DROPPED, OF_STREAMS) > 0;
          });

      assertThat(inFile(calls.get())).hasSize(calls.get());
      letGo.countDown();
    }
  }

  @Test
  void whatAStreamThatIsStuckHasNoRoomForIsPutLater() throws Exception {
    try (HeardBackend streams = HeardBackend.answering(this::stuck);
        PassingGateway gateway =
            gateway(Map.of("PORTICO_ACCESS_LOG_WHEN_FULL", "spill"), firehose(streams))) {
      PassingGateway.Api api = gateway.api("spilled", backend);
      gateway.log(api, STREAM, LONG_FORMAT);
      int all = spilled(gateway, api);
      assertThat(delivered).isEmpty();
      assertThat(gateway.meter(WRITTEN, OF_STREAMS)).isZero();
      letGo.countDown();

      PassingGateway.until("all is written", () -> gateway.meter(WRITTEN, OF_STREAMS) == all);
      assertThat(gateway.meter(DROPPED, OF_STREAMS)).isZero();
      assertThat(ids(delivered.stream()).stream().distinct()).isEqualTo(inFile(all));
    }
  }

  /** Calls until lines are in the file of those that wait; how often. */
  private int spilled(PassingGateway gateway, PassingGateway.Api api) throws Exception {
    Path waiting = folder.resolve("data/access-log/firehose.lines");
    AtomicInteger calls = new AtomicInteger();
    PassingGateway.until(
        "some are in the file",
        () -> {
          assertThat(gateway.call(api, path(calls.incrementAndGet()))).isEqualTo(200);
          return Files.exists(waiting) && Files.size(waiting) > MEGABYTE / 2;
        });
    return calls.get();
  }

  @Test
  void whatTheFileOfThoseThatWaitHasNoRoomForIsDropped() throws Exception {
    try (HeardBackend streams = HeardBackend.answering(this::stuck);
        PassingGateway gateway =
            gateway(
                Map.of(
                    "PORTICO_ACCESS_LOG_WHEN_FULL",
                    "spill",
                    "PORTICO_ACCESS_LOG_SPILL_MAX_SIZE",
                    "1"),
                firehose(streams))) {
      PassingGateway.Api api = gateway.api("spilled", backend);
      gateway.log(api, STREAM, LONG_FORMAT);
      AtomicInteger calls = new AtomicInteger(spilled(gateway, api));
      PassingGateway.until(
          "some are dropped",
          () -> {
            assertThat(gateway.call(api, path(calls.incrementAndGet()))).isEqualTo(200);
            return gateway.meter(DROPPED, OF_STREAMS) > 0;
          });

      assertThat(Files.size(folder.resolve("data/access-log/firehose.lines")))
          .isBetween(MEGABYTE / 2L, (long) MEGABYTE);
      letGo.countDown();
      PassingGateway.until(
          "each is written or dropped",
          () ->
              gateway.meter(WRITTEN, OF_STREAMS) + gateway.meter(DROPPED, OF_STREAMS)
                  == calls.get());
    }
  }

  private static void call(PassingGateway gateway, PassingGateway.Api api, int from, int to) {
    for (int i = from; i < to; i++) {
      try {
        assertThat(gateway.call(api, path(i))).isEqualTo(200);
      } catch (IOException e) {
        throw new AssertionError("call " + i, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("call " + i, e);
      }
    }
  }
}
