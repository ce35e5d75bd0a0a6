package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.ServedApi;
import io.portico.gateway.control.WalkedApi;
import io.portico.gateway.control.WalkedApi.Call;
import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Texts of megabytes in one member or another: what a request may hold is kept or refused, in a
 * moment, and read again; what it may not hold is refused by its length.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileLengthsTest {
  /** Where a long text goes, and what it is made of, if that is said. */
  private static final Pattern LONG = Pattern.compile("LONG(?:\\(((?:[^()]|\\([^)]*\\))*)\\))?");

  /** What a long text is made of, one after the other. */
  private static final List<String> PIECES =
      List.of(
          "/a", "\u20ac", "{", "[", "(", "#if(", "$a", "a.", "~", "\\", " ", "..\\", "\u0000", ",");

  enum Kind {
    REST("long-rest-api", AwsApi.API_GATEWAY, 5 << 20, 10 << 20),
    V2("long-v2-api", AwsApi.API_GATEWAY_V2, 10 << 20, 13 << 20);

    private final String calls;
    private final AwsApi api;
    private final int most;
    private final int tooMuch;

    /**
     * @param most bytes of a text that fits a request of the API
     * @param tooMuch bytes of one that does not
     */
    Kind(String calls, AwsApi api, int most, int tooMuch) {
      this.calls = calls;
      this.api = api;
      this.most = most;
      this.tooMuch = tooMuch;
    }
  }

  private final HostilePlane plane = new HostilePlane();

  static List<Arguments> calls() throws IOException {
    List<Arguments> all = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (String call : WrittenCalls.of(kind.calls).written()) {
        all.add(Arguments.of(kind, call, PIECES.get(all.size() % PIECES.size())));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aLongTextIsKeptOrRefused(Kind kind, String written, String piece) throws IOException {
    ServedApi api =
        new ServedApi(
            kind.api,
            kind == Kind.V2 ? plane.control.v2() : plane.control.operations(),
            plane.control.store,
            Map.of());
    WrittenCalls calls = WrittenCalls.of(kind.calls);
    calls.begin(api);
    api.watch(plane::published);
    Call call = calls.call(written);

    int status = WalkedApi.attempt(api, written, with(call, piece, kind.most));
    assertThat(status).isNotEqualTo(413);
    assertThat(WalkedApi.attempt(api, written, with(call, "a", kind.tooMuch))).isEqualTo(413);
  }

  /** The call with a long text, whose length is that of its bytes in JSON. */
  private static Call with(Call call, String piece, int bytes) {
    return new Call(
        call.operation(), (ObjectNode) filled(call.input(), text -> filled(text, piece, bytes)));
  }

  private static JsonNode filled(JsonNode node, UnaryOperator<String> text) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode copy = Json.object();
        object
            .properties()
            .forEach(each -> copy.set(text.apply(each.getKey()), filled(each.getValue(), text)));
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = Json.array();
        array.forEach(each -> copy.add(filled(each, text)));
        yield copy;
      }
      case StringNode string -> Json.tree(text.apply(string.stringValue()));
      default -> node;
    };
  }

  private static String filled(String text, String usual, int bytes) {
    return LONG.matcher(text)
        .replaceAll(
            place -> {
              String each = place.group(1) == null ? usual : place.group(1);
              int length = Json.bytes(Json.tree(each)).length - 2;
              return Matcher.quoteReplacement(each.repeat(bytes / length));
            });
  }
}
