package io.portico.transport.websocketapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Headers;
import io.portico.transport.support.RawClient.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commands of {@code @connections} that no backend sends: each is refused in AWS's form, reaches
 * nobody, and who is connected stays so.
 */
final class HostileCommandsTest {
  private static final byte[] HELLO = "hello".getBytes(UTF_8);
  private static final int MOST = 128 * 1024;

  /** Of connections, as they stand in a path. */
  private static final List<String> IDS =
      List.of(
          "",
          ".",
          "..",
          "../../x",
          "%2e%2e",
          "%2e%2e%2f%2e%2e%2fx",
          "..%2f..%2fx",
          "%252e%252e%252f",
          "a/b",
          "a%2fb",
          "%2f",
          "/",
          "//",
          "%00",
          "%0d%0aX-Injected:%201",
          "%1b%5b0m",
          "%7f",
          "%ff",
          "%c0%ae",
          "%ed%a0%80",
          "%",
          "%2",
          "%zz",
          "%u0041",
          "+",
          "=",
          "====",
          "a;b=c",
          "a,b",
          "*",
          "@broadcasts",
          "@broadcast%20",
          "{connectionId}",
          "%24connect",
          "?connectionId=x",
          "x?a=b&a=c&%zz",
          "null",
          "-1",
          "\u00ff",
          "%e2%80%ae",
          "a".repeat(2_000),
          "a".repeat(10_240),
          "%41".repeat(3_000),
          "..%2f".repeat(1_000));

  private static void isRefused(String what, Answer answer) {
    assertThat(answer.status()).as(what).isBetween(400, 499);
    for (String field : answer.fields()) {
      assertThat(field.chars()).as("%s: %s", what, field).noneMatch(c -> c < ' ' || c == 0x7f);
      assertThat(field).as(what).doesNotStartWith("X-Injected");
    }
    // What is too long a URL, or no request at all, no API sees.
    boolean seen = answer.status() != 414 && !"close".equals(answer.field("Connection"));
    if (seen) {
      assertThat(answer.field("x-amzn-ErrorType")).as(what).matches("[A-Za-z]+Exception");
    }
    assertThat(answer.body()).as(what).doesNotContain("Exception:", "java.");
  }

  private static void reaches(HostileChat chat, String after) throws Exception {
    String path = "/@connections/" + chat.bystanderId;
    assertThat(chat.command("POST", path, HELLO).status()).as("after %s", after).isEqualTo(200);
    assertThat(chat.bystander.hears()).as("after %s", after).isEqualTo("hello");
  }

  private static String start(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "... (" + text.length() + ")";
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "GET", "DELETE"})
  void anIdThatIsNoneReachesNobody(String method) throws Exception {
    try (HostileChat chat = new HostileChat()) {
      for (String id : IDS) {
        for (String form : List.of("/@connections/", "/%40connections/")) {
          String path = form + id;

          isRefused(method + " " + start(path), chat.command(method, path, HELLO));
        }
        reaches(chat, start(id));
      }
      chat.allLeave();
    }
  }

  @Test
  void anIdThatCannotBeOneIsToldFromOneThatIsGone() throws Exception {
    try (HostileChat chat = new HostileChat()) {
      for (String id : List.of("%00", "..%2fx", "aaaaa", "%e2%80%ae", "a%20b")) {
        Answer answer = chat.command("POST", "/@connections/" + id, HELLO);

        assertThat(answer.status()).as(id).isEqualTo(400);
        assertThat(answer.field("x-amzn-ErrorType")).as(id).isEqualTo("BadRequestException");
        assertThat(answer.body()).as(id).startsWith("{\"message\":\"Invalid connectionId: ");
      }
      assertThat(chat.command("POST", "/@connections/YkOibd6goAMCLjg=", HELLO).status())
          .isEqualTo(410);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PUT", "PATCH", "OPTIONS", "HEAD", "TRACE", "post", "get", "DELETED", "X"})
  void anotherMethodIsNoCommand(String method) throws Exception {
    try (HostileChat chat = new HostileChat()) {
      String path = "/@connections/" + chat.bystanderId;

      isRefused(method, chat.command(method, path, HELLO));

      reaches(chat, method);
      chat.allLeave();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {MOST + 1, 1 << 20, 10 << 20, (10 << 20) + 1, 12 << 20})
  void whatIsTooLongIsPostedToNobody(int length) throws Exception {
    try (HostileChat chat = new HostileChat()) {
      Answer answer = chat.command("POST", "/@connections/" + chat.bystanderId, new byte[length]);

      isRefused("a post of " + length, answer);
      assertThat(answer.status()).isEqualTo(413);
      reaches(chat, "a post of " + length);
      chat.allLeave();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE"})
  void contentOfOtherCommandsIsNotLookedAt(String method) throws Exception {
    try (HostileChat chat = new HostileChat()) {
      Answer answer = chat.command(method, "/@connections/YkOibd6goAMCLjg=", new byte[2 * MOST]);

      assertThat(answer.status()).isIn(410, 413);
      reaches(chat, method);
      chat.allLeave();
    }
  }

  private static UnaryOperator<Headers> authorization(UnaryOperator<String> change) {
    return signed ->
        signed.toBuilder()
            .set("Authorization", change.apply(String.valueOf(signed.first("Authorization"))))
            .build();
  }

  private static Headers withAnotherBefore(Headers signed) {
    Headers.Builder both = Headers.builder().add("Authorization", "AWS4-HMAC-SHA256");
    signed.forEach(field -> both.add(field.name(), field.value()));
    return both.build();
  }

  /** What may be wrong with a signature. */
  private static Map<String, UnaryOperator<Headers>> signatures() {
    Map<String, UnaryOperator<Headers>> all = new LinkedHashMap<>();
    all.put("none", signed -> signed.toBuilder().remove("Authorization").build());
    all.put("no date", signed -> signed.toBuilder().remove("X-Amz-Date").build());
    all.put("an empty one", authorization(_ -> ""));
    all.put("of another kind", authorization(_ -> "Basic YTpi"));
    all.put("of nothing", authorization(_ -> "AWS4-HMAC-SHA256"));
    all.put("without a scope", authorization(text -> text.replaceFirst("/[^,]*", "")));
    all.put("of a key of nobody", authorization(text -> text.replace("AKIAROOT", "AKIANONE")));
    all.put("of another service", authorization(text -> text.replace("execute-api", "lambda")));
    all.put("of another region", authorization(text -> text.replace("us-east-1", "xx")));
    all.put("another one", authorization(text -> text.replaceFirst("Signature=.*", "Signature=0")));
    all.put("no hex", authorization(text -> text.replaceFirst("Signature=.*", "Signature=\u00ff")));
    all.put("a long one", authorization(text -> text + "0".repeat(4_000)));
    all.put("another before it", HostileCommandsTest::withAnotherBefore);
    all.put(
        "of no fields",
        authorization(text -> text.replaceFirst("SignedHeaders=[^,]*", "SignedHeaders=")));
    all.put(
        "of fields that are not there",
        authorization(
            text -> text.replaceFirst("SignedHeaders=[^,]*", "SignedHeaders=host;x;x;;")));
    all.put("no time", signed -> signed.toBuilder().set("X-Amz-Date", "now").build());
    all.put(
        "a time long ago",
        signed -> signed.toBuilder().set("X-Amz-Date", "19700101T000000Z").build());
    all.put(
        "a token of nobody",
        signed -> signed.toBuilder().set("X-Amz-Security-Token", "x".repeat(2_000)).build());
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "GET", "DELETE"})
  void whoeverSignsBadlyReachesNobody(String method) throws Exception {
    try (HostileChat chat = new HostileChat()) {
      String path = "/@connections/" + chat.bystanderId;
      for (Map.Entry<String, UnaryOperator<Headers>> signature : signatures().entrySet()) {
        Answer answer = chat.plane.rawCommand(method, path, HELLO, signature.getValue());

        isRefused(method + ", signature: " + signature.getKey(), answer);
        reaches(chat, signature.getKey());
      }
      chat.allLeave();
    }
  }
}
