package io.portico.transport.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.portico.gateway.http.Headers;
import io.portico.transport.support.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A message means the same however the network cuts it. */
final class SplitAnywhereTest {
  private static final WireLimits LIMITS = new WireLimits(6000, 6000, 50);

  /** What reading comes to: the parts of a message, or the refusal. */
  private static List<Object> read(byte[] bytes, List<Integer> cuts) {
    Scratch scratch = new Scratch();
    RequestHeadReader head = new RequestHeadReader(LIMITS, scratch, false);
    ContentReader content = new ContentReader(LIMITS, scratch);
    StringBuilder body = new StringBuilder();
    List<Object> result = new ArrayList<>();
    ByteBuf in = Unpooled.buffer();
    boolean headRead = false;
    int from = 0;
    try {
      for (int cut : cuts) {
        in.writeBytes(bytes, from, cut - from);
        from = cut;
        if (!headRead && head.read(in)) {
          headRead = true;
          result.add(head.method() + " " + head.target() + " " + head.minorVersion());
          result.add(head.headers());
          if (head.chunked()) {
            content.chunked();
          } else {
            content.sized(Math.max(head.contentLength(), 0));
          }
        }
        if (headRead) {
          readContent(content, in, body);
        }
      }
      result.add(headRead && content.done() ? "done" : "unfinished");
      result.add(in.toString(StandardCharsets.ISO_8859_1));
    } catch (MalformedMessageException e) {
      result.add(e.status());
    }
    result.add(body.toString());
    return result;
  }

  private static void readContent(ContentReader content, ByteBuf in, StringBuilder body)
      throws MalformedMessageException {
    int count = content.available(in);
    while (count > 0) {
      body.append(in.readCharSequence(count, StandardCharsets.ISO_8859_1));
      content.taken(count);
      count = content.available(in);
    }
  }

  private static List<Integer> everywhere(byte[] bytes) {
    List<Integer> cuts = new ArrayList<>();
    for (int i = 1; i <= bytes.length; i++) {
      cuts.add(i);
    }
    return cuts;
  }

  private static List<Integer> somewhere(byte[] bytes, Random random) {
    List<Integer> cuts = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      at = Math.min(bytes.length, at + 1 + random.nextInt(2 + random.nextInt(bytes.length)));
      cuts.add(at);
    }
    return cuts;
  }

  private static final List<String> HONEST =
      List.of(
          "GET /a?b HTTP/1.1\r\nHost: a\r\nx-A:  b \r\nX-a:\r\n\r\nGET /next",
          "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET /next",
          "POST / HTTP/1.0\r\n\r\nGET",
          "\r\nPUT /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\nHost: a:80\r\n\r\n"
              + "3;a=\"b\"\r\nabc\r\n00A\r\n0123456789\r\n0\r\nT: r\r\nU: \r\n\r\nGET",
          // Longer than the first view of a head, within one line and within all of them.
          "GET /" + "x".repeat(5000) + " HTTP/1.1\r\nHost: a\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: a\r\n"
              + ("X-A: " + "y".repeat(700) + "\r\n").repeat(8)
              + "\r\n");

  @Test
  void honestMessagesAreReadTheSame() {
    for (String message : HONEST) {
      byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
      List<Object> whole = read(bytes, List.of(bytes.length));

      assertThat(whole).as(message).contains("done");
      isTheSameHoweverCut(message, bytes, whole);
    }
  }

  @Test
  void hostileMessagesAreRefusedTheSame() {
    List<Corpus.Entry> entries = Corpus.read("/wire/hostile-requests.txt");
    assertThat(entries).hasSizeGreaterThan(80);
    for (Corpus.Entry entry : entries) {
      byte[] bytes = entry.bytes();
      List<Object> whole = read(bytes, List.of(bytes.length));

      isTheSameHoweverCut(entry.title(), bytes, whole);
    }
  }

  private static void isTheSameHoweverCut(String name, byte[] bytes, List<Object> whole) {
    assertThat(read(bytes, everywhere(bytes))).as(name + ", byte by byte").isEqualTo(whole);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      List<Integer> cuts = somewhere(bytes, random);
      assertThat(read(bytes, cuts)).as("%s, seed %d, cut at %s", name, seed, cuts).isEqualTo(whole);
    }
  }

  @Test
  void randomBytesAreNeverTakenForARequestByAccident() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String alphabet = "GET / HTTP/1.1\r\n\r\n: \t\0\u007f\u0080aContent-Length: 5chunked";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        int at = random.nextInt(text.length());
        text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
      List<Object> whole = read(bytes, List.of(bytes.length));
      if (whole.contains("done")) {
        Headers headers = (Headers) whole.get(1);
        // Whatever was accepted says the same when it is written down again by the book.
        StringBuilder again =
            new StringBuilder(whole.getFirst().toString().replaceAll(" ([01])$", " HTTP/1.$1"));
        again.append("\r\n");
        headers.forEach(f -> again.append(f.name()).append(": ").append(f.value()).append("\r\n"));
        byte[] rewritten = again.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(rewritten, List.of(rewritten.length)).subList(0, 2))
            .as("seed " + seed + ": " + text)
            .isEqualTo(whole.subList(0, 2));
      }
    }
  }
}
